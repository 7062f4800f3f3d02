import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { ApiPage } from '../common/page.dto.js';
import { type Page, PageQuery } from '../common/paging.js';
import { ProblemResponses } from '../common/problem.dto.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import { StaffRead } from '../database/staff-read.service.js';
import { OrderView } from '../order/order.view.js';
import { OrderQueryService } from '../order/order-query.service.js';
import { OrderSearchService } from '../refund/order-search.service.js';
import { OrderSearchQuery } from '../refund/order-search.dto.js';
import { findShownRefunds } from '../refund/refunds-of-order.js';
import { RefundQueryService } from '../refund/refund-query.service.js';
import { findFirstShipments } from '../shipping/shipments.js';
import { serverOrderView, ServerOrderView, serverRefundView, ServerRefundView } from './server-order.view.js';
import { AllowScope } from './server.guard.js';

@ApiTags('server: orders')
@Controller('server/api/orders')
export class ServerOrderController {
  constructor(
    private readonly search: OrderSearchService,
    private readonly orders: OrderQueryService,
    private readonly refunds: RefundQueryService,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  @Get()
  @StaffRead()
  @AllowScope('orders:read')
  @ApiOperation({ summary: 'List orders, newest first' })
  @ApiPage(OrderView)
  @ProblemResponses('VALIDATION_FAILED', 'UNAUTHENTICATED', 'FORBIDDEN')
  list(@Query() query: OrderSearchQuery): Promise<Page<OrderView>> {
    return this.search.list(query);
  }

  @Get(':orderNo')
  @AllowScope('orders:read')
  @ApiOperation({ summary: 'Get an order with its refunds and parcels' })
  @ApiOkResponse({ type: ServerOrderView })
  @ProblemResponses('UNAUTHENTICATED', 'FORBIDDEN', 'ORDER_NOT_FOUND')
  async show(@Param('orderNo') orderNo: string): Promise<ServerOrderView> {
    const order = await this.orders.getByNumber(orderNo);
    return this.unitOfWork.read(async (manager) =>
      serverOrderView(order, await findShownRefunds(manager, { orderNo }), await findFirstShipments(manager, orderNo)),
    );
  }

  @Get(':orderNo/refunds')
  @AllowScope('orders:read', 'refunds:write')
  @ApiOperation({ summary: 'List the refunds of an order, newest first' })
  @ApiPage(ServerRefundView)
  @ProblemResponses('VALIDATION_FAILED', 'UNAUTHENTICATED', 'FORBIDDEN', 'ORDER_NOT_FOUND')
  async listRefunds(@Param('orderNo') orderNo: string, @Query() query: PageQuery): Promise<Page<ServerRefundView>> {
    await this.orders.getByNumber(orderNo);
    return this.refunds.list(query, { orderNo }, serverRefundView);
  }
}
