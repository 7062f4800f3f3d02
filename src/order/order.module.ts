import { Module } from '@nestjs/common';
import { AuthModule } from '../auth/auth.module.js';
import { OrderPlacing } from './order-placing.js';
import { OrderController } from './order.controller.js';
import { Orders } from './orders.js';

/** Orders and their life, up to the question of money. */
@Module({ imports: [AuthModule], controllers: [OrderController], providers: [OrderPlacing, Orders], exports: [Orders] })
export class OrderModule {}
