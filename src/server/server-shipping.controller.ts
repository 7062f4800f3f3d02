import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Actor } from '../audit/audit-log.js';
import { ApiPage } from '../common/page.dto.js';
import type { Page } from '../common/paging.js';
import { ProblemResponses } from '../common/problem.dto.js';
import { ShipmentView, shipmentView } from '../shipping/shipment.view.js';
import { ShipBody } from '../shipping/shipping.dto.js';
import { ShipmentListQuery, Shipments } from '../shipping/shipments.js';
import { ShippingService } from '../shipping/shipping.service.js';
import { AllowScope, CurrentKeyActor } from './server.guard.js';

@ApiTags('server: shipping')
@Controller('server/api/orders/:orderNo/shipments')
export class ServerShippingController {
  constructor(
    private readonly shipping: ShippingService,
    private readonly shipments: Shipments,
  ) {}

  @Get()
  @AllowScope('orders:read', 'orders:ship')
  @ApiOperation({ summary: 'The parcels of an order, and whether WeChat knows of each' })
  @ApiPage(ShipmentView)
  @ProblemResponses('VALIDATION_FAILED', 'UNAUTHENTICATED', 'FORBIDDEN', 'ORDER_NOT_FOUND')
  list(@Param('orderNo') orderNo: string, @Query() query: ShipmentListQuery): Promise<Page<ShipmentView>> {
    return this.shipments.list(orderNo, query, shipmentView);
  }

  @Post()
  @AllowScope('orders:ship')
  @ApiOperation({
    summary: 'A parcel has left',
    description:
      'WeChat is told at the next tick. Needs no `Idempotency-Key`: carrier and number are what makes a parcel, so the ' +
      'very same call again is the same parcel, and with `isLast` says that no more follow after all.',
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
