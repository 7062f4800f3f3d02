import { Module } from '@nestjs/common';
import { AuditModule } from '../audit/audit.module.js';
import { AuthModule } from '../auth/auth.module.js';
import { OrderModule } from '../order/order.module.js';
import { PaymentModule } from '../payment/payment.module.js';
import { WechatModule } from '../wechat/wechat.module.js';
import { OrderSearch } from './order-search.js';
import { OwedMoney } from './owed-money.js';
import { RefundAbandonService } from './refund-abandon-service.js';
import { RefundDecisions } from './refund-decisions.js';
import { RefundDesk } from './refund-desk.js';
import { RefundInquiry } from './refund-inquiry.js';
import { RefundNews } from './refund-news.js';
import { RefundProgress } from './refund-progress.js';
import { RefundRequestComposer } from './refund-request-composer.js';
import { RefundRequests } from './refund-requests.js';
import { RefundResults } from './refund-results.js';
import { RefundRetryService } from './refund-retry-service.js';
import { RefundSchedule } from './refund-schedule.js';
import { RefundController } from './refund.controller.js';
import { Refunds } from './refunds.js';
import { VendorRefunds } from './vendor-refunds.js';

/** Money back: the wish, the decision, the sending, WeChat's last word. */
@Module({
  imports: [AuditModule, AuthModule, OrderModule, PaymentModule, WechatModule],
  controllers: [RefundController],
  providers: [
    OrderSearch,
    OwedMoney,
    RefundAbandonService,
    RefundDecisions,
    RefundDesk,
    RefundInquiry,
    RefundNews,
    RefundProgress,
    RefundRequestComposer,
    RefundRequests,
    RefundResults,
    RefundRetryService,
    RefundSchedule,
    Refunds,
    VendorRefunds,
  ],
  exports: [OrderSearch, OwedMoney, RefundDesk, RefundNews, RefundProgress, RefundSchedule, Refunds],
})
export class RefundModule {}
