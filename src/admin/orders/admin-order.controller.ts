import { Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Actor } from '../../audit/audit-log.js';
import { ApiPage } from '../../common/paging/page.dto.js';
import { CountedPageQuery, type Page } from '../../common/paging/paging.js';
import { RoutesFor } from '../../common/http/route-audience.js';
import { ProblemResponses } from '../../common/problem/problem.dto.js';
import { StaffRead } from '../../database/staff-read/staff-read.service.js';
import { OrderWithOriginView, orderWithOriginView } from '../../order/order-with-origin.view.js';
import { OrderSearchQuery } from '../../order/search/order-search.dto.js';
import { OrderSearchService } from '../../order/search/order-search.service.js';
import { AdminOrderQueryService } from './admin-order-query.service.js';
import { AdminOrderView } from './admin-order.view.js';
import { AdminOrderService } from './admin-order.service.js';
import { AdminRefundView } from '../refunds/admin-refund.view.js';
import { AllowRole, CurrentActor } from '../accounts/staff.guard.js';
import { EventView } from './order-event.view.js';
import { PaymentView } from './order-payment.view.js';

@ApiTags('admin: orders')
@ApiBearerAuth('admin')
@Controller('admin/api/orders')
@RoutesFor('STAFF')
export class AdminOrderController {
  constructor(
    private readonly search: OrderSearchService,
    private readonly orders: AdminOrderService,
    private readonly queries: AdminOrderQueryService,
  ) {}

  @Get()
  @StaffRead()
  @AllowRole('VIEWER')
  @ApiOperation({ summary: 'List orders, newest first' })
  @ApiPage(OrderWithOriginView)
  @ProblemResponses('VALIDATION_FAILED', 'UNAUTHENTICATED', 'FORBIDDEN')
  list(@Query() query: OrderSearchQuery): Promise<Page<OrderWithOriginView>> {
    return this.search.list(query, orderWithOriginView);
  }

  @Get(':orderNo')
  @AllowRole('VIEWER')
  @ApiOperation({ summary: 'Get an order with its payment attempts, refunds and timeline' })
  @ApiOkResponse({ type: AdminOrderView })
  @ProblemResponses('UNAUTHENTICATED', 'FORBIDDEN', 'ORDER_NOT_FOUND')
  show(@Param('orderNo') orderNo: string): Promise<AdminOrderView> {
    return this.queries.getOrder(orderNo);
  }

  @Get(':orderNo/events')
  @AllowRole('VIEWER')
  @ApiOperation({ summary: "List an order's timeline, newest first" })
  @ApiPage(EventView)
  @ProblemResponses('VALIDATION_FAILED', 'UNAUTHENTICATED', 'FORBIDDEN', 'ORDER_NOT_FOUND')
  events(@Param('orderNo') orderNo: string, @Query() query: CountedPageQuery): Promise<Page<EventView>> {
    return this.queries.listEvents(orderNo, query);
  }

  @Get(':orderNo/payments')
  @AllowRole('VIEWER')
  @ApiOperation({ summary: "List an order's payment attempts, newest first" })
  @ApiPage(PaymentView)
  @ProblemResponses('VALIDATION_FAILED', 'UNAUTHENTICATED', 'FORBIDDEN', 'ORDER_NOT_FOUND')
  payments(@Param('orderNo') orderNo: string, @Query() query: CountedPageQuery): Promise<Page<PaymentView>> {
    return this.queries.listPayments(orderNo, query);
  }

  @Get(':orderNo/refunds')
  @AllowRole('VIEWER')
  @ApiOperation({ summary: "List an order's refunds, newest first" })
  @ApiPage(AdminRefundView)
  @ProblemResponses('VALIDATION_FAILED', 'UNAUTHENTICATED', 'FORBIDDEN', 'ORDER_NOT_FOUND')
  refunds(@Param('orderNo') orderNo: string, @Query() query: CountedPageQuery): Promise<Page<AdminRefundView>> {
    return this.queries.listRefunds(orderNo, query);
  }

  @Post(':orderNo/close')
  @AllowRole('OPERATOR')
  @HttpCode(200)
  @ApiOperation({
    summary: 'Close an unpaid order',
    description:
      'Works as when the buyer cancels it: the payment is closed at WeChat, then the order is closed and its stock is ' +
      'released. Safe to repeat.',
  })
  @ApiOkResponse({ type: AdminOrderView })
  @ProblemResponses('UNAUTHENTICATED', 'FORBIDDEN', 'ORDER_NOT_FOUND', 'ORDER_NOT_CANCELLABLE', 'WECHAT_UNAVAILABLE')
  close(@CurrentActor() actor: Actor, @Param('orderNo') orderNo: string): Promise<AdminOrderView> {
    return this.orders.closeOrder(actor, orderNo);
  }

  @Post(':orderNo/query')
  @AllowRole('OPERATOR')
  @HttpCode(200)
  @ApiOperation({
    summary: 'Query WeChat now and apply the result',
    description:
      'Queries the newest 20 payment attempts of the order, also of a paid or closed one. An order without a payment ' +
      'attempt is returned without a query.',
  })
  @ApiOkResponse({ type: AdminOrderView })
  @ProblemResponses('UNAUTHENTICATED', 'FORBIDDEN', 'ORDER_NOT_FOUND', 'WECHAT_UNAVAILABLE')
  query(@Param('orderNo') orderNo: string): Promise<AdminOrderView> {
    return this.orders.syncWithWechat(orderNo);
  }
}
