import { AuditLog } from '../../src/audit/audit-log.js';
import { Metrics } from '../../src/common/metrics/metrics.js';
import type { Clock } from '../../src/common/time/clock.js';
import type { Settings } from '../../src/config/settings.js';
import type { UnitOfWork } from '../../src/database/unit-of-work.js';
import type { OrderQueryService } from '../../src/order/order-query.service.js';
import type { Outbox } from '../../src/outbox/outbox.js';
import { OrderEventLog } from '../../src/payment/event-log/order-event-log.js';
import { RefundQueryService } from '../../src/refund/read/refund-query.service.js';
import { RefundRecorder } from '../../src/refund/refund-recorder.js';
import { AbnormalRefundService } from '../../src/refund/request/abnormal-refund.service.js';
import { LatePaymentHandler } from '../../src/refund/request/late-payment-handler.js';
import { RefundService } from '../../src/refund/request/refund.service.js';
import { RefundResultService } from '../../src/refund/results/refund-result.service.js';
import { RefundSchedule } from '../../src/refund/sending/refund-schedule.js';
import { RefundSender } from '../../src/refund/sending/refund-sender.js';
import { WechatRefundClient } from '../../src/refund/sending/wechat-refund-client.js';
import { CertificateReloadJob } from '../../src/wechat/pay/certificate/certificate-reload.job.js';
import { MerchantCertificate } from '../../src/wechat/pay/certificate/merchant-certificate.js';
import type { PaymentProviderRegistry } from '../../src/wechat/pay/payment-provider-registry.js';

interface RefundServicesInput {
  settings: Settings;
  clock: Clock;
  unitOfWork: UnitOfWork;
  orders: OrderQueryService;
  outbox: Outbox;
  metrics: Metrics;
  providers: PaymentProviderRegistry;
}

/** The refund services of one process, without Nest. All state is in the database. */
export function createRefundServices(input: RefundServicesInput): {
  refunds: RefundService;
  abnormalRefunds: AbnormalRefundService;
  results: RefundResultService;
  sender: RefundSender;
  schedule: RefundSchedule;
  latePayments: LatePaymentHandler;
} {
  const { settings, clock, unitOfWork, orders, outbox, metrics, providers } = input;
  const eventLog = new OrderEventLog(clock, unitOfWork);
  const recorder = new RefundRecorder(eventLog, new AuditLog(clock, unitOfWork), outbox, metrics);
  // Metrics of its own: a job registers its gauges once, and a scenario creates the services of several processes.
  const reload = new CertificateReloadJob(settings, new MerchantCertificate(null), new Metrics());
  const client = new WechatRefundClient(settings, unitOfWork, providers, eventLog, reload);
  const schedule = new RefundSchedule(settings, clock);
  const results = new RefundResultService(clock, unitOfWork, orders, client, schedule, recorder);
  const sender = new RefundSender(clock, unitOfWork, client, results, schedule, recorder);
  const queries = new RefundQueryService(unitOfWork);
  return {
    refunds: new RefundService(settings, clock, unitOfWork, orders, queries, sender, recorder),
    abnormalRefunds: new AbnormalRefundService(clock, unitOfWork, queries, results, recorder),
    results,
    sender,
    schedule,
    latePayments: new LatePaymentHandler(settings, clock, unitOfWork, orders, sender, recorder),
  };
}
