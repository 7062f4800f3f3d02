import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { signOf, toXml } from '../simulator/support/signing.js';
import { paidNotice } from '../support/paid-notice.js';
import { partnerNotice } from '../support/partner-notice.js';
import { refundMessage, refundNotice, reqInfoOf } from '../support/refund-notice.js';
import { holds, LIMIT_MS, RUNS } from './fuzz.js';
import { FuzzedShop } from './fuzzed-shop.js';
import { anyMessage, mutated } from './messages.js';
import { anyText } from './texts.js';

const FAIL =
  /^<xml><return_code><!\[CDATA\[FAIL\]\]><\/return_code><return_msg><!\[CDATA\[\w+\]\]><\/return_msg><\/xml>$/;
const ANSWER =
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
const CASES = Math.ceil(RUNS / 5);

/** What a rightly signed notice of 2014 may say that cannot be. */
const lies = fc.dictionary(
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

describe('notices that strangers, or a broken WeChat, may send', () => {
  let shop: FuzzedShop;
  beforeAll(async () => void (shop = await FuzzedShop.opens()));
  afterAll(() => shop.closes());

  const post = async (way: string, body: string | Buffer, type = 'text/xml'): Promise<string> => {
    const headers = type === '' ? {} : { 'content-type': type };
    const { status, text } = await shop.takes({ path: `/wechat/notify/${way}`, headers, body });
    expect(status).toBe(200);
    return text;
  };
  const way = fc.constantFrom('payment', 'refund');

  it(
    'are refused in WeChat’s words whatever their bytes and their type are',
    async () => {
      const type = fc.constantFrom(...CONTENT_TYPES.map((each) => Buffer.from(each).toString('latin1')));
      await holds(
        fc.asyncProperty(way, anyMessage(), type, async (to, body, contentType) => {
          expect(await post(to, body, contentType)).toMatch(FAIL);
        }),
        CASES,
      );
      expect(await shop.isUnharmed()).toEqual({ books: true, ready: 200, works: true });
    },
    LIMIT_MS,
  );

  it(
    'move nothing when a byte of a true one is changed on the way',
    async () => {
      const payment = paidNotice(shop.payment);
      const refund = refundNotice({ ...shop.refund, status: 'CHANGE' });
      const changed = fc.oneof(
        fc.tuple(fc.constant('payment'), mutated(payment)),
        fc.tuple(fc.constant('refund'), mutated(refund)),
      );
      await holds(
        fc.asyncProperty(changed, async ([to, body]) => {
          fc.pre(meaningOf(body) !== meaningOf(Buffer.from(to === 'payment' ? payment : refund)));
          expect(await post(to, body)).toMatch(ANSWER);
        }),
        CASES,
      );
      expect(await shop.isUnharmed()).toEqual({ books: true, ready: 200, works: true });
    },
    LIMIT_MS,
  );

  it(
    'by the protocol of 2014 are refused with one word, whatever stands behind the question mark',
    async () => {
      const take = async (method: string, query: string, body: string | Buffer): Promise<string> => {
        const { status, text } = await shop.takes({ method, path: `/wechat/notify/app-v1?${query}`, body });
        expect(status).toBe(200);
        return text;
      };
      const true_ = partnerNotice(shop.payment);
      const query = fc.oneof(
        mutated(true_).map((bytes) => bytes.toString('latin1').replaceAll(/[^!-~]/g, '%')),
        fc.webQueryParameters(),
        anyText().map((text) => `out_trade_no=${encodeURIComponent(text.toWellFormed())}&sign=${'A'.repeat(32)}`),
        fc.nat(2000).map((many) => 'a=1&'.repeat(many)),
        lies.map((changes) => partnerNotice(shop.payment, { total_fee: '1', ...changes })),
      );
      const method = fc.constantFrom('GET', 'POST');
      await holds(
        fc.asyncProperty(method, query, anyMessage(), async (way, said, body) => {
          fc.pre(said.toLowerCase() !== true_.toLowerCase());
          expect(await take(way, said, way === 'GET' ? '' : body)).toMatch(/^(success|fail)$/);
        }),
        CASES,
      );
      expect(await shop.isUnharmed()).toEqual({ books: true, ready: 200, works: true });
    },
    LIMIT_MS,
  );

  it(
    'move nothing when they are rightly signed and say what cannot be',
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
      const lies = fc.dictionary(fc.constantFrom(...names, 'err_code', 'sign_type', 'coupon_fee'), anyText(), {
        minKeys: 1,
        maxKeys: 4,
      });
      await holds(
        fc.asyncProperty(lies, async (changes) => {
          const fields = { ...fieldsOf(paidNotice(shop.payment)), total_fee: '1', ...changes };
          expect(await post('payment', toXml({ ...fields, sign: signOf(fields) }))).toMatch(ANSWER);
        }),
        CASES,
      );
      expect(await shop.isUnharmed()).toEqual({ books: true, ready: 200, works: true });
    },
    LIMIT_MS,
  );

  it(
    'move nothing when they are rightly encrypted nonsense',
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
      const lies = fc.dictionary(fc.constantFrom(...names, 'refund_status', 'refund_request_source'), anyText(), {
        maxKeys: 4,
      });
      const nonsense = fc.oneof(
        anyMessage().map((document) => refundMessage(reqInfoOf(document))),
        fc.base64String({ maxLength: 600 }).map(refundMessage),
        anyText().map(refundMessage),
        fc
          .tuple(lies, fc.constantFrom('CHANGE' as const, 'REFUNDCLOSE' as const))
          .map(([changes, status]) => refundNotice({ ...shop.refund, status }, changes)),
      );
      await holds(
        fc.asyncProperty(nonsense, async (message) => {
          expect(await post('refund', message)).toMatch(FAIL);
        }),
        CASES,
      );
      expect(await shop.isUnharmed()).toEqual({ books: true, ready: 200, works: true });
    },
    LIMIT_MS,
  );
});

function fieldsOf(message: string): Record<string, string> {
  const elements = message.matchAll(/<(\w+)><!\[CDATA\[(.*?)\]\]><\/\1>/g);
  const fields = Array.from(elements, ([, name = '', value = '']): [string, string] => [name, value]);
  return Object.fromEntries(fields.filter(([name]) => name !== 'sign'));
}

/** White space between elements, and small letters in the signature, change nothing that WeChat says. */
const meaningOf = (message: Buffer): string => message.toString('utf8').replaceAll(/\s/g, '').toLowerCase();
