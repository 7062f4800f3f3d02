import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { parseVerifyOptions } from '../../src/verify/verify-options.js';
import type { WechatFinding, WechatQueries } from '../../src/verify/compare-with-wechat.js';
import { verify } from '../../src/verify/verify.js';
import type { OrderJson, RefundJson } from '../support/clients/test-buyer.js';
import { RefundFixture } from '../support/fixtures/refund-fixture.js';
import { TableSnapshot } from './support/table-snapshot.js';

const COMPARISON_NAMES = ['wechat-knows-the-payment', 'wechat-knows-the-refund'] as const;

describe('verify: comparison with WeChat', () => {
  let fixture: RefundFixture;
  let order: OrderJson;
  let refund: RefundJson;
  let rejected: RefundJson;
  let original: TableSnapshot;

  beforeAll(async () => {
    fixture = await RefundFixture.open();
    await fixture.createPaidOrder();
    order = await fixture.createPaidOrder();
    rejected = await fixture.alice.requestRefund(order, { amountFen: 100 });
    await fixture.rejectRefund(rejected);
    refund = await fixture.createApprovedRefund(order, 2500);
    const cancelled = await fixture.alice.createOrder({ productId: fixture.tea });
    await fixture.alice.startPayment(cancelled);
    await fixture.runJobsAfter({ hours: 1 });
    original = await TableSnapshot.take(fixture.shop);
  });
  afterEach(async () => {
    await fixture.shop.wechat.clearFaults();
    await original.restore(fixture.shop);
  });
  afterAll(() => fixture.shop.close());

  async function asked(wechat?: WechatQueries): Promise<[WechatFinding, WechatFinding]> {
    const options = parseVerifyOptions(['--wechat', '--now=2020-01-01T00:00:00Z']);
    const { findings } = await verify(options, fixture.shop.environment, { pauseMs: 0, ...(wechat && { wechat }) });
    const [payments, refunds] = COMPARISON_NAMES.map((name) => findings.find((finding) => finding.name === name));
    if (!payments || !refunds) throw new Error('The comparison with WeChat is missing in the report');
    return [payments as WechatFinding, refunds as WechatFinding];
  }

  it('finds no difference and sends only queries', async () => {
    const calls = async (path: string): Promise<number> => (await fixture.shop.wechat.getMessages(path)).length;
    const before = await Promise.all(['/pay/closeorder', '/secapi/pay/refund', '/pay/unifiedorder'].map(calls));
    expect(await asked()).toMatchObject([
      { checked: 3, offending: 0, unknown: 0 },
      { checked: 2, offending: 0, unknown: 0 },
    ]);
    expect(await Promise.all(['/pay/closeorder', '/secapi/pay/refund', '/pay/unifiedorder'].map(calls))).toEqual(
      before,
    );
    expect((await TableSnapshot.take(fixture.shop)).text).toBe(original.text);
  });

  it('is not run without --wechat', async () => {
    const { findings } = await verify(parseVerifyOptions([]), fixture.shop.environment, { wechat: unavailableWechat });
    expect(findings.map(({ name }) => name)).not.toContain(COMPARISON_NAMES[0]);
  });

  it.each([
    ['another amount', 'amount_fen = amount_fen + 1'],
    ['another transaction', "transaction_id = 'ANOTHER'"],
    ['a payment at WeChat although it is closed here', "status = 'CLOSED', transaction_id = NULL"],
  ])('reports a payment with %s', async (_what, change) => {
    await fixture.shop.rawUpdate(`UPDATE payments SET ${change} WHERE order_no = '${order.orderNo}'`);
    expect(await asked()).toMatchObject([{ offending: 1, examples: [`${order.orderNo}-1`] }, { offending: 0 }]);
  });

  it.each([
    ['another amount', 'amount_fen = amount_fen - 1', 'refund'],
    ['another refund id', "wechat_refund_id = 'ANOTHER'", 'refund'],
    ['success at WeChat although it failed here', "status = 'FAILED'", 'refund'],
    ['no record at WeChat', "status = 'SUCCEEDED'", 'rejected'],
  ] as const)('reports a refund with %s', async (_what, change, which) => {
    const { refundNo } = which === 'refund' ? refund : rejected;
    await fixture.shop.rawUpdate(`UPDATE refunds SET ${change} WHERE refund_no = '${refundNo}'`);
    expect(await asked()).toMatchObject([{ offending: 0 }, { offending: 1, examples: [refundNo] }]);
  });

  it('counts unusable responses as unknown, not as violations', async () => {
    await fixture.shop.wechat.failNext({ endpoint: 'orderquery', kind: 'err_code', errCode: 'SYSTEMERROR', times: 2 });
    expect(await asked()).toMatchObject([{ checked: 3, offending: 0, unknown: 2 }, { unknown: 0 }]);
    expect(await asked(unavailableWechat)).toMatchObject([
      { checked: 3, offending: 0, unknown: 3 },
      { checked: 2, offending: 0, unknown: 2 },
    ]);
  });

  it('does not query a payment by the app protocol of 2014, because a token request would invalidate the shop’s token', async () => {
    await fixture.shop.rawUpdate(`UPDATE payments SET channel = 'wechat-app-v1' WHERE order_no = '${order.orderNo}'`);
    const before = await fixture.shop.wechat.countCalls('/cgi-bin/token');
    expect(await asked()).toMatchObject([
      { checked: 3, offending: 0, unknown: 1 },
      { checked: 2, offending: 0, unknown: 0 },
    ]);
    expect(await fixture.shop.wechat.countCalls('/cgi-bin/token')).toBe(before);
  });

  it('ignores a row that changes during the query', async () => {
    const slow: WechatQueries = {
      queryPayment: async () => {
        await fixture.shop.rawUpdate('UPDATE payments SET amount_fen = amount_fen + 1');
        return { kind: 'done', value: { state: 'NOT_FOUND' }, raw: '' };
      },
      queryRefund: unavailableWechat.queryRefund,
    };
    expect(await asked(slow)).toMatchObject([{ checked: 3, offending: 0, unknown: 3 }, {}]);
  });
});

/** WeChat that never responses. */
const unavailableWechat: WechatQueries = {
  queryPayment: () => Promise.resolve({ kind: 'unknown', reason: 'no response', raw: null }),
  queryRefund: () => Promise.resolve({ kind: 'unknown', reason: 'no response', raw: null }),
};
