import { ApiProperty } from '@nestjs/swagger';
import { ApiTime } from '../../common/time/api-time.js';
import { ErrorText, findErrorText } from '../../common/error-text.js';
import {
  type EventData,
  EVENT_DATA_FIELDS,
  type EventDataField,
  type EventDataTypes,
  type EventResult,
  type OrderEventType,
} from '../../payment/event-log/order-event-types.js';
import type { OrderEvent } from '../../payment/event-log/order-event.entity.js';
import { readOrderEvent } from '../../payment/event-log/read-order-event.js';
import { PLATFORM_ERROR_TEXTS } from '../../wechat/mini-program/api/platform-error-texts.js';
import {
  EVENT_CAUSE_TEXTS,
  EVENT_DATA_TEXTS,
  EVENT_FAILURES,
  EVENT_HEADLINES,
  EVENT_STATES,
  type EventText,
} from '../../payment/event-log/event-texts.js';

/** One entry of an order's timeline. */
export class EventView {
  @ApiTime()
  at!: Date;

  @ApiProperty({ example: 'NOTICE' })
  type!: string;

  @ApiProperty({ example: 'Payment notice rejected: the amount does not match (1 fen, WeChat transaction ID 4200…)' })
  text!: string;

  @ApiProperty({
    type: 'object',
    additionalProperties: true,
    description:
      '`result`, `outTradeNo` and the data of the event, such as `refundNo`, `amountFen` or `errorCode`. `detail` is null, ' +
      'or an English text for events written before data was stored.',
    example: { result: 'AMOUNT_MISMATCH', outTradeNo: '20261130…-1', detail: null, amountFen: 1 },
  })
  data!: { result: string; outTradeNo: string | null; detail: string | null } & EventData;

  @ApiProperty({
    type: ErrorText,
    nullable: true,
    description: 'What `data.errorCode` means; null without one, and for an unknown code.',
  })
  errorText!: ErrorText | null;
}

/** Explains an error code of a payment or its refunds; null without a text for it. */
export type ExplainPaymentError = (outTradeNo: string | null, code: string) => ErrorText | null;

export function eventView(event: OrderEvent, explain: ExplainPaymentError): EventView {
  const { at, type, outTradeNo } = event;
  const { result, data, detail } = readOrderEvent(event);
  const { errorCode: code = '' } = data;
  const errorText = type.startsWith('SHIPPING_')
    ? findErrorText(PLATFORM_ERROR_TEXTS, code)
    : explain(outTradeNo, code);
  return { at, type, text: eventText(event), data: { ...data, result, outTradeNo, detail }, errorText };
}

/** Does not compile if a result, a state, a cause, a failure or a field has no text. */
const HEADLINES: { readonly [T in OrderEventType]: Readonly<Record<EventResult<T>, EventText>> } = EVENT_HEADLINES;
const VALUES: { readonly [N in 'state' | 'cause' | 'failure']: Readonly<Record<EventDataTypes[N], EventText>> } = {
  state: EVENT_STATES,
  cause: EVENT_CAUSE_TEXTS,
  failure: EVENT_FAILURES,
};
const DATA_TEXTS: Readonly<Record<EventDataField, EventText>> = EVENT_DATA_TEXTS;

/** The English text of one timeline entry: a headline with the data in brackets. Amounts in fen. */
export function eventText(event: OrderEvent): string {
  const { result, data, detail } = readOrderEvent(event);
  const parts = [...EVENT_DATA_FIELDS[event.type].map((name) => dataText(name, data)), detail].filter(Boolean);
  return `${headlineOf(event.type, result)}${parts.length === 0 ? '' : ` (${parts.join(', ')})`}`;
}

/** A row from an older version may have a result that is no longer written. */
function headlineOf(type: OrderEvent['type'], result: string): string {
  return lookUp(HEADLINES[type], result) ?? `${type}: ${result}`;
}

function dataText(name: EventDataField, data: EventData): string | undefined {
  const value = data[name];
  if (value === undefined || value === '' || value === false) return undefined;
  return DATA_TEXTS[name][0].replace('{}', () => valueText(name, value));
}

function valueText(name: EventDataField, value: string | number | true): string {
  if (name === 'amountFen') return `${String(value)} fen`;
  const texts: Readonly<Record<string, EventText>> = Object.hasOwn(VALUES, name)
    ? VALUES[name as keyof typeof VALUES]
    : {};
  return lookUp(texts, String(value)) ?? String(value);
}

/** The English text of a name. Names of rows may be those of inherited properties. */
function lookUp(texts: Readonly<Record<string, EventText>>, name: string): string | undefined {
  return Object.hasOwn(texts, name) ? texts[name]?.[0] : undefined;
}
