import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { ApiPage } from '../common/paging/page.dto.js';
import { type Page, PageQuery } from '../common/paging/paging.js';
import { RoutesFor } from '../common/http/route-audience.js';
import { ProblemResponses } from '../common/problem/problem.dto.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import { StaffRead } from '../database/staff-read/staff-read.service.js';
import { OrderWithOriginView, orderWithOriginView } from '../order/order-with-origin.view.js';
import { OrderQueryService } from '../order/order-query.service.js';
import { OrderSearchService } from '../order/search/order-search.service.js';
import { OrderSearchQuery } from '../order/search/order-search.dto.js';
import { findShownRefunds } from '../refund/read/refunds-of-order.js';
import { RefundQueryService } from '../refund/read/refund-query.service.js';
import { findFirstShipments } from '../shipping/shipment/shipments.js';
import { serverRefundView, ServerRefundView } from '../refund/read/server-refund.view.js';
import { serverOrderView, ServerOrderView } from './server-order.view.js';
import { ApiKey, reachesShopRefunds } from './api-key.entity.js';
import { AllowScope, CurrentKey } from './server.guard.js';

@ApiTags('server: orders')
@Controller('server/api/orders')
@RoutesFor('API_KEYS')
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
  @ApiPage(OrderWithOriginView)
  @ProblemResponses('VALIDATION_FAILED', 'UNAUTHENTICATED', 'FORBIDDEN')
  list(@Query() query: OrderSearchQuery): Promise<Page<OrderWithOriginView>> {
    return this.search.list(query, orderWithOriginView);
  }

  @Get(':orderNo')
  @AllowScope('orders:read')
  @ApiOperation({ summary: 'Get an order with its refunds and shipments' })
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
  async listRefunds(
    @Param('orderNo') orderNo: string,
    @Query() query: PageQuery,
    @CurrentKey() key: ApiKey,
  ): Promise<Page<ServerRefundView>> {
    await (reachesShopRefunds(key) ? this.orders.getByNumber(orderNo) : this.orders.getPaymentOrder(orderNo));
    return this.refunds.list(query, { orderNo }, serverRefundView);
  }
}
