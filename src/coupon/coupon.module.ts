import { Module } from '@nestjs/common';
import { AuditModule } from '../audit/audit.module.js';
import { AuthModule } from '../auth/auth.module.js';
import { CouponDesk } from './coupon-desk.js';
import { DemoCoupons } from './demo-coupons.js';

/** Coupons, and in whose hands they are. What an order does with one is the order's. */
@Module({ imports: [AuditModule, AuthModule], providers: [CouponDesk, DemoCoupons], exports: [CouponDesk] })
export class CouponModule {}
