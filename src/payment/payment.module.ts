import { Module } from '@nestjs/common';
import { AuthModule } from '../auth/auth.module.js';
import { OrderModule } from '../order/order.module.js';
import { WechatModule } from '../wechat/wechat.module.js';
import { PaymentAttemptCloser } from './payment-attempt-closer.js';
import { OrderCloser } from './order-closer.js';
import { UnpaidOrderService } from './unpaid-order.service.js';
import { PaymentService } from './payment.service.js';
import { PaymentAttemptService } from './payment-attempt.service.js';
import { PaymentController } from './payment.controller.js';
import { PaymentStatusSync } from './payment-status-sync.js';
import { OrderEventLog } from './order-event-log.js';
import { OnDemandPaymentSync } from './on-demand-payment-sync.js';
import { PaymentResultService } from './payment-result.service.js';
import { RefusedNoticeLog } from './refused-notice-log.js';

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
    PaymentStatusSync,
    OrderEventLog,
    PaymentResultService,
    RefusedNoticeLog,
  ],
})
export class PaymentModule {}
