import { ConflictException, Controller, Get, HttpCode, NotFoundException, Param, Post } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiProperty, ApiTags } from '@nestjs/swagger';
import { SimulatorClock } from '../../clock.js';
import { SettlementService } from '../../shipping/settlement.service.js';
import { ShippingQueryService } from '../../shipping/shipping-query.service.js';
import { PaidOrder, ShippingRecordStore } from '../../shipping/shipping-record-store.js';
import type { Plain } from '../api-helpers.js';

class ShippingView {
  @ApiProperty({ type: 'object', additionalProperties: true, description: 'As in the response of get_order' })
  order!: object;
  @ApiProperty({ type: Date, nullable: true }) shippedAt!: Date | null;
  @ApiProperty({ type: Date, nullable: true }) confirmedAt!: Date | null;
  @ApiProperty({ type: Date, nullable: true }) settledAt!: Date | null;
  @ApiProperty({ description: 'The only re-ship was used' }) isReshipUsed!: boolean;
}

/** The shipping information of a payment, and the buyer's confirmation of receipt. */
@ApiTags('shipping')
@Controller('_control/orders/:out_trade_no')
export class ControlShippingController {
  constructor(
    private readonly records: ShippingRecordStore,
    private readonly queries: ShippingQueryService,
    private readonly settlement: SettlementService,
    private readonly clock: SimulatorClock,
  ) {}

  @ApiOperation({ summary: 'The shipping information of a payment as WeChat stores it' })
  @ApiOkResponse({ type: ShippingView })
  @Get('shipping')
  read(@Param('out_trade_no') outTradeNo: string) {
    const order = this.find(outTradeNo);
    const record = this.records.get(order);
    return {
      order: this.queries.toOrderInfo(order),
      shippedAt: record?.shippedAt ?? null,
      confirmedAt: record?.confirmedAt ?? null,
      settledAt: record?.settledAt ?? null,
      isReshipUsed: record?.isReshipUsed ?? false,
    } satisfies Plain<ShippingView>;
  }

  @ApiOperation({ summary: 'The buyer confirms the receipt; the settlement follows' })
  @ApiOkResponse({ type: ShippingView })
  @Post('confirm-receipt')
  @HttpCode(200)
  confirm(@Param('out_trade_no') outTradeNo: string) {
    if (!this.settlement.confirmReceipt(this.find(outTradeNo), { isByHand: true, at: this.clock.now() })) {
      throw new ConflictException(
        'The receipt cannot be confirmed: the order is not shipped, or it is already confirmed',
      );
    }
    return this.read(outTradeNo);
  }

  private find(outTradeNo: string): PaidOrder {
    const order = this.records.findByOutTradeNo(outTradeNo);
    if (order === undefined)
      throw new NotFoundException(`Paid order ${outTradeNo} is not in the order list of the shipping management`);
    return order;
  }
}
