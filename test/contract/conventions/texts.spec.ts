import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { RefundJson } from '../../support/clients/test-buyer.js';
import type { HttpResponse } from '../../../tools/client/http.js';
import { RefundFixture } from '../../support/fixtures/refund-fixture.js';
import { expectProblem } from '../support/expect-problem.js';

type Body = Record<string, unknown>;

/** A call that stores a text, and the path of the text in its body and in its response. */
interface TextField {
  what: string;
  field: string;
  isMultiline: boolean;
  send: (text: string) => Promise<HttpResponse<Body>>;
}

const HARMFUL = ['a\u0000b', '\u001b[31mred', 'a\u007f', '\u202egnp.exe', 'a\u2066b', 'a\u2028\u0007b', '\ud800'];

describe('texts in a body', () => {
  let fixture: RefundFixture;

  beforeAll(async () => {
    fixture = await RefundFixture.open();
    await fixture.shop.rawUpdate(`UPDATE products SET stock = 1000 WHERE product_id = '${fixture.tea}'`);
  });
  afterAll(() => fixture.shop.close());

  const staff = (path: string, body: Body): Promise<HttpResponse<Body>> => fixture.boss.call('POST', path, body);
  /** Uses a new order, because the number of refund requests of an order is limited. */
  const refund = async (): Promise<RefundJson> =>
    fixture.alice.requestRefund(await fixture.createPaidOrder(), { amountFen: 1 });
  const fields: TextField[] = [
    {
      what: 'product',
      field: 'name',
      isMultiline: false,
      send: (name) => staff('products', { name, priceFen: 1, stock: 0 }),
    },
    {
      what: 'product',
      field: 'description',
      isMultiline: true,
      send: (description) => staff('products', { name: 'Tea', priceFen: 1, stock: 0, description }),
    },
    {
      what: 'coupon',
      field: 'name',
      isMultiline: false,
      send: (name) => staff('coupons', { name, discountFen: 1, expiresAt: '2030-01-01' }),
    },
    {
      what: 'API key',
      field: 'name',
      isMultiline: false,
      send: (name) => staff('api-keys', { name, scopes: ['orders:read'] }),
    },
    {
      what: 'order',
      field: 'remark',
      isMultiline: true,
      send: (remark) =>
        fixture.alice.call('POST', 'orders', { items: [{ productId: fixture.tea, quantity: 1 }], remark }),
    },
    {
      what: 'refund of a buyer',
      field: 'reason',
      isMultiline: true,
      send: async (reason) => {
        const { orderNo } = await fixture.createPaidOrder();
        return fixture.alice.call('POST', `orders/${orderNo}/refunds`, { amountFen: 1, reason });
      },
    },
    {
      what: 'refund of the shop',
      field: 'reason',
      isMultiline: true,
      send: async (reason) =>
        staff(`orders/${(await fixture.createPaidOrder()).orderNo}/refunds`, { amountFen: 1, reason }),
    },
    {
      what: 'rejection',
      field: 'reason',
      isMultiline: true,
      send: async (reason) => {
        const reply = await staff(`refunds/${(await refund()).refundNo}/reject`, { reason });
        return {
          ...reply,
          body: { ...reply.body, ...(reply.status === 200 && { reason: reply.body['rejectReason'] }) },
        };
      },
    },
  ];

  it.each(fields)(
    'text: $field of a $what is stored without leading and trailing white space',
    async ({ field, send }) => {
      const { status, body } = await send('  龙井 tea \u3000');
      expect([status < 300, body[field]]).toEqual([true, '龙井 tea']);
    },
  );

  it.each(fields)('text: $field of a $what rejects control and direction characters', async ({ field, send }) => {
    for (const text of HARMFUL) {
      const { errors } = expectProblem(await send(text), 400, 'VALIDATION_FAILED');
      expect(errors?.map((error) => error.field)).toEqual([field]);
    }
  });

  it.each(fields)('text: $field of a $what accepts line breaks only in multi-line fields', async (each) => {
    const { status, body } = await each.send('first\r\nsecond');
    if (each.isMultiline) expect([status < 300, body[each.field]]).toEqual([true, 'first\nsecond']);
    else expect(status).toBe(400);
  });

  it.each(HARMFUL)('text: an image URL with such a character is rejected: %j', async (text) => {
    const address = `https://pictures.example/${text}.png`;
    const product = { name: 'Tea', priceFen: 1, stock: 0, imageUrl: address };
    expectProblem(await staff('products', product), 400, 'VALIDATION_FAILED');
    const wanted = { amountFen: 1, reason: 'why', evidence: [address] };
    const { orderNo } = await fixture.createPaidOrder();
    expectProblem(await fixture.alice.call('POST', `orders/${orderNo}/refunds`, wanted), 400, 'VALIDATION_FAILED');
  });
});
