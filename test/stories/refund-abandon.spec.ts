import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { OutboxEntry } from '../../src/outbox/outbox-entry.entity.js';
import { clerk } from '../contract/support/clerk.js';
import type { OrderJson, ProblemJson, RefundJson } from '../support/customer.js';
import { eventually } from '../support/eventually.js';
import type { Reply } from '../support/http.js';
import { type DeskRefundJson, PRICE_FEN, RefundShop } from '../support/refund-shop.js';

interface OrderRecordJson {
  events: { type: string; data: { result: string } }[];
}

interface AuditJson {
  items: { action: string; after: Record<string, unknown>; actor: { username: string } }[];
}

let world: RefundShop;
let order: OrderJson;

beforeAll(async () => {
  world = await RefundShop.opens({ instances: 2, environment: { REFUND_QUERY_BACKOFF_SECONDS: '30,60,300' } });
});
afterAll(() => world.shop.closes());
beforeEach(async () => {
  world = await world.goesOn();
  order = await world.sells();
});

function abandons<T = DeskRefundJson>(
  { refundNo }: RefundJson,
  body: object = { note: '已线下处理' },
  at = 0,
): Promise<Reply<T>> {
  return world.boss.asks<T>('POST', `refunds/${refundNo}/abandon`, body, at);
}

/** A refund whose text WeChat refuses, so that it is ABNORMAL. */
async function refusedRefund(amountFen?: number): Promise<DeskRefundJson> {
  await world.shop.wechat.fails({ endpoint: 'refund', kind: 'return_fail', returnMsg: '签名错误', times: -1 });
  const refund = await world.getsBack(order, amountFen);
  expect(refund).toMatchObject({ status: 'ABNORMAL', errorCode: 'RETURN_FAIL' });
  return refund;
}

async function madeByHand(refundNo: string, refundFen: number): Promise<void> {
  const { outTradeNo } = (await world.shop.paymentsOf(order.orderNo))[0] ?? { outTradeNo: '' };
  const notifyUrl = `${world.shop.environment['PUBLIC_BASE_URL'] ?? ''}/wechat/notify/refund`;
  const byHand = { refundFen, out_refund_no: refundNo, notify_url: notifyUrl };
  const { status } = await world.shop.wechat.control('POST', `orders/${outTradeNo}/vendor-refund`, byHand);
  expect(status).toBe(201);
}

describe('refund: abandon', () => {
  it('ends an ABNORMAL refund that WeChat never accepted as FAILED, and its amount is free', async () => {
    const refund = await refusedRefund();
    const { status, body } = await abandons(refund);
    expect(status).toBe(200);
    expect(body).toMatchObject({ status: 'FAILED', errorCode: 'ABANDONED', note: '已线下处理' });
    expect(body).toMatchObject({ errorMessage: 'Abandoned by staff. Before: RETURN_FAIL 签名错误' });
    expect(body.completedAt).not.toBeNull();
    expect(await world.alice.sees(order)).toMatchObject({ refundStatus: 'NONE', refundedFen: 0 });
    await world.shop.wechat.recovers();
    const { refundNo } = await world.getsBack(order); // waits for its turn: WeChat takes one a minute for a payment
    await world.passes({ minutes: 10 });
    await world.passes({ minutes: 10 });
    expect(await world.deskSees({ ...refund, refundNo })).toMatchObject({ status: 'SUCCEEDED' });
    expect(await world.ledgerOf(order)).toEqual({ paidFen: PRICE_FEN, refundedFen: PRICE_FEN, refunds: 1 });
  });

  it('is in the audit log and the time line, and the buyer is notified', async () => {
    const refund = await refusedRefund();
    await abandons(refund);
    const { body: audit } = await world.boss.asks<AuditJson>('GET', `audit-log?subject=${refund.refundNo}`);
    expect(audit.items[0]).toMatchObject({ action: 'refund.abandon', actor: { username: 'boss' } });
    expect(audit.items[0]?.after).toEqual({ status: 'FAILED', note: '已线下处理' });
    const { body: record } = await world.boss.asks<OrderRecordJson>('GET', `orders/${order.orderNo}`);
    const decisions = record.events.filter(({ type }) => type === 'REFUND_DECISION');
    expect(decisions.at(-1)?.data.result).toBe('ABANDONED');
    const keys = (await world.shop.first.all(OutboxEntry)).map(({ entryKey }) => entryKey);
    expect(keys).toContain(`refund-failed:${refund.refundNo}`);
  });

  it('frees nothing while WeChat gives no usable answer', async () => {
    const refund = await refusedRefund();
    await world.shop.wechat.fails({ endpoint: 'refundquery', kind: 'SYSTEMERROR' });
    const { status, body } = await abandons<ProblemJson>(refund);
    expect(status).toBe(502);
    expect(body).toMatchObject({ code: 'WECHAT_UNAVAILABLE', retryable: true });
    expect(await world.deskSees(refund)).toMatchObject({ status: 'ABNORMAL' });
    expect((await world.alice.triesToGetBack(order, { amountFen: 1 })).status).toBe(409);
    expect((await abandons(refund)).status).toBe(200);
  });

  it('frees nothing within five minutes of a sending without an answer', async () => {
    await world.shop.wechat.fails({ endpoint: 'refund', kind: 'reset', when: 'before' });
    const refund = await world.getsBack(order);
    await world.shop.wechat.fails({ endpoint: 'refund', kind: 'return_fail', returnMsg: '签名错误', times: -1 });
    await world.passes({ minutes: 1 });
    expect(await world.deskSees(refund)).toMatchObject({ status: 'ABNORMAL', sendCount: 2 });
    const { status, body, headers } = await abandons<ProblemJson>(refund);
    expect(status).toBe(409);
    expect(body).toMatchObject({ code: 'REFUND_SENT_RECENTLY', retryable: true });
    expect(Number(headers.get('retry-after'))).toBeGreaterThan(200);
    expect(await world.deskSees(refund)).toMatchObject({ status: 'ABNORMAL' });
    await world.shop.wechat.passes({ minutes: 4 });
    expect((await abandons(refund)).body).toMatchObject({ status: 'FAILED' });
  });

  it('is possible soon after a sending that a wrong clock dated a year ahead', async () => {
    const refund = await refusedRefund();
    const inAYear = new Date(world.shop.wechat.now().getTime() + 370 * 86_400_000);
    const date = inAYear.toISOString().replace(/[TZ]/g, ' ').trim();
    await world.shop.forces(`UPDATE refunds SET unanswered_send_at = '${date}' WHERE refund_no = '${refund.refundNo}'`);
    expect((await abandons<ProblemJson>(refund)).body.code).toBe('REFUND_SENT_RECENTLY');
    await world.passes({ minutes: 6 }); // the job finds the date, and counts from then on
    expect((await abandons<ProblemJson>(refund)).body.code).toBe('REFUND_SENT_RECENTLY');
    await world.passes({ minutes: 6 });
    expect((await abandons(refund)).body).toMatchObject({ status: 'FAILED' });
  });

  it('applies what WeChat says instead when WeChat has the refund', async () => {
    const fault = { endpoint: 'refund', kind: 'err_code', errCode: 'PARAM_ERROR', errCodeDes: '…' } as const;
    await world.shop.wechat.fails({ ...fault, when: 'after' });
    const refund = await world.getsBack(order);
    expect(refund).toMatchObject({ status: 'ABNORMAL' });
    const { status, body } = await abandons<ProblemJson>(refund);
    expect(status).toBe(409);
    expect(body).toMatchObject({ code: 'REFUND_NOT_DECIDABLE' });
    expect(await world.deskSees(refund)).toMatchObject({ status: 'PROCESSING' });
    await world.passes({ minutes: 10 });
    expect(await world.deskSees(refund)).toMatchObject({ status: 'SUCCEEDED' });
  });

  it('is refused for a refund whose money could not reach the payer', async () => {
    await world.shop.wechat.behaves({ refundEnds: 'CHANGE' });
    const refund = await world.getsBack(order);
    await world.passes({ hours: 1 });
    expect(await world.deskSees(refund)).toMatchObject({ status: 'ABNORMAL', errorCode: 'CHANGE' });
    expect((await abandons<ProblemJson>(refund)).body).toMatchObject({ code: 'REFUND_KNOWN_TO_WECHAT' });
    expect(await world.deskSees(refund)).toMatchObject({ status: 'ABNORMAL', errorCode: 'CHANGE' });
  });

  it('is refused for every other state, to viewers, and without a note', async () => {
    const requested = await world.alice.wantsBack(order);
    expect((await abandons<ProblemJson>(requested)).body).toMatchObject({ code: 'REFUND_NOT_DECIDABLE' });
    expect((await abandons<ProblemJson>(requested, {})).body).toMatchObject({ code: 'VALIDATION_FAILED' });
    const viewer = await clerk(world.shop, 'VIEWER');
    const reply = await viewer.asks<ProblemJson>('POST', `refunds/${requested.refundNo}/abandon`, { note: '…' });
    expect(reply.status).toBe(403);
    expect((await abandons<ProblemJson>({ ...requested, refundNo: 'NOSUCH' })).body).toMatchObject({
      code: 'REFUND_NOT_FOUND',
    });
  });

  it('and retry at once on two instances end in one of the two', async () => {
    const refund = await refusedRefund();
    await world.shop.wechat.recovers();
    const answers = await Promise.all([
      ...[0, 1].map((at) => abandons<ProblemJson>(refund, { note: '…' }, at)),
      world.retries<ProblemJson>(refund),
    ]);
    expect(answers.every(({ status }) => status === 200 || status === 409)).toBe(true);
    await world.passes({ minutes: 10 });
    const { status } = await world.deskSees(refund);
    const refundedFen = status === 'FAILED' ? 0 : PRICE_FEN;
    expect(['FAILED', 'SUCCEEDED']).toContain(status);
    expect(await world.ledgerOf(order)).toMatchObject({ refundedFen });
    expect(await world.alice.sees(order)).toMatchObject({ refundedFen });
  });
});

describe('refund: retry', () => {
  it('sends a newly composed text under the same number when WeChat has never accepted the old one', async () => {
    await world.shop.wechat.fails({ endpoint: 'refund', kind: 'reset', when: 'before' });
    const refund = await world.getsBack(order);
    const { refundNo } = refund;
    const broken = `REPLACE(request, '"refund_fee_type":"CNY"', '"refund_fee_type":"RMB"')`;
    await world.shop.forces(`UPDATE refunds SET request = ${broken} WHERE refund_no = '${refundNo}'`);
    await world.passes({ minutes: 1 });
    expect(await world.deskSees(refund)).toMatchObject({ status: 'ABNORMAL', sendCount: 2 });
    expect((await world.retries(refund)).body).toMatchObject({ status: 'PROCESSING', sendCount: 3, refundNo });
    await world.passes({ minutes: 10 });
    expect(await world.deskSees(refund)).toMatchObject({ status: 'SUCCEEDED' });
    expect(await world.ledgerOf(order)).toEqual({ paidFen: PRICE_FEN, refundedFen: PRICE_FEN, refunds: 1 });
  });

  it('sends nothing when WeChat has the refund after all', async () => {
    const fault = { endpoint: 'refund', kind: 'err_code', errCode: 'PARAM_ERROR', errCodeDes: '…' } as const;
    await world.shop.wechat.fails({ ...fault, when: 'after' });
    const refund = await world.getsBack(order);
    expect((await world.retries(refund)).body).toMatchObject({ status: 'PROCESSING', sendCount: 1 });
    await world.passes({ minutes: 10 });
    expect(await world.deskSees(refund)).toMatchObject({ status: 'SUCCEEDED', sendCount: 1 });
  });
});

describe('refund: one made by hand in WeChat’s platform', () => {
  it('takes over the reservation of an ABNORMAL refund that WeChat never accepted', async () => {
    const refund = await refusedRefund();
    await world.shop.wechat.recovers();
    await madeByHand('BYHANDALL0001', PRICE_FEN);
    await world.passes({ minutes: 1 });
    await eventually(async () => {
      expect(await world.deskSees({ ...refund, refundNo: 'BYHANDALL0001' })).toMatchObject({ status: 'SUCCEEDED' });
    });
    expect(await world.deskSees(refund)).toMatchObject({ status: 'FAILED', errorCode: 'REPLACED' });
    expect(await world.alice.sees(order)).toMatchObject({ refundStatus: 'FULL', refundedFen: PRICE_FEN });
    const [payment] = await world.shop.paymentsOf(order.orderNo);
    expect(payment).toMatchObject({ refundHeldFen: PRICE_FEN, refundCount: 1 });
    const keys = (await world.shop.first.all(OutboxEntry)).map(({ entryKey }) => entryKey);
    expect(keys).not.toContain(`refund-failed:${refund.refundNo}`);
  });

  it('takes over only the refund of its amount, and reserves the money once', async () => {
    const refund = await refusedRefund(3000);
    await world.shop.wechat.recovers();
    await madeByHand('BYHANDPART001', 3000);
    await world.passes({ minutes: 1 });
    await eventually(async () => {
      expect(await world.deskSees({ ...refund, refundNo: 'BYHANDPART001' })).toMatchObject({ status: 'SUCCEEDED' });
    });
    expect((await world.shop.paymentsOf(order.orderNo))[0]).toMatchObject({ refundHeldFen: 3000, refundCount: 1 });
  });

  it('returns the pieces that the refund which it replaces has named', async () => {
    await world.shop.wechat.fails({ endpoint: 'refund', kind: 'return_fail', returnMsg: '签名错误', times: -1 });
    const stock = await world.shop.stockOf(world.tea);
    const wanted = await world.alice.wantsBack(order, { amountFen: 3000 });
    const returnItems = [{ productId: world.tea, quantity: 1 }];
    expect((await world.approves(wanted, { returnItems })).body).toMatchObject({ status: 'ABNORMAL' });
    await world.shop.wechat.recovers();
    await madeByHand('BYHANDITEM001', 3000);
    await world.passes({ minutes: 1 });
    await eventually(async () => expect(await world.shop.stockOf(world.tea)).toBe(stock + 1));
  });

  it('does not take over a refund that WeChat may have accepted', async () => {
    const refund = await refusedRefund();
    await world.shop.wechat.recovers();
    const query = { endpoint: 'refundquery', kind: 'SYSTEMERROR', times: -1, out_refund_no: refund.refundNo } as const;
    await world.shop.wechat.fails(query);
    await madeByHand('BYHANDLATER01', PRICE_FEN);
    await world.passes({ minutes: 1 });
    await eventually(async () => expect(await world.timesAsked(refund.refundNo)).toBeGreaterThan(0));
    expect(await world.deskSees(refund)).toMatchObject({ status: 'ABNORMAL' });
    await world.shop.wechat.recovers();
    await world.passes({ hours: 1 });
    await eventually(async () => {
      expect(await world.deskSees({ ...refund, refundNo: 'BYHANDLATER01' })).toMatchObject({ status: 'SUCCEEDED' });
    });
    expect(await world.deskSees(refund)).toMatchObject({ status: 'FAILED', errorCode: 'REPLACED' });
  });
});
