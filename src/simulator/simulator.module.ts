import { DynamicModule, Module } from '@nestjs/common';
import { Cashier } from './cashier/cashier.js';
import { PaymentDetails } from './cashier/payment-details.js';
import { Payments } from './cashier/payments.js';
import { SimulatorCertificates } from './certificates/simulator-certificates.js';
import { SimulatorClock } from './clock.js';
import { CashierController } from './control/cashier.controller.js';
import { CertificatesController } from './control/certificates.controller.js';
import { FaultsController } from './control/faults.controller.js';
import { MemoryController } from './control/memory.controller.js';
import { HandDelivery } from './control/hand-delivery.js';
import { MerchantController } from './control/merchant.controller.js';
import { NoticesController } from './control/notices.controller.js';
import { OrdersController } from './control/orders.controller.js';
import { RefundsController } from './control/refunds.controller.js';
import { PhoneCodesController } from './control/phone-codes.controller.js';
import { UsersController } from './control/users.controller.js';
import { WorldController } from './control/world.controller.js';
import { AnswerLine } from './faults/answer-line.js';
import { FaultBox } from './faults/fault-box.js';
import { NoticeBoard } from './notices/notice-board.js';
import { NoticePost } from './notices/notice-post.js';
import { NoticeSender } from './notices/notice-sender.js';
import { OtherNews } from './notices/other-news.js';
import { PaymentNoticeWriter } from './notices/payment-notice-writer.js';
import { RefundNoticeWriter } from './notices/refund-notice-writer.js';
import { AnswerWriter } from './pay/answer-writer.js';
import { CloseOrder } from './pay/close-order.js';
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
import { RefundBook } from './state/refund-book.js';
import { Resets } from './state/resets.js';
import { UserBook } from './state/user-book.js';

const STATE = [
  Behaviours,
  Identifiers,
  Journal,
  Ledger,
  MerchantAccount,
  OrderBook,
  ProbeCounter,
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
const REFUND = [ApplyRefund, RefundDesk, RefundLimits, RefundQuery, RefundSplit];
const CASHIER = [Cashier, PaymentDetails, Payments];
const NOTICES = [
  HandDelivery,
  NoticeBoard,
  NoticePost,
  NoticeSender,
  OtherNews,
  PaymentNoticeWriter,
  RefundNoticeWriter,
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
        PayController,
        RefundController,
        UsersController,
        PhoneCodesController,
        CashierController,
        OrdersController,
        RefundsController,
        NoticesController,
        FaultsController,
        WorldController,
        MerchantController,
        CertificatesController,
        MemoryController,
      ],
      providers: [
        { provide: SimulatorSettings, useValue: settings },
        { provide: SimulatorClock, useValue: clock },
        { provide: SimulatorCertificates, useValue: certificates },
        { provide: SeededRandom, useValue: new SeededRandom(settings.seed) },
        ...STATE,
        ...PLATFORM,
        ...PAY,
        ...REFUND,
        ...CASHIER,
        ...NOTICES,
        ...FAULTS,
      ],
    };
  }
}
