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
import { AdminCouponService } from './admin-coupon.service.js';
import { AdminMessageController } from './admin-message.controller.js';
import { AdminOrderController } from './admin-order.controller.js';
import { AdminOrderListService } from './admin-order-list.service.js';
import { AdminOrderService } from './admin-order.service.js';
import { AdminProductController } from './admin-product.controller.js';
import { AdminRefundController } from './admin-refund.controller.js';
import { AdminRefundService } from './admin-refund.service.js';
import { AdminShippingController } from './admin-shipping.controller.js';
import { AdminUserController } from './admin-user.controller.js';
import { AdminUserService } from './admin-user.service.js';
import { AdminGuard } from './admin.guard.js';
import { AdminStore } from './admin-store.js';
import { ApiKeyController } from './api-key.controller.js';
import { AuditLogController } from './audit-log.controller.js';
import { AdminBootstrapService } from './admin-bootstrap.service.js';
import { KnownNetworkStore } from './known-network-store.js';
import { LoginFailureAuditService } from './login-failure-audit.service.js';
import { StaffLoginRateLimiter } from './staff-login-rate-limiter.js';
import { StaffLoginConcurrencyLimiter } from './staff-login-concurrency-limiter.js';
import { StaffLockoutService } from './staff-lockout.service.js';
import { StaffController } from './staff.controller.js';
import { StaffLoginService } from './staff-login.service.js';
import { StaffService } from './staff.service.js';
import { SummaryController } from './summary.controller.js';
import { StuckMessageService } from './stuck-message.service.js';
import { SummaryService } from './summary.service.js';
import { ToDoService } from './to-do.service.js';

/** Staff accounts and the admin API. */
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
    AdminStore,
    StuckMessageService,
    AdminCouponService,
    AdminOrderListService,
    AdminOrderService,
    AdminRefundService,
    AdminUserService,
    AdminBootstrapService,
    KnownNetworkStore,
    LoginFailureAuditService,
    StaffLoginRateLimiter,
    StaffLockoutService,
    StaffLoginConcurrencyLimiter,
    StaffService,
    StaffLoginService,
    SummaryService,
    ToDoService,
    { provide: APP_GUARD, useClass: AdminGuard },
  ],
  exports: [AdminBootstrapService],
})
export class AdminModule {}
