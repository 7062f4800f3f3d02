import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { eventText } from './order-event.view.js';
import {
  EVENT_DATA_FIELDS,
  EVENT_RESULTS,
  failureDataOf,
  eventDataToJson,
  type OrderEventType,
} from '../../payment/event-log/order-event-types.js';
import type { OrderEvent } from '../../payment/event-log/order-event.entity.js';
import { readOrderEvent } from '../../payment/event-log/read-order-event.js';

const row = (type: OrderEventType, result: string, rest: Partial<OrderEvent> = {}): OrderEvent => ({
  id: 1,
  at: new Date(0),
  orderNo: null,
  outTradeNo: null,
  detail: null,
  data: null,
  raw: null,
  type,
  result,
  ...rest,
});

describe('event data', () => {
  it('event data: is stored as JSON that can be parsed again, for texts of any content and length', () => {
    const texts = fc.string({ unit: 'binary', maxLength: 2000 });
    fc.assert(
      fc.property(fc.dictionary(fc.constantFrom(...EVENT_DATA_FIELDS.REFUND_QUERY), texts), (data) => {
        const json = eventDataToJson(data) ?? '{}';
        expect(Buffer.byteLength(json)).toBeLessThan(65_535);
        for (const [name, text] of Object.entries(JSON.parse(json) as Record<string, string>)) {
          expect(text.isWellFormed()).toBe(true);
          if (data[name]?.isWellFormed() && text.length < 500) expect(text).toBe(data[name]);
        }
      }),
    );
  });

  it('event data: truncates long texts but never the JSON', () => {
    const long = '\u0000'.repeat(5000);
    const everything = Object.fromEntries(
      Object.values(EVENT_DATA_FIELDS).flatMap((names) => names.map((name) => [name, long])),
    );
    const json = eventDataToJson(everything) ?? '';
    expect(Buffer.byteLength(json)).toBeLessThan(65_535);
    expect(Object.keys(JSON.parse(json) as object)).toHaveLength(Object.keys(everything).length);
  });

  it('event data: stores no null, missing or empty data', () => {
    expect(eventDataToJson({ refundNo: 'R1', reason: '', cause: null, actor: undefined })).toBe('{"refundNo":"R1"}');
    expect(eventDataToJson({ reason: null })).toBeNull();
  });

  it('event data: stores a failed call as a failure kind and an error code', () => {
    const failure = { kind: 'CONNECTION_BROKEN', code: 'UND_ERR_SOCKET' } as const;
    expect(failureDataOf({ kind: 'unknown', reason: 'refund: broken (UND_ERR_SOCKET)', raw: null, failure })).toEqual({
      failure: 'CONNECTION_BROKEN',
      errorCode: 'UND_ERR_SOCKET',
      errorMessage: undefined,
    });
    expect(failureDataOf({ kind: 'unknown', reason: 'anything', raw: null })).toMatchObject({
      failure: 'UNUSABLE_ANSWER',
    });
  });

  it('event text: exists in English for every result of every event type', () => {
    for (const [type, results] of Object.entries(EVENT_RESULTS)) {
      for (const result of results) {
        const text = eventText(row(type as OrderEventType, result));
        expect([type, result, text]).toEqual([type, result, expect.stringMatching(/^[A-Z][^_]{10,}$/)]);
        expect(text).not.toContain(result === 'REFUSED' ? 'REFUSED' : `: ${result}`);
      }
    }
  });

  it('event text: shows the data in brackets after the headline, in a fixed order', () => {
    const data = eventDataToJson({ actor: 'lin', rejectReason: 'too late', amountFen: 1250, refundNo: 'R1' });
    expect(eventText(row('REFUND_DECISION', 'REJECTED', { data }))).toBe(
      'Refund rejected (refund R1, 1250 fen, by lin, reject reason: too late)',
    );
  });
});

describe('events written before data was stored', () => {
  it.each<[OrderEventType, string, string, object]>([
    ['NOTICE', 'AMOUNT_MISMATCH', '1 fen, transaction 4200', { amountFen: 1, transactionId: '4200' }],
    ['NOTICE', 'FAILED', 'TRADE_STATE 1', { errorCode: 'TRADE_STATE 1' }],
    ['PREPAY', 'REFUSED', 'PARAM_ERROR 参数错误', { errorCode: 'PARAM_ERROR', errorMessage: '参数错误' }],
    ['CLOSE', 'CLOSED_LOCALLY', 'ABSENT', { cause: 'NOT_FOUND' }],
    [
      ...(['QUERY', 'UNKNOWN', 'orderquery: unreachable (ECONNREFUSED)'] as const),
      { failure: 'UNREACHABLE', errorCode: 'ECONNREFUSED' },
    ],
    [
      'REFUND_REQUEST',
      'REQUESTED',
      'R1: 500 fen, 杯子, 碎了',
      { refundNo: 'R1', amountFen: 500, reason: '杯子, 碎了' },
    ],
    [
      ...(['REFUND_REQUEST', 'AUTOMATIC', 'R1: 500 fen, paid after the close'] as const),
      { refundNo: 'R1', amountFen: 500, cause: 'PAID_AFTER_CLOSE' },
    ],
    [
      'REFUND_REQUEST',
      'MERCHANT_PLATFORM',
      'R1: 500 fen, made in the merchant platform',
      { refundNo: 'R1', amountFen: 500 },
    ],
    ['REFUND_DECISION', 'CREATED', 'R1: 500 fen, by admin', { refundNo: 'R1', amountFen: 500, actor: 'admin' }],
    [
      ...(['REFUND_DECISION', 'REJECTED', 'R1: 500 fen, by admin, shipped, sorry'] as const),
      { refundNo: 'R1', amountFen: 500, actor: 'admin', rejectReason: 'shipped, sorry' },
    ],
    ['REFUND_CALL', 'ACCEPTED', 'R1', { refundNo: 'R1' }],
    [
      ...(['REFUND_CALL', 'UNKNOWN', 'R1: refund: broken (UND_ERR_SOCKET)'] as const),
      { refundNo: 'R1', failure: 'CONNECTION_BROKEN', errorCode: 'UND_ERR_SOCKET' },
    ],
    [
      ...(['REFUND_CALL', 'REFUSED', 'R1: NOTENOUGH 余额不足'] as const),
      { refundNo: 'R1', errorCode: 'NOTENOUGH', errorMessage: '余额不足' },
    ],
    ['REFUND_QUERY', 'APPLIED', 'R1: SUCCEEDED, 500 fen', { refundNo: 'R1', state: 'SUCCEEDED', amountFen: 500 }],
    [
      ...(['SHIPMENT', 'SHIPPED', 'parcel 1, the last: EXPRESS YTO 8888'] as const),
      { shipmentNo: 1, isLast: true, kind: 'EXPRESS', carrier: 'YTO', trackingNo: '8888' },
    ],
    ['SHIPPING_CALL', 'ACCEPTED', 'parcel 2', { shipmentNo: 2 }],
  ])('event data: %s %s: parses the data from the text "%s"', (type, result, detail, data) => {
    expect(readOrderEvent(row(type, result, { detail }))).toEqual({ result, data, detail: null });
  });

  it("event data: reads WeChat's error code as the result of a shipping call as REFUSED with that code", () => {
    expect(readOrderEvent(row('SHIPPING_CALL', '40097', { detail: 'parcel 1' }))).toEqual({
      result: 'REFUSED',
      data: { errorCode: '40097', shipmentNo: 1 },
      detail: null,
    });
    expect(readOrderEvent(row('SHIPPING_QUERY', '-1')).result).toBe('UNKNOWN');
  });

  it('event text: shows a text of an unknown form unchanged', () => {
    const event = row('REFUND_CALL', 'UNKNOWN', { detail: 'R1: refund: the response is wrongly signed' });
    expect(readOrderEvent(event)).toEqual({ result: 'UNKNOWN', data: {}, detail: event.detail });
    expect(eventText(event)).toContain('the response is wrongly signed');
  });

  it('event text: shows the headline when the stored data is not valid JSON', () => {
    expect(eventText(row('PREPAY', 'ACCEPTED', { data: '{"errorCode"' }))).toBe('Payment created at WeChat');
  });
});
