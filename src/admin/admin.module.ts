import { Module } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { AuditModule } from '../audit/audit.module.js';
import { AuthModule } from '../auth/auth.module.js';
import { BillModule } from '../bill/bill.module.js';
import { CatalogModule } from '../catalog/catalog.module.js';
import { CouponModule } from '../coupon/coupon.module.js';
import { EventModule } from '../event/event.module.js';
import { OrderModule } from '../order/order.module.js';
import { PaymentModule } from '../payment/payment.module.js';
import { RefundModule } from '../refund/refund.module.js';
import { ServerModule } from '../server-api/server.module.js';
import { ShippingModule } from '../shipping/shipping.module.js';
import { WechatModule } from '../wechat/wechat.module.js';
import { AdminAuthController } from './login/admin-auth.controller.js';
import { BillExportController } from './bills/bill-export.controller.js';
import { BillController } from './bills/bill.controller.js';
import { AdminCouponController } from './coupons/admin-coupon.controller.js';
import { AdminCouponService } from './coupons/admin-coupon.service.js';
import { AdminEventController } from './events/admin-event.controller.js';
import { AdminEventEndpointController } from './events/admin-event-endpoint.controller.js';
import { AdminEventEndpointService } from './events/admin-event-endpoint.service.js';
import { AdminMessageController } from './notifications/admin-message.controller.js';
import { AdminOrderController } from './orders/admin-order.controller.js';
import { AdminOrderQueryService } from './orders/admin-order-query.service.js';
import { AdminOrderService } from './orders/admin-order.service.js';
import { AdminProductController } from './products/admin-product.controller.js';
import { AdminRefundController } from './refunds/admin-refund.controller.js';
import { RedirectRefundController } from './refunds/redirect-refund.controller.js';
import { AdminRefundService } from './refunds/admin-refund.service.js';
import { AdminShippingController } from './shipping/admin-shipping.controller.js';
import { AdminUserController } from './buyers/admin-user.controller.js';
import { AdminUserService } from './buyers/admin-user.service.js';
import { StaffGuard } from './accounts/staff.guard.js';
import { StaffAccountStore } from './accounts/staff-account-store.js';
import { ApiKeyController } from './api-keys/api-key.controller.js';
import { AuditLogController } from './audit/audit-log.controller.js';
import { AdminBootstrapService } from './accounts/admin-bootstrap.service.js';
import { KnownNetworkStore } from './login/limits/known-network-store.js';
import { LoginFailureAuditService } from './login/limits/login-failure-audit.service.js';
import { StaffLoginRateLimiter } from './login/limits/staff-login-rate-limiter.js';
import { StaffLoginConcurrencyLimiter } from './login/limits/staff-login-concurrency-limiter.js';
import { StaffLockoutService } from './login/limits/staff-lockout.service.js';
import { StaffController } from './accounts/staff.controller.js';
import { StaffLoginService } from './login/staff-login.service.js';
import { StaffPasswordVerifier } from './login/staff-password-verifier.js';
import { StaffService } from './accounts/staff.service.js';
import { SummaryController } from './dashboard/summary.controller.js';
import { MessageRetryService } from './notifications/message-retry.service.js';
import { SummaryService } from './dashboard/summary.service.js';
import { ToDoService } from './dashboard/to-do.service.js';

/** Staff accounts and the admin API: one module, because no part of it is used without the others. */
@Module({
  imports: [
    AuditModule,
    AuthModule,
    BillModule,
    CatalogModule,
    CouponModule,
    EventModule,
    OrderModule,
    PaymentModule,
    RefundModule,
    ServerModule,
    ShippingModule,
    WechatModule,
  ],
  controllers: [
    AdminAuthController,
    BillExportController,
    BillController,
    AdminCouponController,
    AdminEventController,
    AdminEventEndpointController,
    AdminMessageController,
    AdminOrderController,
    AdminProductController,
    AdminRefundController,
    RedirectRefundController,
    ApiKeyController,
    AdminShippingController,
    AdminUserController,
    AuditLogController,
    StaffController,
    SummaryController,
  ],
  providers: [
    StaffAccountStore,
    MessageRetryService,
    AdminCouponService,
    AdminEventEndpointService,
    AdminOrderQueryService,
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
    StaffPasswordVerifier,
    SummaryService,
    ToDoService,
    { provide: APP_GUARD, useClass: StaffGuard },
  ],
  exports: [AdminBootstrapService],
})
export class AdminModule {}
