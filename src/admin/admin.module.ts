import { Module } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { AuditModule } from '../audit/audit.module.js';
import { AuthModule } from '../auth/auth.module.js';
import { CatalogModule } from '../catalog/catalog.module.js';
import { CouponModule } from '../coupon/coupon.module.js';
import { OrderModule } from '../order/order.module.js';
import { PaymentModule } from '../payment/payment.module.js';
import { RefundModule } from '../refund/refund.module.js';
import { ServerModule } from '../server/server.module.js';
import { ShippingModule } from '../shipping/shipping.module.js';
import { WechatModule } from '../wechat/wechat.module.js';
import { AdminAuthController } from './admin-auth.controller.js';
import { AdminCouponController } from './admin-coupon.controller.js';
import { AdminCoupons } from './admin-coupons.js';
import { AdminMessageController } from './admin-message.controller.js';
import { AdminOrderController } from './admin-order.controller.js';
import { AdminOrderLists } from './admin-order-lists.js';
import { AdminOrders } from './admin-orders.js';
import { AdminProductController } from './admin-product.controller.js';
import { AdminRefundController } from './admin-refund.controller.js';
import { AdminRefunds } from './admin-refunds.js';
import { AdminShippingController } from './admin-shipping.controller.js';
import { AdminUserController } from './admin-user.controller.js';
import { AdminUsers } from './admin-users.js';
import { AdminGuard } from './admin.guard.js';
import { Admins } from './admins.js';
import { ApiKeyController } from './api-key.controller.js';
import { AuditLogController } from './audit-log.controller.js';
import { FirstAdmin } from './first-admin.js';
import { KnownNetworks } from './known-networks.js';
import { LoginAudit } from './login-audit.js';
import { LoginCounts } from './login-counts.js';
import { LoginGate } from './login-gate.js';
import { LoginFailures } from './login-failures.js';
import { StaffController } from './staff.controller.js';
import { StaffLogin } from './staff-login.js';
import { Staff } from './staff.js';
import { SummaryController } from './summary.controller.js';
import { StuckMessages } from './stuck-messages.js';
import { Summary } from './summary.js';
import { ToDo } from './to-do.js';

/** Staff accounts, and what staff may see and do. */
@Module({
  imports: [
    AuditModule,
    AuthModule,
    CatalogModule,
    CouponModule,
    OrderModule,
    PaymentModule,
    RefundModule,
    ServerModule,
    ShippingModule,
    WechatModule,
  ],
  controllers: [
    AdminAuthController,
    AdminCouponController,
    AdminMessageController,
    AdminOrderController,
    AdminProductController,
    AdminRefundController,
    ApiKeyController,
    AdminShippingController,
    AdminUserController,
    AuditLogController,
    StaffController,
    SummaryController,
  ],
  providers: [
    Admins,
    StuckMessages,
    AdminCoupons,
    AdminOrderLists,
    AdminOrders,
    AdminRefunds,
    AdminUsers,
    FirstAdmin,
    KnownNetworks,
    LoginAudit,
    LoginCounts,
    LoginFailures,
    LoginGate,
    Staff,
    StaffLogin,
    Summary,
    ToDo,
    { provide: APP_GUARD, useClass: AdminGuard },
  ],
  exports: [FirstAdmin],
})
export class AdminModule {}
