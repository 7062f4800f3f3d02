import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import type { Actor } from '../audit/audit-log.js';
import { DomainError } from '../common/domain-error.js';
import { ApiPage } from '../common/page.dto.js';
import type { Page } from '../common/paging.js';
import { ProblemResponses } from '../common/problem.dto.js';
import { CARRIERS } from '../shipping/carriers.js';
import { ShipmentView, shipmentView } from '../shipping/shipment.view.js';
import { type ShipmentKey, ShipmentCorrectionService } from '../shipping/shipment-correction.service.js';
import { CorrectParcelBody, ShipBody } from '../shipping/shipping.dto.js';
import { ShipmentListQuery, Shipments } from '../shipping/shipments.js';
import { ShippingService } from '../shipping/shipping.service.js';
import { CarrierView } from './admin-shipping.dto.js';
import { AllowRole, CurrentActor } from './admin.guard.js';

@ApiTags('admin: shipping')
@ApiBearerAuth('admin')
@Controller('admin/api')
export class AdminShippingController {
  constructor(
    private readonly shipping: ShippingService,
    private readonly shipments: Shipments,
    private readonly corrections: ShipmentCorrectionService,
  ) {}

  @Get('carriers')
  @AllowRole('VIEWER')
  @ApiOperation({ summary: 'The usual carriers by the code that WeChat has for them; any other code may be used too' })
  @ApiPage(CarrierView)
  @ProblemResponses('UNAUTHENTICATED', 'FORBIDDEN')
  carriers(): Page<CarrierView> {
    return { items: [...CARRIERS], nextCursor: null };
  }

  @Get('orders/:orderNo/shipments')
  @AllowRole('VIEWER')
  @ApiOperation({ summary: 'The parcels of an order, in the order in which they left' })
  @ApiPage(ShipmentView)
  @ProblemResponses('VALIDATION_FAILED', 'UNAUTHENTICATED', 'FORBIDDEN', 'ORDER_NOT_FOUND')
  list(@Param('orderNo') orderNo: string, @Query() query: ShipmentListQuery): Promise<Page<ShipmentView>> {
    return this.shipments.list(orderNo, query, shipmentView);
  }

  @Post('orders/:orderNo/shipments')
  @AllowRole('OPERATOR')
  @ApiOperation({
    summary: 'A parcel has left',
    description:
      'WeChat is told at the next tick. Safe to repeat: the same carrier and number again is the same parcel, and with ' +
      '`isLast` says that no more follow after all.',
  })
  @ApiCreatedResponse({ type: ShipmentView })
  @ProblemResponses(
    'VALIDATION_FAILED',
    'UNAUTHENTICATED',
    'FORBIDDEN',
    'ORDER_NOT_FOUND',
    'ORDER_NOT_SHIPPABLE',
    'ORDER_BUSY',
  )
  async ship(
    @Param('orderNo') orderNo: string,
    @Body() body: ShipBody,
    @CurrentActor() actor: Actor,
  ): Promise<ShipmentView> {
    return shipmentView((await this.shipping.ship(actor, orderNo, body)).shipment);
  }

  @Post('orders/:orderNo/shipments/:shipmentNo/reship')
  @AllowRole('OPERATOR')
  @HttpCode(200)
  @ApiParam({ name: 'shipmentNo', type: Number })
  @ApiOperation({
    summary: 'Correct a parcel after WeChat has all of them',
    description: 'WeChat allows it once for a payment. What is left out stays.',
  })
  @ApiOkResponse({ type: ShipmentView })
  @ProblemResponses(
    'VALIDATION_FAILED',
    'UNAUTHENTICATED',
    'FORBIDDEN',
    'SHIPMENT_NOT_FOUND',
    'RESHIP_TOO_EARLY',
    'RESHIP_USED',
  )
  async reship(
    @Param('orderNo') orderNo: string,
    @Param('shipmentNo') shipmentNo: string,
    @Body() body: CorrectParcelBody,
    @CurrentActor() actor: Actor,
  ): Promise<ShipmentView> {
    return shipmentView(await this.corrections.reship(actor, parcelIdOf(orderNo, shipmentNo), body));
  }

  @Post('orders/:orderNo/shipments/:shipmentNo/retry')
  @AllowRole('OPERATOR')
  @HttpCode(200)
  @ApiParam({ name: 'shipmentNo', type: Number })
  @ApiOperation({
    summary: 'Tell WeChat again of a parcel that is stuck or was kept back, corrected if that is why',
    description: 'What is left out stays. An empty object tells the same again.',
  })
  @ApiOkResponse({ type: ShipmentView })
  @ProblemResponses('VALIDATION_FAILED', 'UNAUTHENTICATED', 'FORBIDDEN', 'SHIPMENT_NOT_FOUND', 'SHIPMENT_NOT_RETRYABLE')
  async retry(
    @Param('orderNo') orderNo: string,
    @Param('shipmentNo') shipmentNo: string,
    @Body() body: CorrectParcelBody,
    @CurrentActor() actor: Actor,
  ): Promise<ShipmentView> {
    return shipmentView(await this.corrections.retry(actor, parcelIdOf(orderNo, shipmentNo), body));
  }
}

/** What is no number is nobody's shipment. */
function parcelIdOf(orderNo: string, shipmentNo: string): ShipmentKey {
  if (!/^[1-9]\d{0,3}$/.test(shipmentNo))
    throw new DomainError('SHIPMENT_NOT_FOUND', { params: { orderNo, shipmentNo } });
  return { orderNo, shipmentNo: Number(shipmentNo) };
}
