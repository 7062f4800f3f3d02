import { Module } from '@nestjs/common';
import { AuditModule } from '../audit/audit.module.js';
import { AuthModule } from '../auth/auth.module.js';
import { OrderModule } from '../order/order.module.js';
import { OrderSearchService } from '../order/search/order-search.service.js';
import { PaymentModule } from '../payment/payment.module.js';
import { WechatModule } from '../wechat/wechat.module.js';
import { RefundQueryService } from './read/refund-query.service.js';
import { RefundRecorder } from './refund-recorder.js';
import { RefundController } from './refund.controller.js';
import { Refund } from './refund.entity.js';
import { AbnormalRefundService } from './request/abnormal-refund.service.js';
import { LatePaymentHandler } from './request/late-payment-handler.js';
import { RefundRedirectService } from './request/refund-redirect.service.js';
import { RefundService } from './request/refund.service.js';
import { RefundResultService } from './results/refund-result.service.js';
import { RefundSchedule } from './sending/refund-schedule.js';
import { RefundSender } from './sending/refund-sender.js';
import { WechatRefundClient } from './sending/wechat-refund-client.js';

/** Refunds: request, decision, call to WeChat, result. */
@Module({
  imports: [AuditModule, AuthModule, OrderModule, PaymentModule, WechatModule],
  controllers: [RefundController],
  providers: [
    AbnormalRefundService,
    LatePaymentHandler,
    RefundQueryService,
    RefundRecorder,
    RefundRedirectService,
    RefundResultService,
    RefundSchedule,
    RefundSender,
    RefundService,
    WechatRefundClient,
  ],
  exports: [
    AbnormalRefundService,
    LatePaymentHandler,
    RefundQueryService,
    RefundRedirectService,
    RefundResultService,
    RefundSchedule,
    RefundSender,
    RefundService,
  ],
})
export class RefundModule {
  constructor(orderSearch: OrderSearchService) {
    orderSearch.registerNumberLookup((manager, number) =>
      manager.find(Refund, {
        select: { orderNo: true },
        where: [{ refundNo: number }, { merchantRefundNo: number }, { wechatRefundId: number }],
      }),
    );
  }
}
