import { type DynamicModule, Module } from '@nestjs/common';
import { LoggerModule } from 'nestjs-pino';
import { AdminModule } from './admin/admin.module.js';
import { AuditModule } from './audit/audit.module.js';
import { AccessTokenStoreModule } from './wechat/mini-program/access-token/access-token-store.module.js';
import { AuthModule } from './auth/auth.module.js';
import { BillModule } from './bill/bill.module.js';
import { CatalogModule } from './catalog/catalog.module.js';
import { CommonModule } from './common/common.module.js';
import { Settings } from './config/settings.js';
import { SettingsModule } from './config/settings.module.js';
import { CouponModule } from './coupon/coupon.module.js';
import { DatabaseModule } from './database/database.module.js';
import { EventModule } from './event/event.module.js';
import { MessageModule } from './notification/message.module.js';
import { NotifyModule } from './notify/notify.module.js';
import { logOptions } from './operations/log-options.js';
import { OperationsModule } from './operations/operations.module.js';
import { OrderModule } from './order/order.module.js';
import { OutboxModule } from './outbox/outbox.module.js';
import { PagesModule } from './pages/pages.module.js';
import { PaymentModule } from './payment/payment.module.js';
import { PhoneModule } from './phone/phone.module.js';
import { RefundModule } from './refund/refund.module.js';
import { ReconciliationModule } from './reconciliation/reconciliation.module.js';
import { ServerModule } from './server-api/server.module.js';
import { ShippingModule } from './shipping/shipping.module.js';
import { dataSourceOptionsFor } from './tables.js';

/** All modules of the service, from the lowest layer to the highest. */
@Module({})
export class AppModule {
  static forEnvironment(environment: Readonly<Record<string, string | undefined>>): DynamicModule {
    return {
      module: AppModule,
      imports: [
        CommonModule,
        SettingsModule.forEnvironment(environment),
        LoggerModule.forRootAsync({ inject: [Settings], useFactory: logOptions }),
        DatabaseModule.forRoot(dataSourceOptionsFor),
        OutboxModule,
        AuditModule,
        AccessTokenStoreModule,
        AuthModule,
        CatalogModule,
        CouponModule,
        OrderModule,
        PaymentModule,
        RefundModule,
        MessageModule,
        ShippingModule,
        EventModule,
        BillModule,
        NotifyModule,
        ReconciliationModule,
        ServerModule,
        AdminModule,
        OperationsModule,
        PagesModule,
        PhoneModule.forEnvironment(environment),
      ],
    };
  }
}
