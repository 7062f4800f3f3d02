import { Module } from '@nestjs/common';
import { DiscoveryModule } from '@nestjs/core';
import { ScheduleModule } from '@nestjs/schedule';
import { AuthModule } from '../auth/auth.module.js';
import { BillModule } from '../bill/bill.module.js';
import { OrderModule } from '../order/order.module.js';
import { PaymentModule } from '../payment/payment.module.js';
import { RefundModule } from '../refund/refund.module.js';
import { WechatModule } from '../wechat/wechat.module.js';
import { ClockCheck } from './clock-check.js';
import { OutageRecoveryService } from './outage-recovery.service.js';
import { BillReconciliationJob } from './bill-reconciliation.job.js';
import { HousekeepingJob } from './housekeeping.job.js';
import { JobScheduler } from '../jobs/job-scheduler.js';
import { OrderExpiryJob } from './order-expiry.job.js';
import { OutboxJob } from './outbox.job.js';
import { PaymentCheckJob } from './payment-check.job.js';
import { RefundCheckJob } from './refund-check.job.js';

/** The scheduled jobs: they find results whose notices were lost, and continue work after a crash. */
@Module({
  imports: [
    DiscoveryModule,
    ScheduleModule.forRoot(),
    AuthModule,
    BillModule,
    OrderModule,
    PaymentModule,
    RefundModule,
    WechatModule,
  ],
  providers: [
    PaymentCheckJob,
    OrderExpiryJob,
    RefundCheckJob,
    OutboxJob,
    BillReconciliationJob,
    HousekeepingJob,
    ClockCheck,
    OutageRecoveryService,
    JobScheduler,
  ],
  exports: [PaymentCheckJob, OrderExpiryJob, RefundCheckJob, OutboxJob],
})
export class ReconciliationModule {}
