import { Module } from '@nestjs/common';
import { AuthModule } from '../auth/auth.module.js';
import { OrderModule } from '../order/order.module.js';
import { WechatModule } from '../wechat/wechat.module.js';
import { AttemptClosing } from './attempt-closing.js';
import { OrderClosing } from './order-closing.js';
import { OrderPayments } from './order-payments.js';
import { Paying } from './paying.js';
import { PaymentAttempts } from './payment-attempts.js';
import { PaymentController } from './payment.controller.js';
import { PaymentInquiry } from './payment-inquiry.js';
import { PaymentJournal } from './payment-journal.js';
import { PaymentSync } from './payment-sync.js';
import { PaymentResults } from './payment-results.js';
import { RefusedNotices } from './refused-notices.js';

/** Attempts to pay an order, and asking WeChat about them. */
@Module({
  imports: [AuthModule, OrderModule, WechatModule],
  controllers: [PaymentController],
  providers: [
    AttemptClosing,
    OrderClosing,
    OrderPayments,
    Paying,
    PaymentAttempts,
    PaymentInquiry,
    PaymentJournal,
    PaymentResults,
    PaymentSync,
    RefusedNotices,
  ],
  exports: [
    AttemptClosing,
    OrderClosing,
    OrderPayments,
    PaymentInquiry,
    PaymentJournal,
    PaymentResults,
    RefusedNotices,
  ],
})
export class PaymentModule {}
