import { readFile } from 'node:fs/promises';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { PROBLEMS } from '../../src/common/problem/problem-catalog.js';
import { eventually } from '../support/eventually.js';
import { FakePhone } from './fake-phone.js';

const LINES = [{ productId: 'TEA', quantity: 1 }];
const order = (status: string): object => ({ orderNo: 'ORDER1', status });
const problem = (code: string, status: number, retryable: boolean): { status: number; data: object } => ({
  status,
  data: { code, status, retryable, detail: code },
});

/** Accepts each new login code, and passes every other call to the given handler. */
const loggingIn =
  (phone: FakePhone, next: FakePhone['server']): FakePhone['server'] =>
  (request) => {
    if (request.url.endsWith('/api/auth/login')) return { status: 200, data: { token: `token-${phone.logins}` } };
    return next(request);
  };

let phone: FakePhone;
beforeEach(() => {
  phone = new FakePhone();
});

describe('checkout.js login', () => {
  it('logs in once for many concurrent calls without a token', async () => {
    phone.server = loggingIn(phone, () => ({ status: 200, data: { items: [] } }));
    const checkout = phone.checkout();
    await Promise.all(Array.from({ length: 5 }, () => checkout.products()));
    expect(phone.logins).toBe(1);
    expect(phone.sentTo('/api/products').map(({ header }) => header['authorization'])).toEqual(
      Array(5).fill('Bearer token-1'),
    );
  });

  it('logs in again once when the token expires during many concurrent calls', async () => {
    phone.storage.set('wx-checkout-token', 'dead');
    let slowly = true;
    phone.server = loggingIn(phone, async ({ header }) => {
      if (header['authorization'] !== 'Bearer dead') return { status: 200, data: { items: [] } };
      const isLate = slowly;
      slowly = false; // the first call is rejected after all others have got their responses
      if (isLate) await eventually(() => expect(phone.sentTo('/api/products')).toHaveLength(9));
      return problem('UNAUTHENTICATED', 401, false);
    });
    const checkout = phone.checkout();
    await Promise.all(Array.from({ length: 5 }, () => checkout.products()));
    expect(phone.logins).toBe(1);
    expect(phone.storage.get('wx-checkout-token')).toBe('token-1');
  });

  it('stops after one new login when the server accepts no token', async () => {
    phone.server = loggingIn(phone, () => problem('UNAUTHENTICATED', 401, false));
    await expect(phone.checkout().products()).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
    expect(phone.logins).toBe(2);
  });

  it('is not repeated when WeChat blocks the user', async () => {
    phone.server = () => problem('WECHAT_USER_BLOCKED', 403, false);
    await expect(phone.checkout().products()).rejects.toMatchObject({ code: 'WECHAT_USER_BLOCKED' });
    expect(phone.sent).toHaveLength(1);
  });
});

describe('checkout.js phone number', () => {
  it('is requested once, because the code of the button works once', async () => {
    phone.server = loggingIn(phone, () => problem('WECHAT_CODE_INVALID', 401, false));
    await expect(phone.checkout().givePhone('used')).rejects.toMatchObject({ code: 'WECHAT_CODE_INVALID' });
    expect(phone.sentTo('/api/auth/phone').map(({ data }) => data)).toEqual([{ code: 'used' }]);
    expect(phone.logins).toBe(1);
    expect(phone.storage.get('wx-checkout-token')).toBe('token-1');
  });

  it('is not requested again when the response is lost', async () => {
    phone.server = loggingIn(phone, () => 'no network');
    await expect(phone.checkout().givePhone('code')).rejects.toMatchObject({ code: 'NETWORK' });
    expect(phone.sentTo('/api/auth/phone')).toHaveLength(1);
  });

  it('is requested with a new token when the old one has expired', async () => {
    phone.storage.set('wx-checkout-token', 'dead');
    phone.server = loggingIn(phone, ({ header }) =>
      header['authorization'] === 'Bearer dead'
        ? problem('UNAUTHENTICATED', 401, false)
        : { status: 200, data: { phone: '138****8000' } },
    );
    expect(await phone.checkout().givePhone('code')).toEqual({ phone: '138****8000' });
  });
});

describe('checkout.js order', () => {
  it('sends the same Idempotency-Key in all repetitions', async () => {
    const answers: Awaited<ReturnType<FakePhone['server']>>[] = [
      'no network',
      problem('SERVICE_UNAVAILABLE', 503, true),
      { status: 201, data: order('PENDING') },
    ];
    phone.server = loggingIn(phone, () => answers.shift() ?? 'no network');
    const placed = await phone.checkout().placeOrder(LINES, { key: 'my-key' });
    expect(placed).toEqual(order('PENDING'));
    const keys = phone.sentTo('/api/orders').map(({ header }) => header['idempotency-key']);
    expect(keys).toEqual(['my-key', 'my-key', 'my-key']);
  });

  it('contains the chosen coupon, and no coupon field without one', async () => {
    phone.server = loggingIn(phone, ({ url }) =>
      url.includes('/api/coupons')
        ? { status: 200, data: { items: [{ id: 'C1' }] } }
        : { status: 201, data: order('PENDING') },
    );
    const checkout = phone.checkout();
    const [coupon] = await checkout.coupons();
    await checkout.placeOrder(LINES, { key: 'one', couponId: coupon?.id ?? '' });
    await checkout.placeOrder(LINES, { key: 'two', couponId: '' });
    expect(phone.sentTo('/api/coupons').map(({ url }) => new URL(url).search)).toEqual(['?status=AVAILABLE&limit=100']);
    expect(phone.sentTo('/api/orders').map(({ data }) => data)).toEqual([
      { items: LINES, couponId: 'C1' },
      { items: LINES },
    ]);
  });

  it('sends the price that the user saw, and returns the new price when it has changed', async () => {
    phone.server = loggingIn(phone, () => ({
      ...problem('PRICE_CHANGED', 409, false),
      data: { ...problem('PRICE_CHANGED', 409, false).data, totalFen: 99_900, payableFen: 99_400 },
    }));
    const shown = { expectedTotalFen: 100, expectedPayableFen: 95 };
    await expect(phone.checkout().placeOrder(LINES, { key: 'k', ...shown })).rejects.toMatchObject({
      code: 'PRICE_CHANGED',
      totalFen: 99_900,
      payableFen: 99_400,
    });
    expect(phone.sentTo('/api/orders').map(({ data }) => data)).toEqual([{ items: LINES, ...shown }]);
  });

  it('waits for the time in Retry-After', async () => {
    const answers = [
      { ...problem('TOO_MANY_REQUESTS', 429, true), header: { 'Retry-After': '7' } },
      { status: 201, data: order('PENDING') },
    ];
    phone.server = loggingIn(phone, () => answers.shift() ?? 'no network');
    await phone.checkout().placeOrder(LINES, { key: 'my-key' });
    expect(phone.pausesMs).toEqual([7000]);
  });

  it('is not repeated when the server rejects it', async () => {
    phone.server = loggingIn(phone, () => problem('OUT_OF_STOCK', 409, false));
    await expect(phone.checkout().placeOrder(LINES, { key: 'k' })).rejects.toMatchObject({ code: 'OUT_OF_STOCK' });
    expect(phone.sentTo('/api/orders')).toHaveLength(1);
  });

  it('fails with a network error when no try arrives', async () => {
    phone.server = () => 'no network';
    await expect(phone.checkout().placeOrder(LINES, { key: 'k' })).rejects.toMatchObject({ code: 'NETWORK' });
    expect(phone.sent).toHaveLength(4);
  });

  it('has another Idempotency-Key for another intent', () => {
    const checkout = phone.checkout();
    const keys = Array.from({ length: 1000 }, () => checkout.newKey());
    expect(new Set(keys).size).toBe(1000);
    for (const key of keys) expect(key).toMatch(/^[\x21-\x7e]{10,64}$/);
  });
});

describe('checkout.js payment', () => {
  /** @param synced the responses of `sync` in order; the last one is repeated. */
  const shopThat = (...synced: ReturnType<FakePhone['server']>[]): FakePhone['server'] =>
    loggingIn(phone, ({ url }) => {
      if (url.endsWith('/pay')) return { status: 200, data: { requestPayment: { package: 'prepay_id=1' } } };
      return (synced.length > 1 ? synced.shift() : synced[0]) ?? 'no network';
    });

  it('uses only the result of the server', async () => {
    phone.server = shopThat({ status: 200, data: order('PAID') });
    expect(await phone.checkout().pay('ORDER1')).toEqual({ outcome: 'paid', order: order('PAID') });
  });

  it('repeats the query while WeChat has no result yet', async () => {
    const pending = { status: 200, data: order('PENDING') };
    phone.server = shopThat(pending, pending, { status: 200, data: order('PAID') });
    expect(await phone.checkout().pay('ORDER1')).toMatchObject({ outcome: 'paid' });
    expect(phone.sentTo('/api/orders/ORDER1/sync')).toHaveLength(3);
  });

  it('returns confirming after the last query, so that the user is not asked to pay again', async () => {
    phone.server = shopThat({ status: 200, data: order('PENDING') });
    expect(await phone.checkout().pay('ORDER1')).toEqual({ outcome: 'confirming', order: order('PENDING') });
  });

  it('returns confirming when the network fails after the payment', async () => {
    phone.server = shopThat('no network');
    expect(await phone.checkout().pay('ORDER1')).toEqual({ outcome: 'confirming', order: null });
    expect(phone.sentTo('/api/orders/ORDER1/sync')).toHaveLength(6);
    expect(phone.pausesMs.reduce((sum, ms) => sum + ms, 0)).toBeLessThan(15_000);
  });

  it('leaves an order unchanged when the payer cancelled', async () => {
    phone.cashier = 'requestPayment:fail cancel';
    phone.server = shopThat({ status: 200, data: order('PENDING') });
    expect(await phone.checkout().pay('ORDER1')).toEqual({ outcome: 'cancelled', order: order('PENDING') });
    expect(phone.sentTo('/api/orders/ORDER1/sync')).toHaveLength(1);
  });

  it('returns paid when the server says so, although the phone reports cancelled', async () => {
    phone.cashier = 'requestPayment:fail cancel';
    phone.server = shopThat({ status: 200, data: order('PAID') });
    expect(await phone.checkout().pay('ORDER1')).toMatchObject({ outcome: 'paid' });
  });

  it.each(['PAID', 'CLOSED'])('does not open the payment page for an order that is already %s', async (status) => {
    phone.cashier = 'requestPayment:fail no permission';
    phone.server = loggingIn(phone, ({ url }) =>
      url.endsWith('/pay') ? problem('ORDER_NOT_PAYABLE', 409, false) : { status: 200, data: order(status) },
    );
    const { outcome } = await phone.checkout().pay('ORDER1');
    expect(outcome).toBe(status === 'PAID' ? 'paid' : 'closed');
    expect(phone.sentTo('/api/orders/ORDER1/sync')).toHaveLength(0);
  });
});

describe('checkout.js error texts', () => {
  it('are Chinese and never only the error code', () => {
    const { textOf } = phone.load();
    for (const code of [...Object.keys(PROBLEMS), 'NETWORK', 'UNREADABLE', 'NEVER_HEARD_OF']) {
      expect([code, textOf({ code })]).toEqual([code, expect.stringMatching(/\p{Script=Han}/u)]);
    }
    expect(textOf({ code: 'NEVER_HEARD_OF', detail: '服务端的话' })).toBe('服务端的话');
  });
});

describe('checkout.js message consent', () => {
  const templates = (...items: [string, string][]): FakePhone['server'] =>
    loggingIn(phone, () => ({
      status: 200,
      data: { items: items.map(([event, templateId]) => ({ event, templateId })) },
    }));
  const FIVE: [string, string][] = [
    ['orderPaid', 'A'],
    ['refundApproved', 'B'],
    ['refundRejected', 'B'],
    ['refundSucceeded', 'C'],
    ['refundFailed', 'D'],
  ];

  it.each(['requestSubscribeMessage:ok', 'requestSubscribeMessage:fail'])(
    'continues after any response: %s',
    async (said) => {
      phone.server = templates(...FIVE);
      phone.consent = said;
      const checkout = phone.checkout();
      await checkout.loadMessages();
      await checkout.askToTell(['orderPaid']);
      await checkout.askToTell(['refundApproved', 'refundRejected', 'refundSucceeded']);
      expect(phone.askedFor).toEqual([['A'], ['B', 'C']]);
      expect(phone.logins).toBe(0); // the route is public
    },
  );

  it('asks for at most three templates at once', async () => {
    phone.server = templates(...FIVE);
    const checkout = phone.checkout();
    await checkout.loadMessages();
    await checkout.askToTell(FIVE.map(([event]) => event));
    expect(phone.askedFor).toEqual([['A', 'B', 'C']]);
  });

  it('asks nothing when no message is configured or WeChat is too old', async () => {
    phone.server = templates(['refundFailed', 'D']);
    const checkout = phone.checkout();
    await checkout.loadMessages();
    await checkout.askToTell(['orderPaid']);
    phone.consent = null;
    const old = phone.checkout();
    await old.loadMessages();
    await old.askToTell(['refundFailed']);
    expect(phone.askedFor).toEqual([]);
  });

  it.each<[string, Awaited<ReturnType<FakePhone['server']>>]>([
    ['no network', 'no network'],
    ['a server that fails', { status: 500, data: '' }],
  ])('hinders nothing with %s, and is tried again', async (_what, answer) => {
    phone.server = () => answer;
    const checkout = phone.checkout();
    await checkout.loadMessages();
    await checkout.askToTell(['orderPaid']);
    phone.server = templates(...FIVE);
    await checkout.loadMessages();
    await checkout.askToTell(['orderPaid']);
    expect(phone.askedFor).toEqual([['A']]);
  });
});

describe('uni-app client', () => {
  it('equals the native client except for the calls to the phone', async () => {
    const [native, uni] = await Promise.all(
      ['miniprogram/utils', 'uni-app'].map((folder) => readFile(`examples/${folder}/checkout.js`, 'utf8')),
    );
    const shared = (text = ''): string | undefined =>
      /\/\/ ---- From here on[^]*?(?=\n(?:module\.exports|export) )/.exec(text)?.[0];
    expect(shared(native)?.length).toBeGreaterThan(5000);
    expect(shared(uni)).toBe(shared(native));
  });
});
