import { Module } from '@nestjs/common';
import { AuthModule } from '../auth/auth.module.js';
import { UserCoupons } from './user-coupons.js';
import { CouponController } from './coupon.controller.js';
import { OrderLimits } from './order-limits.js';
import { OrderPlacementService } from './order-placement.service.js';
import { OrderController } from './order.controller.js';
import { OrderQueryService } from './order-query.service.js';

/** Orders without their payments, and the coupons that orders use. */
@Module({
  imports: [AuthModule],
  controllers: [OrderController, CouponController],
  providers: [OrderLimits, OrderPlacementService, OrderQueryService, UserCoupons],
  exports: [OrderQueryService],
})
export class OrderModule {}
