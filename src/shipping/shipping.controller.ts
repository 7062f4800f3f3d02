import { Controller, Get, Param, Query, UseGuards } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiTags } from '@nestjs/swagger';
import { UserGuard, UserId } from '../auth/user.guard.js';
import { ApiPage } from '../common/paging/page.dto.js';
import type { Page } from '../common/paging/paging.js';
import { RoutesFor } from '../common/http/route-audience.js';
import { ProblemResponses } from '../common/problem/problem.dto.js';
import { OrderQueryService } from '../order/order-query.service.js';
import { ParcelView, parcelView } from './shipment/shipment.view.js';
import { ShipmentListQuery, Shipments } from './shipment/shipments.js';

@ApiTags('orders')
@ApiBearerAuth('user')
@Controller('api/orders/:orderNo/shipments')
@RoutesFor('BUYERS')
@UseGuards(UserGuard)
export class ShippingController {
  constructor(
    private readonly orders: OrderQueryService,
    private readonly shipments: Shipments,
  ) {}

  @Get()
  @ApiOperation({ summary: 'Lists the shipments of one of my orders, in the order of shipping' })
  @ApiPage(ParcelView)
  @ProblemResponses('VALIDATION_FAILED', 'UNAUTHENTICATED', 'ORDER_NOT_FOUND')
  async list(
    @UserId() userId: string,
    @Param('orderNo') orderNo: string,
    @Query() query: ShipmentListQuery,
  ): Promise<Page<ParcelView>> {
    await this.orders.getForUser(userId, orderNo);
    return this.shipments.list(orderNo, query, parcelView);
  }
}
