import { Module } from '@nestjs/common';
import { AuthModule } from '../auth/auth.module.js';
import { OrderLimitService } from './order-limit.service.js';
import { OrderPlacementService } from './order-placement.service.js';
import { OrderController } from './order.controller.js';
import { OrderQueryService } from './order-query.service.js';
import { OrderSearchService } from './search/order-search.service.js';

/** Orders without their payments. */
@Module({
  imports: [AuthModule],
  controllers: [OrderController],
  providers: [OrderLimitService, OrderPlacementService, OrderQueryService, OrderSearchService],
  exports: [OrderQueryService, OrderSearchService],
})
export class OrderModule {}
