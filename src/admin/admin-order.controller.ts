import { Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Actor } from '../audit/audit-log.js';
import { ApiPage } from '../common/page.dto.js';
import type { Page } from '../common/paging.js';
import { ProblemResponses } from '../common/problem.dto.js';
import { StaffRead } from '../database/staff-read.service.js';
import { OrderView } from '../order/order.view.js';
import { OrderSearchQuery } from '../refund/order-search.dto.js';
import { OrderSearchService } from '../refund/order-search.service.js';
import { AdminOrderListService, OrderSublistQuery } from './admin-order-list.service.js';
import { AdminOrderView } from './admin-order.view.js';
import { AdminOrderService } from './admin-order.service.js';
import { AdminRefundView } from './admin-refund.view.js';
import { AllowRole, CurrentActor } from './admin.guard.js';
import { EventView } from './order-event.view.js';
import { PaymentView } from './order-payment.view.js';

@ApiTags('admin: orders')
@ApiBearerAuth('admin')
@Controller('admin/api/orders')
export class AdminOrderController {
  constructor(
    private readonly search: OrderSearchService,
    private readonly orders: AdminOrderService,
    private readonly lists: AdminOrderListService,
  ) {}

  @Get()
  @StaffRead()
  @AllowRole('VIEWER')
  @ApiOperation({ summary: 'List orders, newest first' })
  @ApiPage(OrderView)
  @ProblemResponses('VALIDATION_FAILED', 'UNAUTHENTICATED', 'FORBIDDEN')
  list(@Query() query: OrderSearchQuery): Promise<Page<OrderView>> {
    return this.search.list(query);
  }

  @Get(':orderNo')
  @AllowRole('VIEWER')
  @ApiOperation({ summary: 'Get an order with its payment attempts, refunds and timeline' })
  @ApiOkResponse({ type: AdminOrderView })
  @ProblemResponses('UNAUTHENTICATED', 'FORBIDDEN', 'ORDER_NOT_FOUND')
  show(@Param('orderNo') orderNo: string): Promise<AdminOrderView> {
    return this.orders.get(orderNo);
  }

  @Get(':orderNo/events')
  @AllowRole('VIEWER')
  @ApiOperation({ summary: "List an order's timeline, newest first" })
  @ApiPage(EventView)
  @ProblemResponses('VALIDATION_FAILED', 'UNAUTHENTICATED', 'FORBIDDEN', 'ORDER_NOT_FOUND')
  events(@Param('orderNo') orderNo: string, @Query() query: OrderSublistQuery): Promise<Page<EventView>> {
    return this.lists.events(orderNo, query);
  }

  @Get(':orderNo/payments')
  @AllowRole('VIEWER')
  @ApiOperation({ summary: "List an order's payment attempts, newest first" })
  @ApiPage(PaymentView)
  @ProblemResponses('VALIDATION_FAILED', 'UNAUTHENTICATED', 'FORBIDDEN', 'ORDER_NOT_FOUND')
  payments(@Param('orderNo') orderNo: string, @Query() query: OrderSublistQuery): Promise<Page<PaymentView>> {
    return this.lists.payments(orderNo, query);
  }

  @Get(':orderNo/refunds')
  @AllowRole('VIEWER')
  @ApiOperation({ summary: "List an order's refunds, newest first" })
  @ApiPage(AdminRefundView)
  @ProblemResponses('VALIDATION_FAILED', 'UNAUTHENTICATED', 'FORBIDDEN', 'ORDER_NOT_FOUND')
  refunds(@Param('orderNo') orderNo: string, @Query() query: OrderSublistQuery): Promise<Page<AdminRefundView>> {
    return this.lists.refunds(orderNo, query);
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
    return this.orders.close(actor, orderNo);
  }

  @Post(':orderNo/query')
  @AllowRole('OPERATOR')
  @HttpCode(200)
  @ApiOperation({ summary: 'Query WeChat now and apply the result' })
  @ApiOkResponse({ type: AdminOrderView })
  @ProblemResponses('UNAUTHENTICATED', 'FORBIDDEN', 'ORDER_NOT_FOUND', 'WECHAT_UNAVAILABLE')
  query(@Param('orderNo') orderNo: string): Promise<AdminOrderView> {
    return this.orders.syncWithWechat(orderNo);
  }
}
