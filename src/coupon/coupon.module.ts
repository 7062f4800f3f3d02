import { Module } from '@nestjs/common';
import { AuditModule } from '../audit/audit.module.js';
import { AuthModule } from '../auth/auth.module.js';
import { CouponController } from './coupon.controller.js';
import { CouponService } from './coupon.service.js';
import { DemoCouponSeeder } from './demo-coupon-seeder.js';
import { UserCouponQueryService } from './user-coupon-query.service.js';

/** Coupons and the users who own them. The order module reserves and uses them. */
@Module({
  imports: [AuditModule, AuthModule],
  controllers: [CouponController],
  providers: [CouponService, DemoCouponSeeder, UserCouponQueryService],
  exports: [CouponService],
})
export class CouponModule {}
