import { ApiProperty } from '@nestjs/swagger';
import { AVAILABILITIES, BillDelivery, DAMAGES } from '../../bills/bill-delivery.js';
import { BillMaker } from '../../bills/bill-maker.js';
import type { Plain } from '../api-helpers.js';

class DeliveryView {
  @ApiProperty({ enum: AVAILABILITIES }) availability!: string;
  @ApiProperty({ enum: DAMAGES }) damage!: string;
}

/** The bills of one Beijing day. */
export class BillsView {
  @ApiProperty({ example: '2026-11-29' }) date!: string;
  @ApiProperty({ description: 'From this virtual time on they can be downloaded' }) readyAt!: Date;
  @ApiProperty({ type: Date, nullable: true, description: 'null: not yet, or there is nothing on them' })
  madeAt!: Date | null;
  @ApiProperty({ type: DeliveryView }) trade!: DeliveryView;
  @ApiProperty({ type: DeliveryView }) fund!: DeliveryView;
  @ApiProperty({ type: String, nullable: true, description: 'The trade bill (ALL)' }) tradeText!: string | null;
  @ApiProperty({ type: String, nullable: true, description: 'The fund-flow bill' }) fundText!: string | null;
  @ApiProperty({ type: Number, nullable: true, description: 'Balance before the first entry of the day' })
  openingFen!: number | null;
  @ApiProperty({ type: Number, nullable: true, description: 'Balance after the last one' })
  closingFen!: number | null;
}

export function billsView(day: string, maker: BillMaker, delivery: BillDelivery) {
  const made = maker.find(day);
  return {
    date: day,
    readyAt: maker.readyAt(day),
    madeAt: made?.madeAt ?? null,
    trade: delivery.settingsOf(day, 'TRADE'),
    fund: delivery.settingsOf(day, 'FUND'),
    tradeText: made?.trade.get('ALL') ?? null,
    fundText: made?.fund ?? null,
    openingFen: made?.openingFen ?? null,
    closingFen: made?.closingFen ?? null,
  } satisfies Plain<BillsView>;
}
