import { DynamicModule, Module } from '@nestjs/common';
import { AccountLedger } from './account/account-ledger.js';
import { BillChanges } from './bills/bill-changes.js';
import { BillDelivery } from './bills/bill-delivery.js';
import { BillEditor } from './bills/bill-editor.js';
import { BillMaker } from './bills/bill-maker.js';
import { BillUrlStore } from './bills/bill-url-store.js';
import { ExtraPaymentFactory } from './bills/extra-payment-factory.js';
import { FundFlowLimit } from './bills/fund-flow-limit.js';
import { TradeRowReader } from './bills/trade-row-reader.js';
import { BillsController } from './control/bills/bills.controller.js';
import { DownloadBillCall } from './v2/bills/download-bill-call.js';
import { DownloadFundFlowCall } from './v2/bills/download-fund-flow-call.js';
import { V2BillController } from './v2/bills/v2-bill.controller.js';
import { CertifiedRequestHandler } from './v2/client-certificate.js';
import { CashierService } from './cashier/cashier.service.js';
import { MobileWebController } from './cashier/mobile-web.controller.js';
import { TransactionFactory } from './book/transaction-factory.js';
import { PaymentProcessor } from './book/payment-processor.js';
import { SimulatorCertificates } from './certificates/simulator-certificates.js';
import { SimulatorClock } from './clock.js';
import { CashierController } from './control/orders/cashier.controller.js';
import { CertificatesController } from './control/settings/certificates.controller.js';
import { FaultsController } from './control/settings/faults.controller.js';
import { HomeController } from './control/home.controller.js';
import { RecordsController } from './control/records/records.controller.js';
import { ManualNoticeService } from './control/notices/manual-notice.service.js';
import { MerchantController, TokensController } from './control/settings/merchant.controller.js';
import { NoticesController } from './control/notices/notices.controller.js';
import { MessagePushController } from './control/messages/message-push.controller.js';
import { OrdersController } from './control/orders/orders.controller.js';
import { RefundsController } from './control/orders/refunds.controller.js';
import { PhoneCodesController, UsersController } from './control/users/users.controller.js';
import { ControlShippingController } from './control/messages/shipping.controller.js';
import { SubscribeMessagesController } from './control/messages/subscribe-messages.controller.js';
import { StateController } from './control/settings/state.controller.js';
import { ResponseSender } from './faults/response-sender.js';
import { FaultStore } from './faults/fault-store.js';
import { PlatformController, PLATFORM_PROVIDERS } from './platform/platform.controller.js';
import { SubscribeMessageStore } from './messages/subscribe-message-store.js';
import { SubscribeMessageService } from './messages/subscribe-message.service.js';
import { WechatTemplateStore } from './messages/wechat-template-store.js';
import { MessageController } from './messages/message.controller.js';
import { NoticeScheduler } from './notices/notice-scheduler.js';
import { NoticeSender } from './notices/notice-sender.js';
import { NoticeDispatcher } from './notices/notice-dispatcher.js';
import { OtherSubjectFinder } from './notices/other-subject-finder.js';
import { PaymentNoticeWriter } from './v2/notices/payment-notice-writer.js';
import { RefundNoticeWriter } from './v2/notices/refund-notice-writer.js';
import { V1NoticeWriter } from './v1/v1-notice-writer.js';
import { ResponseWriter } from './v2/response-writer.js';
import { CloseOrderCall } from './v2/orders/close-order-call.js';
import { NotSimulatedController } from './not-simulated.controller.js';
import { RequestTargetResolver } from './book/request-target-resolver.js';
import { OrderPlacer } from './book/order-placer.js';
import { OrderQueryCall } from './v2/orders/order-query-call.js';
import { PayController, SecapiController } from './v2/v2.controller.js';
import { PayRequestHandler } from './v2/pay-request-handler.js';
import { RequestChecker } from './v2/request-checker.js';
import { UnifiedOrderCall } from './v2/orders/unified-order-call.js';
import { ShippingInfoController, SHIPPING_PROVIDERS } from './shipping/shipping-info.controller.js';
import { SeededRandom } from './random.js';
import { RefundCall } from './v2/refunds/refund-call.js';
import { WechatRefundProcessor } from './book/refund-processor.js';
import { RefundRules } from './book/refund-rules.js';
import { RefundQueryCall } from './v2/refunds/refund-query-call.js';
import { RefundCalculator } from './book/refund-calculator.js';
import { SimulatorSettings } from './simulator-settings.js';
import { Behaviours } from './state/behaviours.js';
import { IdentifierGenerator } from './state/identifier-generator.js';
import { ExchangeLog } from './state/exchange-log.js';
import { MerchantAccount } from './book/merchant-account.js';
import { OrderStore } from './book/order-store.js';
import { SignatureProbeSelector } from './state/signature-probe-selector.js';
import { RefundStore } from './book/refund-store.js';
import { ResetRegistry } from './state/reset-registry.js';
import { UserStore } from './state/user-store.js';
import { V3Controller, V3_PROVIDERS } from './v3/v3.controller.js';
import { V1Controller, V1_PROVIDERS } from './v1/v1.controller.js';

const STATE = [
  Behaviours,
  IdentifierGenerator,
  ExchangeLog,
  MerchantAccount,
  OrderStore,
  SignatureProbeSelector,
  RefundStore,
  ResetRegistry,
  UserStore,
];
const BILLS = [
  AccountLedger,
  BillChanges,
  BillDelivery,
  BillEditor,
  BillMaker,
  BillUrlStore,
  ExtraPaymentFactory,
  FundFlowLimit,
  TradeRowReader,
];
const MESSAGES = [SubscribeMessageStore, SubscribeMessageService, WechatTemplateStore];
const PAY = [
  CertifiedRequestHandler,
  DownloadBillCall,
  DownloadFundFlowCall,
  ResponseWriter,
  CloseOrderCall,
  RequestTargetResolver,
  OrderPlacer,
  OrderQueryCall,
  PayRequestHandler,
  RequestChecker,
  UnifiedOrderCall,
];
const REFUND = [RefundCall, WechatRefundProcessor, RefundRules, RefundQueryCall, RefundCalculator];
const CASHIER = [CashierService, TransactionFactory, PaymentProcessor];
const NOTICES = [
  ManualNoticeService,
  NoticeScheduler,
  NoticeSender,
  NoticeDispatcher,
  OtherSubjectFinder,
  PaymentNoticeWriter,
  RefundNoticeWriter,
  V1NoticeWriter,
];
const FAULTS = [ResponseSender, FaultStore];

/** The WeChat side of all calls. The folders `v1`, `v2` and `v3` have the protocols; `book` has what they share. */
@Module({})
export class SimulatorModule {
  static with(settings: SimulatorSettings, clock: SimulatorClock, certificates: SimulatorCertificates): DynamicModule {
    return {
      module: SimulatorModule,
      controllers: [
        PlatformController,
        ShippingInfoController,
        MessageController,
        PayController,
        V2BillController,
        V1Controller,
        V3Controller,
        MobileWebController,
        SecapiController,
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
        StateController,
        MerchantController,
        TokensController,
        CertificatesController,
        BillsController,
        RecordsController,
        HomeController,
        NotSimulatedController,
      ],
      providers: [
        { provide: SimulatorSettings, useValue: settings },
        { provide: SimulatorClock, useValue: clock },
        { provide: SimulatorCertificates, useValue: certificates },
        { provide: SeededRandom, useValue: new SeededRandom(settings.seed) },
        ...STATE,
        ...BILLS,
        ...PLATFORM_PROVIDERS,
        ...MESSAGES,
        ...PAY,
        ...V1_PROVIDERS,
        ...V3_PROVIDERS,
        ...REFUND,
        ...CASHIER,
        ...NOTICES,
        ...SHIPPING_PROVIDERS,
        ...FAULTS,
      ],
    };
  }
}
