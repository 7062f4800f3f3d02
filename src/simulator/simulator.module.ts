import { DynamicModule, Module } from '@nestjs/common';
import { Cashier } from './cashier/cashier.js';
import { MobileWeb } from './cashier/mobile-web.js';
import { MobileWebController } from './cashier/mobile-web.controller.js';
import { PaymentDetails } from './cashier/payment-details.js';
import { Payments } from './cashier/payments.js';
import { SimulatorCertificates } from './certificates/simulator-certificates.js';
import { SimulatorClock } from './clock.js';
import { CashierController } from './control/cashier.controller.js';
import { CertificatesController } from './control/certificates.controller.js';
import { FaultsController } from './control/faults.controller.js';
import { HomeController } from './control/home.controller.js';
import { MemoryController } from './control/memory.controller.js';
import { HandDelivery } from './control/hand-delivery.js';
import { MerchantController } from './control/merchant.controller.js';
import { NoticesController } from './control/notices.controller.js';
import { MessagePushController } from './control/message-push.controller.js';
import { OrdersController } from './control/orders.controller.js';
import { RefundsController } from './control/refunds.controller.js';
import { PhoneCodesController } from './control/phone-codes.controller.js';
import { TokensController } from './control/tokens.controller.js';
import { ControlShippingController } from './control/shipping.controller.js';
import { SubscribeMessagesController } from './control/subscribe-messages.controller.js';
import { UsersController } from './control/users.controller.js';
import { WorldController } from './control/world.controller.js';
import { AnswerLine } from './faults/answer-line.js';
import { FaultBox } from './faults/fault-box.js';
import { ConsentBook } from './messages/consent-book.js';
import { MessageExchange } from './messages/message-exchange.js';
import { MessageTemplates } from './messages/message-templates.js';
import { MessageController } from './messages/message.controller.js';
import { SentMessages } from './messages/sent-messages.js';
import { NoticeBoard } from './notices/notice-board.js';
import { NoticePost } from './notices/notice-post.js';
import { NoticeSender } from './notices/notice-sender.js';
import { OtherNews } from './notices/other-news.js';
import { PaymentNoticeWriter } from './notices/payment-notice-writer.js';
import { RefundNoticeWriter } from './notices/refund-notice-writer.js';
import { V1NoticeWriter } from './notices/v1-notice-writer.js';
import { AnswerWriter } from './pay/answer-writer.js';
import { CloseOrder } from './pay/close-order.js';
import { NotSimulatedController } from './pay/not-simulated.controller.js';
import { NumbersInMessage } from './pay/numbers-in-message.js';
import { OrderEntry } from './pay/order-entry.js';
import { OrderQuery } from './pay/order-query.js';
import { OtherOrders } from './pay/other-orders.js';
import { PayController } from './pay/pay.controller.js';
import { PayExchange } from './pay/pay-exchange.js';
import { UnifiedOrder } from './pay/unified-order.js';
import { AccessTokenBook } from './platform/access-token-book.js';
import { AccessTokenController } from './platform/access-token.controller.js';
import { AccessTokenExchange } from './platform/access-token-exchange.js';
import { LoginController } from './platform/login.controller.js';
import { LoginCodes } from './platform/login-codes.js';
import { LoginExchange } from './platform/login-exchange.js';
import { PhoneCodes } from './platform/phone-codes.js';
import { PhoneController } from './platform/phone.controller.js';
import { PhoneExchange } from './platform/phone-exchange.js';
import { PlatformFailures } from './platform/platform-failures.js';
import { PlatformLine } from './platform/platform-line.js';
import { Confirmation } from './shipping/confirmation.js';
import { MessageHandshake } from './shipping/message-handshake.js';
import { MessagePush } from './shipping/message-push.js';
import { OrderKeys } from './shipping/order-keys.js';
import { Settlement } from './shipping/settlement.js';
import { ShippingController } from './shipping/shipping.controller.js';
import { ShippingEvents } from './shipping/shipping-events.js';
import { ShippingQueries } from './shipping/shipping-queries.js';
import { ShippingRecords } from './shipping/shipping-records.js';
import { UploadShipping } from './shipping/upload-shipping.js';
import { SeededRandom } from './random.js';
import { ApplyRefund } from './refund/apply-refund.js';
import { RefundController } from './refund/refund.controller.js';
import { RefundDesk } from './refund/refund-desk.js';
import { RefundLimits } from './refund/refund-limits.js';
import { RefundQuery } from './refund/refund-query.js';
import { RefundSplit } from './refund/refund-split.js';
import { SimulatorSettings } from './simulator-settings.js';
import { Behaviours } from './state/behaviours.js';
import { Identifiers } from './state/identifiers.js';
import { Journal } from './state/journal.js';
import { Ledger } from './state/ledger.js';
import { MerchantAccount } from './state/merchant-account.js';
import { OrderBook } from './state/order-book.js';
import { ProbeCounter } from './state/probe-counter.js';
import { PublicAddress } from './state/public-address.js';
import { RefundBook } from './state/refund-book.js';
import { Resets } from './state/resets.js';
import { UserBook } from './state/user-book.js';
import { DeliverNotify } from './v1/deliver-notify.js';
import { GeneratePrepay } from './v1/generate-prepay.js';
import { V1Controller } from './v1/v1.controller.js';
import { V1Line } from './v1/v1-line.js';
import { V1OrderQuery } from './v1/v1-order-query.js';
import { V1RequestCheck } from './v1/v1-request-check.js';

const STATE = [
  Behaviours,
  Identifiers,
  Journal,
  Ledger,
  MerchantAccount,
  OrderBook,
  ProbeCounter,
  PublicAddress,
  RefundBook,
  Resets,
  UserBook,
];
const PLATFORM = [
  AccessTokenBook,
  AccessTokenExchange,
  LoginCodes,
  LoginExchange,
  PhoneCodes,
  PhoneExchange,
  PlatformFailures,
  PlatformLine,
];
const MESSAGES = [ConsentBook, MessageExchange, MessageTemplates, SentMessages];
const PAY = [
  AnswerWriter,
  CloseOrder,
  NumbersInMessage,
  OrderEntry,
  OrderQuery,
  OtherOrders,
  PayExchange,
  UnifiedOrder,
];
const V1 = [DeliverNotify, GeneratePrepay, V1Line, V1OrderQuery, V1RequestCheck];
const REFUND = [ApplyRefund, RefundDesk, RefundLimits, RefundQuery, RefundSplit];
const CASHIER = [Cashier, MobileWeb, PaymentDetails, Payments];
const NOTICES = [
  HandDelivery,
  NoticeBoard,
  NoticePost,
  NoticeSender,
  OtherNews,
  PaymentNoticeWriter,
  RefundNoticeWriter,
  V1NoticeWriter,
];
const SHIPPING = [
  Confirmation,
  MessageHandshake,
  MessagePush,
  OrderKeys,
  Settlement,
  ShippingEvents,
  ShippingQueries,
  ShippingRecords,
  UploadShipping,
];
const FAULTS = [AnswerLine, FaultBox];

/** WeChat's side of everything. Bills will have a folder of their own beside `pay/` and `refund/`. */
@Module({})
export class SimulatorModule {
  static with(settings: SimulatorSettings, clock: SimulatorClock, certificates: SimulatorCertificates): DynamicModule {
    return {
      module: SimulatorModule,
      controllers: [
        LoginController,
        AccessTokenController,
        PhoneController,
        ShippingController,
        MessageController,
        PayController,
        V1Controller,
        MobileWebController,
        RefundController,
        UsersController,
        PhoneCodesController,
        SubscribeMessagesController,
        CashierController,
        OrdersController,
        RefundsController,
        NoticesController,
        ControlShippingController,
        MessagePushController,
        FaultsController,
        WorldController,
        MerchantController,
        TokensController,
        CertificatesController,
        MemoryController,
        HomeController,
        NotSimulatedController,
      ],
      providers: [
        { provide: SimulatorSettings, useValue: settings },
        { provide: SimulatorClock, useValue: clock },
        { provide: SimulatorCertificates, useValue: certificates },
        { provide: SeededRandom, useValue: new SeededRandom(settings.seed) },
        ...STATE,
        ...PLATFORM,
        ...MESSAGES,
        ...PAY,
        ...V1,
        ...REFUND,
        ...CASHIER,
        ...NOTICES,
        ...SHIPPING,
        ...FAULTS,
      ],
    };
  }
}
