import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Actor } from '../audit/audit-log.js';
import { ApiPage } from '../common/paging/page.dto.js';
import type { Page } from '../common/paging/paging.js';
import { RoutesFor } from '../common/http/route-audience.js';
import { ProblemResponses } from '../common/problem/problem.dto.js';
import { ShipmentView, shipmentView } from '../shipping/shipment/shipment.view.js';
import { ShipBody } from '../shipping/shipping.dto.js';
import { ShipmentListQuery, Shipments } from '../shipping/shipment/shipments.js';
import { ShippingService } from '../shipping/shipping.service.js';
import { AllowScope, CurrentKeyActor } from './server.guard.js';

@ApiTags('server: shipping')
@Controller('server/api/orders/:orderNo/shipments')
@RoutesFor('API_KEYS')
export class ServerShippingController {
  constructor(
    private readonly shipping: ShippingService,
    private readonly shipments: Shipments,
  ) {}

  @Get()
  @AllowScope('orders:read', 'orders:ship')
  @ApiOperation({ summary: 'List the shipments of an order with their upload state at WeChat' })
  @ApiPage(ShipmentView)
  @ProblemResponses('VALIDATION_FAILED', 'UNAUTHENTICATED', 'FORBIDDEN', 'ORDER_NOT_FOUND')
  list(@Param('orderNo') orderNo: string, @Query() query: ShipmentListQuery): Promise<Page<ShipmentView>> {
    return this.shipments.list(orderNo, query, shipmentView);
  }

  @Post()
  @AllowScope('orders:ship')
  @ApiOperation({
    summary: 'Record a shipment',
    description:
      'Uploaded to WeChat at the next job run. Safe to repeat without an `Idempotency-Key`: the same carrier and tracking ' +
      'number are the same shipment. Repeat it with `isLast` to state that no further shipments follow.',
  })
  @ApiCreatedResponse({ type: ShipmentView })
  @ProblemResponses(
    ...(['VALIDATION_FAILED', 'UNAUTHENTICATED', 'FORBIDDEN'] as const),
    ...(['ORDER_NOT_FOUND', 'ORDER_NOT_SHIPPABLE', 'ORDER_BUSY'] as const),
  )
  async ship(
    @Param('orderNo') orderNo: string,
    @Body() body: ShipBody,
    @CurrentKeyActor() actor: Actor,
  ): Promise<ShipmentView> {
    return shipmentView((await this.shipping.ship(actor, orderNo, body)).shipment);
  }
}
