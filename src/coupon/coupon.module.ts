import { Module } from '@nestjs/common';
import { AuditModule } from '../audit/audit.module.js';
import { AuthModule } from '../auth/auth.module.js';
import { CouponService } from './coupon.service.js';
import { DemoCouponSeeder } from './demo-coupon-seeder.js';

/** Coupons, and in whose hands they are. What an order does with one is the order's. */
@Module({ imports: [AuditModule, AuthModule], providers: [CouponService, DemoCouponSeeder], exports: [CouponService] })
export class CouponModule {}
