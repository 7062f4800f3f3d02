import { Module } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { AuditModule } from '../audit/audit.module.js';
import { AuthModule } from '../auth/auth.module.js';
import { OrderModule } from '../order/order.module.js';
import { PaymentModule } from '../payment/payment.module.js';
import { AdminAuthController } from './admin-auth.controller.js';
import { AdminOrderController } from './admin-order.controller.js';
import { AdminOrders } from './admin-orders.js';
import { AdminGuard } from './admin.guard.js';
import { Admins } from './admins.js';
import { FirstAdmin } from './first-admin.js';
import { LoginFailures } from './login-failures.js';

/** Staff accounts, and what staff may see and do. */
@Module({
  imports: [AuditModule, AuthModule, OrderModule, PaymentModule],
  controllers: [AdminAuthController, AdminOrderController],
  providers: [Admins, AdminOrders, FirstAdmin, LoginFailures, { provide: APP_GUARD, useClass: AdminGuard }],
  exports: [FirstAdmin],
})
export class AdminModule {}
