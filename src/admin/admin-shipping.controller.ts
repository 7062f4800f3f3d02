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
  @ApiOperation({ summary: "List common carriers with WeChat's codes; other codes are allowed too" })
  @ApiPage(CarrierView)
  @ProblemResponses('UNAUTHENTICATED', 'FORBIDDEN')
  carriers(): Page<CarrierView> {
    return { items: [...CARRIERS], nextCursor: null };
  }

  @Get('orders/:orderNo/shipments')
  @AllowRole('VIEWER')
  @ApiOperation({ summary: 'List the parcels of an order, in the order in which they were shipped' })
  @ApiPage(ShipmentView)
  @ProblemResponses('VALIDATION_FAILED', 'UNAUTHENTICATED', 'FORBIDDEN', 'ORDER_NOT_FOUND')
  list(@Param('orderNo') orderNo: string, @Query() query: ShipmentListQuery): Promise<Page<ShipmentView>> {
    return this.shipments.list(orderNo, query, shipmentView);
  }

  @Post('orders/:orderNo/shipments')
  @AllowRole('OPERATOR')
  @ApiOperation({
    summary: 'Record a shipped parcel',
    description:
      'Uploaded to WeChat at the next job tick. Safe to repeat: the same carrier and tracking number are the same parcel. ' +
      'Repeat it with `isLast` to state that no further parcels follow.',
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
    summary: 'Correct a parcel after all parcels were uploaded to WeChat',
    description: 'WeChat allows one correction for each payment. Omitted fields keep their values.',
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
    return shipmentView(await this.corrections.reship(actor, shipmentKeyOf(orderNo, shipmentNo), body));
  }

  @Post('orders/:orderNo/shipments/:shipmentNo/retry')
  @AllowRole('OPERATOR')
  @HttpCode(200)
  @ApiParam({ name: 'shipmentNo', type: Number })
  @ApiOperation({
    summary: 'Retry the upload of a parcel that is stuck or was not uploaded, with corrections if needed',
    description: 'Omitted fields keep their values. An empty object retries the upload without changes.',
  })
  @ApiOkResponse({ type: ShipmentView })
  @ProblemResponses('VALIDATION_FAILED', 'UNAUTHENTICATED', 'FORBIDDEN', 'SHIPMENT_NOT_FOUND', 'SHIPMENT_NOT_RETRYABLE')
  async retry(
    @Param('orderNo') orderNo: string,
    @Param('shipmentNo') shipmentNo: string,
    @Body() body: CorrectParcelBody,
    @CurrentActor() actor: Actor,
  ): Promise<ShipmentView> {
    return shipmentView(await this.corrections.retry(actor, shipmentKeyOf(orderNo, shipmentNo), body));
  }
}

/** @throws DomainError SHIPMENT_NOT_FOUND for a shipmentNo that is not a number. */
function shipmentKeyOf(orderNo: string, shipmentNo: string): ShipmentKey {
  if (!/^[1-9]\d{0,3}$/.test(shipmentNo))
    throw new DomainError('SHIPMENT_NOT_FOUND', { params: { orderNo, shipmentNo } });
  return { orderNo, shipmentNo: Number(shipmentNo) };
}
