import { Controller, Get, Param, UseGuards } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiTags } from '@nestjs/swagger';
import { UserGuard, UserId } from '../auth/user.guard.js';
import { ApiPage } from '../common/page.dto.js';
import type { Page } from '../common/paging.js';
import { ProblemResponses } from '../common/problem.dto.js';
import { Orders } from '../order/orders.js';
import { ParcelView, parcelView } from './shipment.view.js';
import { Shipping } from './shipping.js';

@ApiTags('orders')
@ApiBearerAuth('user')
@Controller('api/orders/:orderNo/shipments')
@UseGuards(UserGuard)
export class ShippingController {
  constructor(
    private readonly orders: Orders,
    private readonly shipping: Shipping,
  ) {}

  @Get()
  @ApiOperation({ summary: 'The parcels of one of my orders, in the order in which they left' })
  @ApiPage(ParcelView)
  @ProblemResponses('UNAUTHENTICATED', 'ORDER_NOT_FOUND')
  async list(@UserId() userId: string, @Param('orderNo') orderNo: string): Promise<Page<ParcelView>> {
    await this.orders.ofUser(userId, orderNo);
    return { items: (await this.shipping.ofOrder(orderNo)).map(parcelView), nextCursor: null };
  }
}
