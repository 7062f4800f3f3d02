import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import type { Actor } from '../../audit/audit-log.js';
import { RoutesFor } from '../../common/http/route-audience.js';
import { DomainError } from '../../common/problem/domain-error.js';
import { ApiPage } from '../../common/paging/page.dto.js';
import type { Page } from '../../common/paging/paging.js';
import { ProblemResponses } from '../../common/problem/problem.dto.js';
import { CARRIERS, CarrierView } from '../../shipping/shipment/carriers.js';
import { ShipmentView, shipmentView } from '../../shipping/shipment/shipment.view.js';
import { type ShipmentKey, ShipmentCorrectionService } from '../../shipping/shipment/shipment-correction.service.js';
import { CorrectShipmentBody, ShipBody } from '../../shipping/shipping.dto.js';
import { ShipmentListQuery, Shipments } from '../../shipping/shipment/shipments.js';
import { ShippingService } from '../../shipping/shipping.service.js';
import { AllowRole, CurrentActor } from '../accounts/staff.guard.js';

@ApiTags('admin: shipping')
@ApiBearerAuth('admin')
@Controller('admin/api')
@RoutesFor('STAFF')
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
  @ApiOperation({ summary: 'List the shipments of an order, oldest first' })
  @ApiPage(ShipmentView)
  @ProblemResponses('VALIDATION_FAILED', 'UNAUTHENTICATED', 'FORBIDDEN', 'ORDER_NOT_FOUND')
  list(@Param('orderNo') orderNo: string, @Query() query: ShipmentListQuery): Promise<Page<ShipmentView>> {
    return this.shipments.list(orderNo, query, shipmentView);
  }

  @Post('orders/:orderNo/shipments')
  @AllowRole('OPERATOR')
  @ApiOperation({
    summary: 'Record a shipment',
    description:
      'Uploaded to WeChat at the next job run. Safe to repeat: the same carrier and tracking number are the same shipment. ' +
      'Repeat it with `isLast` to state that no further shipments follow.',
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
    summary: 'Correct a shipment after all shipments were uploaded to WeChat',
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
    @Body() body: CorrectShipmentBody,
    @CurrentActor() actor: Actor,
  ): Promise<ShipmentView> {
    return shipmentView(await this.corrections.reship(actor, shipmentKeyOf(orderNo, shipmentNo), body));
  }

  @Post('orders/:orderNo/shipments/:shipmentNo/retry')
  @AllowRole('OPERATOR')
  @HttpCode(200)
  @ApiParam({ name: 'shipmentNo', type: Number })
  @ApiOperation({
    summary: 'Retry the upload of a shipment that needs attention or was not uploaded, with corrections if needed',
    description: 'Omitted fields keep their values. An empty object retries the upload without changes.',
  })
  @ApiOkResponse({ type: ShipmentView })
  @ProblemResponses('VALIDATION_FAILED', 'UNAUTHENTICATED', 'FORBIDDEN', 'SHIPMENT_NOT_FOUND', 'SHIPMENT_NOT_RETRYABLE')
  async retry(
    @Param('orderNo') orderNo: string,
    @Param('shipmentNo') shipmentNo: string,
    @Body() body: CorrectShipmentBody,
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
