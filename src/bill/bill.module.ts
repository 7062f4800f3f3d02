import { Module } from '@nestjs/common';
import { AuditModule } from '../audit/audit.module.js';
import { EventModule } from '../event/event.module.js';
import { PaymentModule } from '../payment/payment.module.js';
import { RefundModule } from '../refund/refund.module.js';
import { WechatModule } from '../wechat/wechat.module.js';
import { BillQueryService } from './bill-query.service.js';
import { BillService } from './bill.service.js';
import { FundBillReader } from './compare/fund-bill-reader.js';
import { TradeBillComparer } from './compare/trade-bill-comparer.js';
import { BillCalendar } from './day/bill-calendar.js';
import { BillComparison } from './day/bill-comparison.js';
import { BillDownloader } from './day/bill-downloader.js';
import { BillFinisher } from './day/bill-finisher.js';
import { BillLeases } from './day/bill-lease.js';
import { BillReconciler } from './day/bill-reconciler.js';
import { BillSettler } from './day/bill-settler.js';
import { FundStep } from './day/fund-step.js';
import { MonthExportService } from './export/month-export.service.js';
import { BillFileCleaner } from './files/bill-file-cleaner.js';
import { BillFileStore } from './files/bill-file-store.js';
import { BillHealer } from './heal/bill-healer.js';

/** WeChat's bills: download, storage, comparison with our records, and what follows from the differences. */
@Module({
  imports: [AuditModule, EventModule, PaymentModule, RefundModule, WechatModule],
  providers: [
    BillService,
    BillQueryService,
    BillCalendar,
    BillComparison,
    BillDownloader,
    BillFileCleaner,
    BillFileStore,
    BillFinisher,
    BillHealer,
    BillLeases,
    BillReconciler,
    BillSettler,
    FundBillReader,
    FundStep,
    MonthExportService,
    TradeBillComparer,
  ],
  exports: [
    BillService,
    BillQueryService,
    BillCalendar,
    BillFileCleaner,
    BillFileStore,
    BillReconciler,
    MonthExportService,
  ],
})
export class BillModule {}
