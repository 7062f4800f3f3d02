import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { readArguments } from '../../src/verify/arguments.js';
import type { WechatFinding, WechatQuestions } from '../../src/verify/ask-wechat.js';
import { verify } from '../../src/verify/verify.js';
import type { OrderJson, RefundJson } from '../support/customer.js';
import { RefundShop } from '../support/refund-shop.js';
import { TableCopies } from './support/table-copies.js';

const NAMES = ['wechat-knows-the-payment', 'wechat-knows-the-refund'] as const;

describe('WeChat, asked about what is over', () => {
  let world: RefundShop;
  let order: OrderJson;
  let refund: RefundJson;
  let rejected: RefundJson;
  let honest: TableCopies;

  beforeAll(async () => {
    world = await RefundShop.opens();
    await world.sells();
    order = await world.sells();
    rejected = await world.alice.wantsBack(order, { amountFen: 100 });
    await world.rejects(rejected);
    refund = await world.getsBack(order, 2500);
    const cancelled = await world.alice.orders({ productId: world.tea });
    await world.alice.begins(cancelled);
    await world.passes({ hours: 1 });
    honest = await TableCopies.of(world.shop);
  });
  afterEach(async () => {
    await world.shop.wechat.recovers();
    await honest.putBack(world.shop);
  });
  afterAll(() => world.shop.closes());

  async function asked(wechat?: WechatQuestions): Promise<[WechatFinding, WechatFinding]> {
    const wanted = readArguments(['--wechat', '--now=2020-01-01T00:00:00Z']);
    const { findings } = await verify(wanted, world.shop.environment, { pauseMs: 0, ...(wechat && { wechat }) });
    const [payments, refunds] = NAMES.map((name) => findings.find((finding) => finding.name === name));
    if (!payments || !refunds) throw new Error('WeChat was not asked');
    return [payments as WechatFinding, refunds as WechatFinding];
  }

  it('says the same, and is only asked', async () => {
    const calls = async (path: string): Promise<number> => (await world.shop.wechat.messages(path)).length;
    const before = await Promise.all(['/pay/closeorder', '/secapi/pay/refund', '/pay/unifiedorder'].map(calls));
    expect(await asked()).toMatchObject([
      { checked: 3, offending: 0, unknown: 0 },
      { checked: 2, offending: 0, unknown: 0 },
    ]);
    expect(await Promise.all(['/pay/closeorder', '/secapi/pay/refund', '/pay/unifiedorder'].map(calls))).toEqual(
      before,
    );
    expect((await TableCopies.of(world.shop)).text).toBe(honest.text);
  });

  it('is not asked when nobody wants it', async () => {
    const { findings } = await verify(readArguments([]), world.shop.environment, { wechat: mute });
    expect(findings.map(({ name }) => name)).not.toContain(NAMES[0]);
  });

  it.each([
    ['another amount', 'amount_fen = amount_fen + 1'],
    ['another transaction', "transaction_id = 'ANOTHER'"],
    ['that it is not closed but paid', "status = 'CLOSED', transaction_id = NULL"],
  ])('says %s of a payment', async (_what, change) => {
    await world.shop.forces(`UPDATE payments SET ${change} WHERE order_no = '${order.orderNo}'`);
    expect(await asked()).toMatchObject([{ offending: 1, examples: [`${order.orderNo}-1`] }, { offending: 0 }]);
  });

  it.each([
    ['another amount', 'amount_fen = amount_fen - 1', 'refund'],
    ['another number of its own', "wechat_refund_id = 'ANOTHER'", 'refund'],
    ['that the money moved all the same', "status = 'FAILED'", 'refund'],
    ['that it knows no such refund', "status = 'SUCCEEDED'", 'rejected'],
  ] as const)('says %s', async (_what, change, which) => {
    const { refundNo } = which === 'refund' ? refund : rejected;
    await world.shop.forces(`UPDATE refunds SET ${change} WHERE refund_no = '${refundNo}'`);
    expect(await asked()).toMatchObject([{ offending: 0 }, { offending: 1, examples: [refundNo] }]);
  });

  it('says nothing of use, which is no offence', async () => {
    await world.shop.wechat.fails({ endpoint: 'orderquery', kind: 'err_code', errCode: 'SYSTEMERROR', times: 2 });
    expect(await asked()).toMatchObject([{ checked: 3, offending: 0, unknown: 2 }, { unknown: 0 }]);
    expect(await asked(mute)).toMatchObject([
      { checked: 3, offending: 0, unknown: 3 },
      { checked: 2, offending: 0, unknown: 2 },
    ]);
  });

  it('is not asked about a payment by the protocol of 2014, for want of a token that would end the shop’s own', async () => {
    const old = JSON.stringify({ protocol: 'app-v1', appid: 'wx8888888888888888', parameters: {} });
    await world.shop.forces(`UPDATE payments SET request = '${old}' WHERE order_no = '${order.orderNo}'`);
    const before = await world.shop.wechat.timesCalled('/cgi-bin/token');
    expect(await asked()).toMatchObject([
      { checked: 3, offending: 0, unknown: 1 },
      { checked: 2, offending: 0, unknown: 0 },
    ]);
    expect(await world.shop.wechat.timesCalled('/cgi-bin/token')).toBe(before);
  });

  it('is not held against a row that moves while it answers', async () => {
    const slow: WechatQuestions = {
      queryPayment: async () => {
        await world.shop.forces('UPDATE payments SET amount_fen = amount_fen + 1');
        return { kind: 'done', value: { state: 'ABSENT' }, raw: '' };
      },
      queryRefund: mute.queryRefund,
    };
    expect(await asked(slow)).toMatchObject([{ checked: 3, offending: 0, unknown: 3 }, {}]);
  });
});

/** Nobody is there. */
const mute: WechatQuestions = {
  queryPayment: () => Promise.resolve({ kind: 'unknown', reason: 'nobody is there', raw: null }),
  queryRefund: () => Promise.resolve({ kind: 'unknown', reason: 'nobody is there', raw: null }),
};
