import { Module } from '@nestjs/common';
import { AuthModule } from '../auth/auth.module.js';
import { UserCouponQueryService } from './user-coupon-query.service.js';
import { CouponController } from './coupon.controller.js';
import { OrderLimitService } from './order-limit.service.js';
import { OrderPlacementService } from './order-placement.service.js';
import { OrderController } from './order.controller.js';
import { OrderQueryService } from './order-query.service.js';

/** Orders without their payments, and the coupons that orders use. */
@Module({
  imports: [AuthModule],
  controllers: [OrderController, CouponController],
  providers: [OrderLimitService, OrderPlacementService, OrderQueryService, UserCouponQueryService],
  exports: [OrderQueryService],
})
export class OrderModule {}
