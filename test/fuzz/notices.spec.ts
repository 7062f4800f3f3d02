import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { signOf, toXml } from '../simulator/support/signing.js';
import { buildPaidNotice } from '../support/wechat/paid-notice.js';
import { buildAppV1Notice } from '../support/wechat/app-v1-notice.js';
import { buildRefundMessage, buildRefundNotice, buildReqInfo } from '../support/wechat/refund-notice.js';
import { assertProperty, PROPERTY_TIMEOUT_MS, RUN_COUNT } from './assert-property.js';
import { FuzzTarget } from './fuzz-target.js';
import { anyMessage, mutatedMessage } from './message-arbitraries.js';
import { anyText } from './text-arbitraries.js';

const FAIL_REPLY =
  /^<xml><return_code><!\[CDATA\[FAIL\]\]><\/return_code><return_msg><!\[CDATA\[\w+\]\]><\/return_msg><\/xml>$/;
const ANY_REPLY =
  /^<xml><return_code><!\[CDATA\[(SUCCESS|FAIL)\]\]><\/return_code><return_msg><!\[CDATA\[\w+\]\]><\/return_msg><\/xml>$/;
const CONTENT_TYPES = [
  'text/xml; charset=gbk',
  'application/json',
  'multipart/form-data',
  '',
  'a/b/c',
  'text/xml; charset=\u00ff',
];

/** Five properties share the cases. */
const RUNS_PER_PROPERTY = Math.ceil(RUN_COUNT / 5);

/** Invalid values in a notice of the 2014 protocol that is signed correctly. */
const invalidV1Fields = fc.dictionary(
  fc.constantFrom(
    'transaction_id',
    'out_trade_no',
    'time_end',
    'trade_state',
    'fee_type',
    'partner',
    'discount',
    'attach',
  ),
  anyText().map((text) => text.toWellFormed()),
  { minKeys: 1, maxKeys: 4 },
);

describe('fuzz: notices', () => {
  let shop: FuzzTarget;
  beforeAll(async () => void (shop = await FuzzTarget.open()));
  afterAll(() => shop.close());

  const post = async (route: string, body: string | Buffer, type = 'text/xml'): Promise<string> => {
    const headers = type === '' ? {} : { 'content-type': type };
    const { status, text } = await shop.send({ path: `/wechat/notify/${route}`, headers, body });
    expect(status).toBe(200);
    return text;
  };
  const route = fc.constantFrom('payment', 'refund');

  it(
    'any bytes with any content type get the response FAIL',
    async () => {
      const type = fc.constantFrom(...CONTENT_TYPES.map((each) => Buffer.from(each).toString('latin1')));
      await assertProperty(
        fc.asyncProperty(route, anyMessage(), type, async (target, body, contentType) => {
          expect(await post(target, body, contentType)).toMatch(FAIL_REPLY);
        }),
        RUNS_PER_PROPERTY,
      );
      expect(await shop.getState()).toEqual({ books: true, ready: 200, works: true });
    },
    PROPERTY_TIMEOUT_MS,
  );

  it(
    'a valid notice with changed bytes changes no table',
    async () => {
      const payment = buildPaidNotice(shop.payment);
      const refund = buildRefundNotice({ ...shop.refund, status: 'CHANGE' });
      const changed = fc.oneof(
        fc.tuple(fc.constant('payment'), mutatedMessage(payment)),
        fc.tuple(fc.constant('refund'), mutatedMessage(refund)),
      );
      await assertProperty(
        fc.asyncProperty(changed, async ([target, body]) => {
          fc.pre(normalized(body) !== normalized(Buffer.from(target === 'payment' ? payment : refund)));
          expect(await post(target, body)).toMatch(ANY_REPLY);
        }),
        RUNS_PER_PROPERTY,
      );
      expect(await shop.getState()).toEqual({ books: true, ready: 200, works: true });
    },
    PROPERTY_TIMEOUT_MS,
  );

  it(
    'any query string of the 2014 protocol gets the response success or fail, and changes no table',
    async () => {
      const take = async (method: string, query: string, body: string | Buffer): Promise<string> => {
        const { status, text } = await shop.send({ method, path: `/wechat/notify/app-v1?${query}`, body });
        expect(status).toBe(200);
        return text;
      };
      const validNotice = buildAppV1Notice(shop.payment);
      const query = fc.oneof(
        mutatedMessage(validNotice).map((bytes) => bytes.toString('latin1').replaceAll(/[^!-~]/g, '%')),
        fc.webQueryParameters(),
        anyText().map((text) => `out_trade_no=${encodeURIComponent(text.toWellFormed())}&sign=${'A'.repeat(32)}`),
        fc.nat(2000).map((many) => 'a=1&'.repeat(many)),
        invalidV1Fields.map((changes) => buildAppV1Notice(shop.payment, { total_fee: '1', ...changes })),
      );
      const method = fc.constantFrom('GET', 'POST');
      await assertProperty(
        fc.asyncProperty(method, query, anyMessage(), async (route, said, body) => {
          fc.pre(said.toLowerCase() !== validNotice.toLowerCase());
          expect(await take(route, said, route === 'GET' ? '' : body)).toMatch(/^(success|fail)$/);
        }),
        RUNS_PER_PROPERTY,
      );
      expect(await shop.getState()).toEqual({ books: true, ready: 200, works: true });
    },
    PROPERTY_TIMEOUT_MS,
  );

  it(
    'a correctly signed payment notice with invalid fields changes no table',
    async () => {
      const names = [
        'total_fee',
        'transaction_id',
        'out_trade_no',
        'time_end',
        'result_code',
        'fee_type',
        'appid',
        'mch_id',
      ];
      const invalidFields = fc.dictionary(fc.constantFrom(...names, 'err_code', 'sign_type', 'coupon_fee'), anyText(), {
        minKeys: 1,
        maxKeys: 4,
      });
      await assertProperty(
        fc.asyncProperty(invalidFields, async (changes) => {
          const fields = { ...fieldsOf(buildPaidNotice(shop.payment)), total_fee: '1', ...changes };
          expect(await post('payment', toXml({ ...fields, sign: signOf(fields) }))).toMatch(ANY_REPLY);
        }),
        RUNS_PER_PROPERTY,
      );
      expect(await shop.getState()).toEqual({ books: true, ready: 200, works: true });
    },
    PROPERTY_TIMEOUT_MS,
  );

  it(
    'a correctly encrypted refund notice with invalid content gets the response FAIL',
    async () => {
      const names = [
        'out_refund_no',
        'out_trade_no',
        'refund_id',
        'refund_fee',
        'total_fee',
        'transaction_id',
        'success_time',
      ];
      const invalidFields = fc.dictionary(
        fc.constantFrom(...names, 'refund_status', 'refund_request_source'),
        anyText(),
        {
          maxKeys: 4,
        },
      );
      const invalidContent = fc.oneof(
        anyMessage().map((document) => buildRefundMessage(buildReqInfo(document))),
        fc.base64String({ maxLength: 600 }).map(buildRefundMessage),
        anyText().map(buildRefundMessage),
        fc
          .tuple(invalidFields, fc.constantFrom('CHANGE' as const, 'REFUNDCLOSE' as const))
          .map(([changes, status]) => buildRefundNotice({ ...shop.refund, status }, changes)),
      );
      await assertProperty(
        fc.asyncProperty(invalidContent, async (message) => {
          expect(await post('refund', message)).toMatch(FAIL_REPLY);
        }),
        RUNS_PER_PROPERTY,
      );
      expect(await shop.getState()).toEqual({ books: true, ready: 200, works: true });
    },
    PROPERTY_TIMEOUT_MS,
  );
});

function fieldsOf(message: string): Record<string, string> {
  const elements = message.matchAll(/<(\w+)><!\[CDATA\[(.*?)\]\]><\/\1>/g);
  const fields = Array.from(elements, ([, name = '', value = '']): [string, string] => [name, value]);
  return Object.fromEntries(fields.filter(([name]) => name !== 'sign'));
}

/** White space between elements and the case of the signature do not change the meaning of a message. */
const normalized = (message: Buffer): string => message.toString('utf8').replaceAll(/\s/g, '').toLowerCase();
