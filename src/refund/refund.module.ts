import { Module } from '@nestjs/common';
import { AuditModule } from '../audit/audit.module.js';
import { AuthModule } from '../auth/auth.module.js';
import { OrderModule } from '../order/order.module.js';
import { PaymentModule } from '../payment/payment.module.js';
import { WechatModule } from '../wechat/wechat.module.js';
import { OrderSearchService } from './order-search.service.js';
import { LatePaymentHandler } from './late-payment-handler.js';
import { RefundAbandonService } from './refund-abandon.service.js';
import { RefundDecisionService } from './refund-decision.service.js';
import { MerchantRefundService } from './merchant-refund.service.js';
import { RefundStatusSync } from './refund-status-sync.js';
import { RefundNoticeHandler } from './refund-notice-handler.js';
import { RefundExecutor } from './refund-executor.js';
import { WechatRefundRequestComposer } from './wechat-refund-request-composer.js';
import { RefundRequestService } from './refund-request.service.js';
import { RefundResultService } from './refund-result.service.js';
import { RefundRetryService } from './refund-retry.service.js';
import { RefundSchedule } from './refund-schedule.js';
import { RefundController } from './refund.controller.js';
import { RefundQueryService } from './refund-query.service.js';
import { MerchantPlatformRefundImporter } from './merchant-platform-refund-importer.js';

/** Refunds: request, decision, call to WeChat, result. */
@Module({
  imports: [AuditModule, AuthModule, OrderModule, PaymentModule, WechatModule],
  controllers: [RefundController],
  providers: [
    OrderSearchService,
    LatePaymentHandler,
    RefundAbandonService,
    RefundDecisionService,
    MerchantRefundService,
    RefundStatusSync,
    RefundNoticeHandler,
    RefundExecutor,
    WechatRefundRequestComposer,
    RefundRequestService,
    RefundResultService,
    RefundRetryService,
    RefundSchedule,
    RefundQueryService,
    MerchantPlatformRefundImporter,
  ],
  exports: [
    OrderSearchService,
    LatePaymentHandler,
    MerchantRefundService,
    RefundNoticeHandler,
    RefundExecutor,
    RefundSchedule,
    RefundQueryService,
  ],
})
export class RefundModule {}
