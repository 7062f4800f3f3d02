import { Module } from '@nestjs/common';
import { AuthModule } from '../auth/auth.module.js';
import { CouponWallet } from './coupon-wallet.js';
import { CouponController } from './coupon.controller.js';
import { OrderLimits } from './order-limits.js';
import { OrderPlacing } from './order-placing.js';
import { OrderController } from './order.controller.js';
import { Orders } from './orders.js';

/** Orders and their life, up to the question of money; and what they make of coupons. */
@Module({
  imports: [AuthModule],
  controllers: [OrderController, CouponController],
  providers: [OrderLimits, OrderPlacing, Orders, CouponWallet],
  exports: [Orders],
})
export class OrderModule {}
