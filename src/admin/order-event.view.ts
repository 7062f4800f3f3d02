import { ApiProperty } from '@nestjs/swagger';
import type { EventFacts } from '../payment/order-event-types.js';
import type { OrderEvent } from '../payment/order-event.entity.js';
import { readOrderEvent } from '../payment/read-order-event.js';
import { eventText } from './event-text.js';

/** One entry of an order's timeline. */
export class EventView {
  @ApiProperty({ type: String, format: 'date-time' })
  at!: Date;

  @ApiProperty({ example: 'NOTICE' })
  type!: string;

  @ApiProperty({ example: 'Payment notice rejected: the amount does not match (1 fen, transaction 4200…)' })
  text!: string;

  @ApiProperty({
    type: 'object',
    additionalProperties: true,
    description:
      '`result`, `outTradeNo` and the facts of the event, such as `refundNo`, `amountFen` or `errorCode`. `detail` is null, ' +
      'or an English text for events written before facts were stored.',
    example: { result: 'AMOUNT_MISMATCH', outTradeNo: '20261130…-1', detail: null, amountFen: 1 },
  })
  data!: { result: string; outTradeNo: string | null; detail: string | null } & EventFacts;
}

export function eventView(event: OrderEvent): EventView {
  const { at, type, outTradeNo } = event;
  const { result, facts, detail } = readOrderEvent(event);
  return { at, type, text: eventText(event), data: { ...facts, result, outTradeNo, detail } };
}
