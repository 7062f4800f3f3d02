import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { ApiPage } from '../common/page.dto.js';
import type { Page } from '../common/paging.js';
import { ProblemResponses } from '../common/problem.dto.js';
import { OrderView } from '../order/order.view.js';
import { Orders } from '../order/orders.js';
import { OrderSearch } from '../refund/order-search.js';
import { OrderSearchQuery } from '../refund/order-search.dto.js';
import { Refunds } from '../refund/refunds.js';
import { Shipping } from '../shipping/shipping.js';
import { serverOrderView, ServerOrderView } from './server-order.view.js';
import { AllowScope } from './server.guard.js';

@ApiTags('server: orders')
@Controller('server/api/orders')
export class ServerOrderController {
  constructor(
    private readonly search: OrderSearch,
    private readonly orders: Orders,
    private readonly refunds: Refunds,
    private readonly shipping: Shipping,
  ) {}

  @Get()
  @AllowScope('orders:read')
  @ApiOperation({ summary: 'All orders, newest first' })
  @ApiPage(OrderView)
  @ProblemResponses('VALIDATION_FAILED', 'UNAUTHENTICATED', 'FORBIDDEN')
  list(@Query() query: OrderSearchQuery): Promise<Page<OrderView>> {
    return this.search.list(query);
  }

  @Get(':orderNo')
  @AllowScope('orders:read')
  @ApiOperation({ summary: 'One order with its refunds and parcels' })
  @ApiOkResponse({ type: ServerOrderView })
  @ProblemResponses('UNAUTHENTICATED', 'FORBIDDEN', 'ORDER_NOT_FOUND')
  async show(@Param('orderNo') orderNo: string): Promise<ServerOrderView> {
    const order = await this.orders.byNumber(orderNo);
    return serverOrderView(order, await this.refunds.ofOrder(orderNo), await this.shipping.ofOrder(orderNo));
  }
}
