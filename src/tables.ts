import type { DataSourceOptions } from 'typeorm';
import { StaffAccount } from './admin/accounts/staff-account.entity.js';
import { AuditEntry } from './audit/audit-entry.entity.js';
import { AccessToken } from './wechat/mini-program/access-token/access-token.entity.js';
import { CallBudget } from './auth/call-limits/call-budget.entity.js';
import { KnownNetwork } from './auth/known-network.entity.js';
import { LoginCounter } from './auth/login-counter.entity.js';
import { LoginFailure } from './auth/login-failure.entity.js';
import { Session } from './auth/session/session.entity.js';
import { User } from './auth/user.entity.js';
import { Product } from './catalog/product.entity.js';
import { StockMovement } from './catalog/stock-movement.entity.js';
import { BillDifference } from './bill/difference/bill-difference.entity.js';
import { BillEntry } from './bill/entries/bill-entry.entity.js';
import { BillFile, BillFileChunk } from './bill/files/bill-file.entity.js';
import { Bill } from './bill/bill.entity.js';
import { Coupon } from './coupon/coupon.entity.js';
import { UserCoupon } from './coupon/user-coupon.entity.js';
import { dataSourceOptions } from './database/data-source/data-source-options.js';
import { CreateShop1795000000001 } from './database/migrations/1795000000001-CreateShop.js';
import { CreatePayments1795000000002 } from './database/migrations/1795000000002-CreatePayments.js';
import { CreateAdmins1795000000003 } from './database/migrations/1795000000003-CreateAdmins.js';
import { CreateRefunds1795000000004 } from './database/migrations/1795000000004-CreateRefunds.js';
import { CreateAuditLog1795000000005 } from './database/migrations/1795000000005-CreateAuditLog.js';
import { ManageStaff1795000000006 } from './database/migrations/1795000000006-ManageStaff.js';
import { IndexEventsByResult1795000000007 } from './database/migrations/1795000000007-IndexEventsByResult.js';
import { KeepPhonesAndAccessTokens1795000000008 } from './database/migrations/1795000000008-KeepPhonesAndAccessTokens.js';
import { IndexMoneyByTime1795000000009 } from './database/migrations/1795000000009-IndexMoneyByTime.js';
import { CountStaffChanges1795000000010 } from './database/migrations/1795000000010-CountStaffChanges.js';
import { CreateOutbox1795000000011 } from './database/migrations/1795000000011-CreateOutbox.js';
import { CreateShipments1795000000014 } from './database/migrations/1795000000014-CreateShipments.js';
import { CreateCoupons1795000000015 } from './database/migrations/1795000000015-CreateCoupons.js';
import { CreateApiKeys1795000000016 } from './database/migrations/1795000000016-CreateApiKeys.js';
import { WatchTheClock1796000000020 } from './database/migrations/1796000000020-WatchTheClock.js';
import { BringChecksForward1796000000025 } from './database/migrations/1796000000025-BringChecksForward.js';
import { CountRefundRequests1796000000031 } from './database/migrations/1796000000031-CountRefundRequests.js';
import { NoteUnansweredRefunds1796000000030 } from './database/migrations/1796000000030-NoteUnansweredRefunds.js';
import { ReturnNamedPieces1796000000040 } from './database/migrations/1796000000040-ReturnNamedPieces.js';
import { PutProductsOnSale1796000000041 } from './database/migrations/1796000000041-PutProductsOnSale.js';
import { LimitBuyers1796000000050 } from './database/migrations/1796000000050-LimitBuyers.js';
import { KeepFactsOfEvents1796000000080 } from './database/migrations/1796000000080-KeepFactsOfEvents.js';
import { CreateShopIdentity1796000000060 } from './database/migrations/1796000000060-CreateShopIdentity.js';
import { CreateRefusedNotices1796000000061 } from './database/migrations/1796000000061-CreateRefusedNotices.js';
import { KnowMakersOfKeys1796000000062 } from './database/migrations/1796000000062-KnowMakersOfKeys.js';
import { WidenRowIds1796000000070 } from './database/migrations/1796000000070-WidenRowIds.js';
import { IndexStaffFilters1796000000071 } from './database/migrations/1796000000071-IndexStaffFilters.js';
import { UseStandardNames1796000000090 } from './database/migrations/1796000000090-UseStandardNames.js';
import { UseStandardValues1796000000100 } from './database/migrations/1796000000100-UseStandardValues.js';
import { AddPaymentOrders1796000000130 } from './database/migrations/1796000000130-AddPaymentOrders.js';
import { AddEventEndpoints1796000000140 } from './database/migrations/1796000000140-AddEventEndpoints.js';
import { AddUserApps1796000000150 } from './database/migrations/1796000000150-AddUserApps.js';
import { AddPaymentChannels1796000000110 } from './database/migrations/1796000000110-AddPaymentChannels.js';
import { IndexOrdersByOrigin1796000000155 } from './database/migrations/1796000000155-IndexOrdersByOrigin.js';
import { RedirectRefunds1796000000145 } from './database/migrations/1796000000145-RedirectRefunds.js';
import { AddBills1796000000160 } from './database/migrations/1796000000160-AddBills.js';
import { ShopIdentity } from './database/shop-identity/shop-identity.entity.js';
import { CountLogins1796000000055 } from './database/migrations/1796000000055-CountLogins.js';
import { LimitCalls1796000000051 } from './database/migrations/1796000000051-LimitCalls.js';
import { IdempotencyKey } from './database/idempotency/idempotency-key.entity.js';
import { DeliveryAttempt } from './event/delivery/delivery-attempt.entity.js';
import { EventDelivery } from './event/delivery/event-delivery.entity.js';
import { EventEndpoint } from './event/endpoints/event-endpoint.entity.js';
import { Event } from './event/event.entity.js';
import { EventSequence } from './event/feed/event-sequence.entity.js';
import { OrderItem } from './order/order-item.entity.js';
import { Order } from './order/order.entity.js';
import { OutboxEntry } from './outbox/outbox-entry.entity.js';
import { OrderEvent } from './payment/event-log/order-event.entity.js';
import { PaymentAttempt } from './payment/attempt/payment-attempt.entity.js';
import { ClockMark } from './reconciliation/clock-mark.entity.js';
import { RefundItem } from './refund/refund-item.entity.js';
import { RefusedNotice } from './payment/refused-notice/refused-notice.entity.js';
import { Refund } from './refund/refund.entity.js';
import { ApiKey } from './server-api/api-key.entity.js';
import { Shipment } from './shipping/shipment/shipment.entity.js';
import { WechatShippingSync } from './shipping/upload/wechat-shipping-sync.entity.js';

/** All entities. */
export const entities = [
  User,
  Session,
  CallBudget,
  Product,
  StockMovement,
  Coupon,
  UserCoupon,
  Order,
  OrderItem,
  IdempotencyKey,
  PaymentAttempt,
  OrderEvent,
  Refund,
  RefundItem,
  StaffAccount,
  AuditEntry,
  LoginFailure,
  LoginCounter,
  KnownNetwork,
  AccessToken,
  OutboxEntry,
  ApiKey,
  Shipment,
  WechatShippingSync,
  ClockMark,
  ShopIdentity,
  RefusedNotice,
  Event,
  EventSequence,
  EventEndpoint,
  EventDelivery,
  DeliveryAttempt,
  Bill,
  BillDifference,
  BillFile,
  BillFileChunk,
  BillEntry,
];
/** In the order in which they run. */
export const migrations = [
  CreateShop1795000000001,
  CreatePayments1795000000002,
  CreateAdmins1795000000003,
  CreateRefunds1795000000004,
  CreateAuditLog1795000000005,
  ManageStaff1795000000006,
  IndexEventsByResult1795000000007,
  KeepPhonesAndAccessTokens1795000000008,
  IndexMoneyByTime1795000000009,
  CountStaffChanges1795000000010,
  CreateOutbox1795000000011,
  CreateShipments1795000000014,
  CreateCoupons1795000000015,
  CreateApiKeys1795000000016,
  WatchTheClock1796000000020,
  BringChecksForward1796000000025,
  NoteUnansweredRefunds1796000000030,
  CountRefundRequests1796000000031,
  ReturnNamedPieces1796000000040,
  PutProductsOnSale1796000000041,
  LimitBuyers1796000000050,
  LimitCalls1796000000051,
  CountLogins1796000000055,
  CreateShopIdentity1796000000060,
  CreateRefusedNotices1796000000061,
  KnowMakersOfKeys1796000000062,
  WidenRowIds1796000000070,
  IndexStaffFilters1796000000071,
  KeepFactsOfEvents1796000000080,
  UseStandardNames1796000000090,
  UseStandardValues1796000000100,
  AddPaymentChannels1796000000110,
  AddPaymentOrders1796000000130,
  AddEventEndpoints1796000000140,
  RedirectRefunds1796000000145,
  AddUserApps1796000000150,
  IndexOrdersByOrigin1796000000155,
  AddBills1796000000160,
];

/** The data source options of the service, with all entities and migrations. */
export function dataSourceOptionsFor(settings: {
  DATABASE_URL: string;
  DATABASE_POOL_SIZE: number;
}): DataSourceOptions {
  return dataSourceOptions({ url: settings.DATABASE_URL, poolSize: settings.DATABASE_POOL_SIZE, entities, migrations });
}
