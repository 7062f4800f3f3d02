import { DynamicModule, Module } from '@nestjs/common';
import { CashierService } from './cashier/cashier.service.js';
import { MobileWebService } from './cashier/mobile-web.service.js';
import { MobileWebController } from './cashier/mobile-web.controller.js';
import { TransactionFactory } from './cashier/transaction-factory.js';
import { PaymentProcessor } from './cashier/payment-processor.js';
import { SimulatorCertificates } from './certificates/simulator-certificates.js';
import { SimulatorClock } from './clock.js';
import { CashierController } from './control/cashier.controller.js';
import { CertificatesController } from './control/certificates.controller.js';
import { FaultsController } from './control/faults.controller.js';
import { HomeController } from './control/home.controller.js';
import { RecordsController } from './control/records.controller.js';
import { ManualNoticeService } from './control/manual-notice.service.js';
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
import { StateController } from './control/state.controller.js';
import { ResponseDelayer } from './faults/response-delayer.js';
import { FaultStore } from './faults/fault-store.js';
import { ConsentStore } from './messages/consent-store.js';
import { SubscribeMessageService } from './messages/subscribe-message.service.js';
import { WechatTemplateStore } from './messages/wechat-template-store.js';
import { MessageController } from './messages/message.controller.js';
import { SentMessageStore } from './messages/sent-message-store.js';
import { NoticeLog } from './notices/notice-log.js';
import { NoticeSender } from './notices/notice-sender.js';
import { NoticeDispatcher } from './notices/notice-dispatcher.js';
import { OtherSubjectFinder } from './notices/other-subject-finder.js';
import { PaymentNoticeWriter } from './notices/payment-notice-writer.js';
import { RefundNoticeWriter } from './notices/refund-notice-writer.js';
import { V1NoticeWriter } from './notices/v1-notice-writer.js';
import { ResponseWriter } from './pay/response-writer.js';
import { CloseOrderCall } from './pay/close-order-call.js';
import { NotSimulatedController } from './pay/not-simulated.controller.js';
import { MessageTargetResolver } from './pay/message-target-resolver.js';
import { OrderPlacer } from './pay/order-placer.js';
import { OrderQueryCall } from './pay/order-query-call.js';
import { OtherOrderEcho } from './pay/other-order-echo.js';
import { PayController } from './pay/pay.controller.js';
import { PayRequestHandler } from './pay/pay-request-handler.js';
import { UnifiedOrderCall } from './pay/unified-order-call.js';
import { IssuedTokenStore } from './platform/issued-token-store.js';
import { AccessTokenController } from './platform/access-token.controller.js';
import { AccessTokenIssuer } from './platform/access-token-issuer.js';
import { LoginController } from './platform/login.controller.js';
import { LoginCodeStore } from './platform/login-code-store.js';
import { LoginCodeExchange } from './platform/login-code-exchange.js';
import { PhoneCodeStore } from './platform/phone-code-store.js';
import { PhoneNumberController } from './platform/phone-number.controller.js';
import { PhoneCodeExchange } from './platform/phone-code-exchange.js';
import { PlatformFailureFactory } from './platform/platform-failure-factory.js';
import { PlatformRequestHandler } from './platform/platform-request-handler.js';
import { ConfirmReceiveCall } from './shipping/confirm-receive-call.js';
import { MessageHandshake } from './shipping/message-handshake.js';
import { MessagePusher } from './shipping/message-pusher.js';
import { PaidOrderResolver } from './shipping/paid-order-resolver.js';
import { SettlementService } from './shipping/settlement.service.js';
import { ShippingInfoController } from './shipping/shipping-info.controller.js';
import { ShippingEventPusher } from './shipping/shipping-event-pusher.js';
import { ShippingQueryService } from './shipping/shipping-query.service.js';
import { ShippingRecordStore } from './shipping/shipping-record-store.js';
import { UploadShippingCall } from './shipping/upload-shipping-call.js';
import { SeededRandom } from './random.js';
import { RefundCall } from './refund/refund-call.js';
import { SecapiController } from './refund/secapi.controller.js';
import { WechatRefundProcessor } from './refund/wechat-refund-processor.js';
import { RefundLimits } from './refund/refund-limits.js';
import { RefundQueryCall } from './refund/refund-query-call.js';
import { RefundCalculator } from './refund/refund-calculator.js';
import { SimulatorSettings } from './simulator-settings.js';
import { Behaviours } from './state/behaviours.js';
import { IdentifierGenerator } from './state/identifier-generator.js';
import { ExchangeLog } from './state/exchange-log.js';
import { Ledger } from './state/ledger.js';
import { MerchantAccount } from './state/merchant-account.js';
import { OrderStore } from './state/order-store.js';
import { SignatureProbeSelector } from './state/signature-probe-selector.js';
import { PublicAddress } from './state/public-address.js';
import { RefundStore } from './state/refund-store.js';
import { ResetRegistry } from './state/reset-registry.js';
import { UserStore } from './state/user-store.js';
import { DeliverNotifyCall } from './v1/deliver-notify-call.js';
import { GeneratePrepayCall } from './v1/generate-prepay-call.js';
import { V1Controller } from './v1/v1.controller.js';
import { V1RequestHandler } from './v1/v1-request-handler.js';
import { V1OrderQueryCall } from './v1/v1-order-query-call.js';
import { V1RequestValidator } from './v1/v1-request-validator.js';

const STATE = [
  Behaviours,
  IdentifierGenerator,
  ExchangeLog,
  Ledger,
  MerchantAccount,
  OrderStore,
  SignatureProbeSelector,
  PublicAddress,
  RefundStore,
  ResetRegistry,
  UserStore,
];
const PLATFORM = [
  IssuedTokenStore,
  AccessTokenIssuer,
  LoginCodeStore,
  LoginCodeExchange,
  PhoneCodeStore,
  PhoneCodeExchange,
  PlatformFailureFactory,
  PlatformRequestHandler,
];
const MESSAGES = [ConsentStore, SubscribeMessageService, WechatTemplateStore, SentMessageStore];
const PAY = [
  ResponseWriter,
  CloseOrderCall,
  MessageTargetResolver,
  OrderPlacer,
  OrderQueryCall,
  OtherOrderEcho,
  PayRequestHandler,
  UnifiedOrderCall,
];
const V1 = [DeliverNotifyCall, GeneratePrepayCall, V1RequestHandler, V1OrderQueryCall, V1RequestValidator];
const REFUND = [RefundCall, WechatRefundProcessor, RefundLimits, RefundQueryCall, RefundCalculator];
const CASHIER = [CashierService, MobileWebService, TransactionFactory, PaymentProcessor];
const NOTICES = [
  ManualNoticeService,
  NoticeLog,
  NoticeSender,
  NoticeDispatcher,
  OtherSubjectFinder,
  PaymentNoticeWriter,
  RefundNoticeWriter,
  V1NoticeWriter,
];
const SHIPPING = [
  ConfirmReceiveCall,
  MessageHandshake,
  MessagePusher,
  PaidOrderResolver,
  SettlementService,
  ShippingEventPusher,
  ShippingQueryService,
  ShippingRecordStore,
  UploadShippingCall,
];
const FAULTS = [ResponseDelayer, FaultStore];

/** The WeChat side of all calls. Bills will have a folder of their own beside `pay/` and `refund/`. */
@Module({})
export class SimulatorModule {
  static with(settings: SimulatorSettings, clock: SimulatorClock, certificates: SimulatorCertificates): DynamicModule {
    return {
      module: SimulatorModule,
      controllers: [
        LoginController,
        AccessTokenController,
        PhoneNumberController,
        ShippingInfoController,
        MessageController,
        PayController,
        V1Controller,
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
