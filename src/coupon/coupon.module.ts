import { Module } from '@nestjs/common';
import { AuditModule } from '../audit/audit.module.js';
import { AuthModule } from '../auth/auth.module.js';
import { CouponService } from './coupon.service.js';
import { DemoCouponSeeder } from './demo-coupon-seeder.js';

/** Coupons and the users who own them. The order module reserves and uses them. */
@Module({ imports: [AuditModule, AuthModule], providers: [CouponService, DemoCouponSeeder], exports: [CouponService] })
export class CouponModule {}
