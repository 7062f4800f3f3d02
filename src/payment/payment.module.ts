import { Module } from '@nestjs/common';
import { AuthModule } from '../auth/auth.module.js';
import { OrderModule } from '../order/order.module.js';
import { OrderSearchService } from '../order/search/order-search.service.js';
import { WechatModule } from '../wechat/wechat.module.js';
import { PaymentAttemptCloser } from './attempt/payment-attempt-closer.js';
import { OrderCloser } from './order-closer.js';
import { UnpaidOrderService } from './status-sync/unpaid-order.service.js';
import { PaymentService } from './payment.service.js';
import { PaymentAttempt } from './attempt/payment-attempt.entity.js';
import { findContradictedOrders } from './event-log/contradictions.js';
import { PaymentAttemptService } from './attempt/payment-attempt.service.js';
import { PaymentController } from './payment.controller.js';
import { PaymentStatusSync } from './status-sync/payment-status-sync.js';
import { OrderEventLog } from './event-log/order-event-log.js';
import { OnDemandPaymentSync } from './status-sync/on-demand-payment-sync.js';
import { PaymentResultService } from './payment-result.service.js';
import { RefusedNoticeLog } from './refused-notice/refused-notice-log.js';

/** Payment attempts of orders, and their synchronization with WeChat. */
@Module({
  imports: [AuthModule, OrderModule, WechatModule],
  controllers: [PaymentController],
  providers: [
    PaymentAttemptCloser,
    OrderCloser,
    UnpaidOrderService,
    PaymentService,
    PaymentAttemptService,
    PaymentStatusSync,
    OrderEventLog,
    PaymentResultService,
    OnDemandPaymentSync,
    RefusedNoticeLog,
  ],
  exports: [
    PaymentAttemptCloser,
    OrderCloser,
    UnpaidOrderService,
    PaymentService,
    PaymentStatusSync,
    OrderEventLog,
    PaymentResultService,
    OnDemandPaymentSync,
    RefusedNoticeLog,
  ],
})
export class PaymentModule {
  constructor(orderSearch: OrderSearchService) {
    orderSearch.registerNumberLookup((manager, number) =>
      manager.find(PaymentAttempt, {
        select: { orderNo: true },
        where: [{ outTradeNo: number }, { transactionId: number }],
      }),
    );
    orderSearch.registerContradictionLookup(findContradictedOrders);
  }
}
