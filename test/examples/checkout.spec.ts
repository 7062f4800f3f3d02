import { readFile } from 'node:fs/promises';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { PROBLEMS } from '../../src/common/problem-catalog.js';
import { eventually } from '../support/eventually.js';
import { FakePhone } from './fake-phone.js';

const LINES = [{ productId: 'TEA', quantity: 1 }];
const order = (status: string): object => ({ orderNo: 'ORDER1', status });
const problem = (code: string, status: number, retryable: boolean): { status: number; data: object } => ({
  status,
  data: { code, status, retryable, detail: code },
});

/** Logs everybody in whose code is new, and hands everything else on. */
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

describe('the login', () => {
  it('is one for many calls that begin without a token', async () => {
    phone.server = loggingIn(phone, () => ({ status: 200, data: { items: [] } }));
    const checkout = phone.checkout();
    await Promise.all(Array.from({ length: 5 }, () => checkout.products()));
    expect(phone.logins).toBe(1);
    expect(phone.sentTo('/api/products').map(({ header }) => header['authorization'])).toEqual(
      Array(5).fill('Bearer token-1'),
    );
  });

  it('is renewed once when the token has died under many calls, the late ones included', async () => {
    phone.storage.set('wx-checkout-token', 'dead');
    let slowly = true;
    phone.server = loggingIn(phone, async ({ header }) => {
      if (header['authorization'] !== 'Bearer dead') return { status: 200, data: { items: [] } };
      const isLate = slowly;
      slowly = false; // the first one is refused when all the others are through
      if (isLate) await eventually(() => expect(phone.sentTo('/api/products')).toHaveLength(9));
      return problem('UNAUTHENTICATED', 401, false);
    });
    const checkout = phone.checkout();
    await Promise.all(Array.from({ length: 5 }, () => checkout.products()));
    expect(phone.logins).toBe(1);
    expect(phone.storage.get('wx-checkout-token')).toBe('token-1');
  });

  it('is not tried for ever when the server takes no token at all', async () => {
    phone.server = loggingIn(phone, () => problem('UNAUTHENTICATED', 401, false));
    await expect(phone.checkout().products()).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
    expect(phone.logins).toBe(2);
  });

  it('is given up at once when WeChat blocks the user', async () => {
    phone.server = () => problem('WECHAT_USER_BLOCKED', 403, false);
    await expect(phone.checkout().products()).rejects.toMatchObject({ code: 'WECHAT_USER_BLOCKED' });
    expect(phone.sent).toHaveLength(1);
  });
});

describe('the phone number', () => {
  it('is sent for once: the code of the button works once, and no login can mend it', async () => {
    phone.server = loggingIn(phone, () => problem('WECHAT_CODE_INVALID', 401, false));
    await expect(phone.checkout().givePhone('used')).rejects.toMatchObject({ code: 'WECHAT_CODE_INVALID' });
    expect(phone.sentTo('/api/auth/phone').map(({ data }) => data)).toEqual([{ code: 'used' }]);
    expect(phone.logins).toBe(1);
    expect(phone.storage.get('wx-checkout-token')).toBe('token-1');
  });

  it('is not sent for again when the answer is lost', async () => {
    phone.server = loggingIn(phone, () => 'no network');
    await expect(phone.checkout().givePhone('code')).rejects.toMatchObject({ code: 'NETWORK' });
    expect(phone.sentTo('/api/auth/phone')).toHaveLength(1);
  });

  it('is sent for with a new token when the old one has died', async () => {
    phone.storage.set('wx-checkout-token', 'dead');
    phone.server = loggingIn(phone, ({ header }) =>
      header['authorization'] === 'Bearer dead'
        ? problem('UNAUTHENTICATED', 401, false)
        : { status: 200, data: { phone: '138****8000' } },
    );
    expect(await phone.checkout().givePhone('code')).toEqual({ phone: '138****8000' });
  });
});

describe('an order', () => {
  it('carries one key through all repetitions', async () => {
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

  it('names the coupon that was chosen, and says nothing of none', async () => {
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

  it('says what the user was shown, and hands on the new price when it has changed', async () => {
    phone.server = loggingIn(phone, () => ({
      ...problem('PRICE_CHANGED', 409, false),
      data: { ...problem('PRICE_CHANGED', 409, false).data, totalFen: 99_900, payableFen: 99_400 },
    }));
    const shown = { expectedTotalFen: 100, expectedPayableFen: 95 };
    await expect(phone.checkout().placeOrder(LINES, { key: 'k', ...shown })).rejects.toMatchObject({
      ...{ code: 'PRICE_CHANGED', totalFen: 99_900, payableFen: 99_400 },
    });
    expect(phone.sentTo('/api/orders').map(({ data }) => data)).toEqual([{ items: LINES, ...shown }]);
  });

  it('waits as long as the server asks for', async () => {
    const answers = [
      { ...problem('TOO_MANY_REQUESTS', 429, true), header: { 'Retry-After': '7' } },
      { status: 201, data: order('PENDING') },
    ];
    phone.server = loggingIn(phone, () => answers.shift() ?? 'no network');
    await phone.checkout().placeOrder(LINES, { key: 'my-key' });
    expect(phone.pausesMs).toEqual([7000]);
  });

  it('is not repeated when the server has said no', async () => {
    phone.server = loggingIn(phone, () => problem('OUT_OF_STOCK', 409, false));
    await expect(phone.checkout().placeOrder(LINES, { key: 'k' })).rejects.toMatchObject({ code: 'OUT_OF_STOCK' });
    expect(phone.sentTo('/api/orders')).toHaveLength(1);
  });

  it('is told as a network that fails when none of the tries arrives', async () => {
    phone.server = () => 'no network';
    await expect(phone.checkout().placeOrder(LINES, { key: 'k' })).rejects.toMatchObject({ code: 'NETWORK' });
    expect(phone.sent).toHaveLength(4);
  });

  it('has another key for another intent', () => {
    const checkout = phone.checkout();
    const keys = Array.from({ length: 1000 }, () => checkout.newKey());
    expect(new Set(keys).size).toBe(1000);
    for (const key of keys) expect(key).toMatch(/^[\x21-\x7e]{10,64}$/);
  });
});

describe('paying', () => {
  /** @param synced what `sync` answers, the last again and again. */
  const shopThat = (...synced: ReturnType<FakePhone['server']>[]): FakePhone['server'] =>
    loggingIn(phone, ({ url }) => {
      if (url.endsWith('/pay')) return { status: 200, data: { requestPayment: { package: 'prepay_id=1' } } };
      return (synced.length > 1 ? synced.shift() : synced[0]) ?? 'no network';
    });

  it('believes the server alone', async () => {
    phone.server = shopThat({ status: 200, data: order('PAID') });
    expect(await phone.checkout().pay('ORDER1')).toEqual({ outcome: 'paid', order: order('PAID') });
  });

  it('asks with patience when WeChat does not know it yet', async () => {
    const pending = { status: 200, data: order('PENDING') };
    phone.server = shopThat(pending, pending, { status: 200, data: order('PAID') });
    expect(await phone.checkout().pay('ORDER1')).toMatchObject({ outcome: 'paid' });
    expect(phone.sentTo('/api/orders/ORDER1/sync')).toHaveLength(3);
  });

  it('is being confirmed when patience is out: nobody is told to pay again', async () => {
    phone.server = shopThat({ status: 200, data: order('PENDING') });
    expect(await phone.checkout().pay('ORDER1')).toEqual({ outcome: 'confirming', order: order('PENDING') });
  });

  it('is being confirmed when the network is lost after the payment', async () => {
    phone.server = shopThat('no network');
    expect(await phone.checkout().pay('ORDER1')).toEqual({ outcome: 'confirming', order: null });
    expect(phone.sentTo('/api/orders/ORDER1/sync')).toHaveLength(6);
    expect(phone.pausesMs.reduce((sum, ms) => sum + ms, 0)).toBeLessThan(15_000);
  });

  it('leaves an order that the payer cancelled as it is', async () => {
    phone.cashier = 'requestPayment:fail cancel';
    phone.server = shopThat({ status: 200, data: order('PENDING') });
    expect(await phone.checkout().pay('ORDER1')).toEqual({ outcome: 'cancelled', order: order('PENDING') });
    expect(phone.sentTo('/api/orders/ORDER1/sync')).toHaveLength(1);
  });

  it('is paid although the phone says cancelled, when the server says so', async () => {
    phone.cashier = 'requestPayment:fail cancel';
    phone.server = shopThat({ status: 200, data: order('PAID') });
    expect(await phone.checkout().pay('ORDER1')).toMatchObject({ outcome: 'paid' });
  });

  it.each(['PAID', 'CLOSED'])('opens no cashier for an order that is %s meanwhile', async (status) => {
    phone.cashier = 'requestPayment:fail nobody may ask';
    phone.server = loggingIn(phone, ({ url }) =>
      url.endsWith('/pay') ? problem('ORDER_NOT_PAYABLE', 409, false) : { status: 200, data: order(status) },
    );
    const { outcome } = await phone.checkout().pay('ORDER1');
    expect(outcome).toBe(status === 'PAID' ? 'paid' : 'closed');
    expect(phone.sentTo('/api/orders/ORDER1/sync')).toHaveLength(0);
  });
});

describe('what the user reads', () => {
  it('is Chinese, and never the bare code', () => {
    const { textOf } = phone.load();
    for (const code of [...Object.keys(PROBLEMS), 'NETWORK', 'UNREADABLE', 'NEVER_HEARD_OF']) {
      expect([code, textOf({ code })]).toEqual([code, expect.stringMatching(/\p{Script=Han}/u)]);
    }
    expect(textOf({ code: 'NEVER_HEARD_OF', detail: '服务端的话' })).toBe('服务端的话');
  });
});

describe('asking for messages', () => {
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
    'goes on whatever is said: %s',
    async (said) => {
      phone.server = templates(...FIVE);
      phone.consent = said;
      const checkout = phone.checkout();
      await checkout.loadMessages();
      await checkout.askToTell(['orderPaid']);
      await checkout.askToTell(['refundApproved', 'refundRejected', 'refundSucceeded']);
      expect(phone.askedFor).toEqual([['A'], ['B', 'C']]);
      expect(phone.logins).toBe(0); // for everybody
    },
  );

  it('is for no more than three at once', async () => {
    phone.server = templates(...FIVE);
    const checkout = phone.checkout();
    await checkout.loadMessages();
    await checkout.askToTell(FIVE.map(([event]) => event));
    expect(phone.askedFor).toEqual([['A', 'B', 'C']]);
  });

  it('asks nothing where nothing is sent, or WeChat is too old', async () => {
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

describe('the client for uni-app', () => {
  it('is the native one but for what is between it and the phone', async () => {
    const [native, uni] = await Promise.all(
      ['miniprogram/utils', 'uni-app'].map((folder) => readFile(`examples/${folder}/checkout.js`, 'utf8')),
    );
    const shared = (text = ''): string | undefined =>
      /\/\/ ---- From here on[^]*?(?=\n(?:module\.exports|export) )/.exec(text)?.[0];
    expect(shared(native)?.length).toBeGreaterThan(5000);
    expect(shared(uni)).toBe(shared(native));
  });
});
