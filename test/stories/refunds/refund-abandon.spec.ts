import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { OutboxEntry } from '../../../src/outbox/outbox-entry.entity.js';
import { createStaff } from '../../contract/support/test-staff.js';
import type { OrderJson, ProblemJson, RefundJson } from '../../support/clients/test-buyer.js';
import { eventually } from '../../support/eventually.js';
import type { HttpResponse } from '../../../tools/client/http.js';
import { byProtocol } from '../../support/wechat/pay-protocol.js';
import { type AdminRefundJson, PRICE_FEN, RefundFixture } from '../../support/fixtures/refund-fixture.js';

interface OrderRecordJson {
  events: { type: string; data: { result: string } }[];
}

interface AuditJson {
  items: { action: string; after: Record<string, unknown>; actor: { username: string } }[];
}

/** WeChat does not recognize the merchant. */
const REJECTED = byProtocol({ v2: 'RETURN_FAIL', v3: 'SIGN_ERROR' });

let fixture: RefundFixture;
let order: OrderJson;

beforeAll(async () => {
  fixture = await RefundFixture.open({ instances: 2, environment: { REFUND_QUERY_BACKOFF_SECONDS: '30,60,300' } });
});
afterAll(() => fixture.shop.close());
beforeEach(async () => {
  fixture = await fixture.resetForNextTest();
  order = await fixture.createPaidOrder();
});

function abandonRefund<T = AdminRefundJson>(
  { refundNo }: RefundJson,
  body: object = { note: '已线下处理' },
  at = 0,
): Promise<HttpResponse<T>> {
  return fixture.boss.call<T>('POST', `refunds/${refundNo}/abandon`, body, at);
}

/** Creates a refund whose request WeChat refuses, so that it is ABNORMAL. */
async function createRejectedRefund(amountFen?: number): Promise<AdminRefundJson> {
  await fixture.shop.wechat.failNext({ endpoint: 'refund', kind: 'return_fail', returnMsg: '签名错误', times: -1 });
  const refund = await fixture.createApprovedRefund(order, amountFen);
  expect(refund).toMatchObject({ status: 'ABNORMAL', errorCode: REJECTED });
  return refund;
}

async function createRefundAtWechat(refundNo: string, refundFen: number): Promise<void> {
  const { outTradeNo } = (await fixture.shop.getPayments(order.orderNo))[0] ?? { outTradeNo: '' };
  const notifyUrl = `${fixture.shop.environment['PUBLIC_BASE_URL'] ?? ''}/wechat/notify/refund`;
  const byHand = { refundFen, out_refund_no: refundNo, notify_url: notifyUrl };
  const { status } = await fixture.shop.wechat.control('POST', `orders/${outTradeNo}/vendor-refund`, byHand);
  expect(status).toBe(201);
}

describe('refund: abandon', () => {
  it('an ABNORMAL refund that WeChat never accepted becomes FAILED, and its amount can be refunded again', async () => {
    const refund = await createRejectedRefund();
    const { status, body } = await abandonRefund(refund);
    expect(status).toBe(200);
    expect(body).toMatchObject({ status: 'FAILED', errorCode: 'ABANDONED', note: '已线下处理' });
    expect(body).toMatchObject({ errorMessage: `Abandoned by staff. Before: ${REJECTED} 签名错误` });
    expect(body.completedAt).not.toBeNull();
    expect(await fixture.alice.getOrder(order)).toMatchObject({ refundStatus: 'NONE', refundedFen: 0 });
    await fixture.shop.wechat.clearFaults();
    // waits for its turn: WeChat takes one refund a minute for a payment
    const { refundNo } = await fixture.createApprovedRefund(order);
    await fixture.runJobsAfter({ minutes: 10 });
    await fixture.runJobsAfter({ minutes: 10 });
    expect(await fixture.getAdminRefund({ ...refund, refundNo })).toMatchObject({ status: 'SUCCEEDED' });
    expect(await fixture.getLedger(order)).toEqual({ paidFen: PRICE_FEN, refundedFen: PRICE_FEN, refunds: 1 });
  });

  it("abandon is recorded in the audit log and the order's events, and the buyer is notified", async () => {
    const refund = await createRejectedRefund();
    await abandonRefund(refund);
    const { body: audit } = await fixture.boss.call<AuditJson>('GET', `audit-log?subject=${refund.refundNo}`);
    expect(audit.items[0]).toMatchObject({ action: 'refund.abandon', actor: { username: 'boss' } });
    expect(audit.items[0]?.after).toEqual({ status: 'FAILED', note: '已线下处理' });
    const { body: record } = await fixture.boss.call<OrderRecordJson>('GET', `orders/${order.orderNo}`);
    const decisions = record.events.filter(({ type }) => type === 'REFUND_DECISION');
    expect(decisions.at(-1)?.data.result).toBe('ABANDONED');
    const keys = (await fixture.shop.firstInstance.findAll(OutboxEntry)).map(({ entryKey }) => entryKey);
    expect(keys).toContain(`refund-failed:${refund.refundNo}`);
  });

  it('abandon is rejected while WeChat gives no usable response', async () => {
    const refund = await createRejectedRefund();
    await fixture.shop.wechat.failNext({ endpoint: 'refundquery', kind: 'SYSTEMERROR' });
    const { status, body } = await abandonRefund<ProblemJson>(refund);
    expect(status).toBe(502);
    expect(body).toMatchObject({ code: 'WECHAT_UNAVAILABLE', retryable: true });
    expect(await fixture.getAdminRefund(refund)).toMatchObject({ status: 'ABNORMAL' });
    expect((await fixture.alice.tryRequestRefund(order, { amountFen: 1 })).status).toBe(409);
    expect((await abandonRefund(refund)).status).toBe(200);
  });

  it('abandon is rejected within five minutes of a request without a response', async () => {
    await fixture.shop.wechat.failNext({ endpoint: 'refund', kind: 'reset', when: 'before' });
    const refund = await fixture.createApprovedRefund(order);
    await fixture.shop.wechat.failNext({ endpoint: 'refund', kind: 'return_fail', returnMsg: '签名错误', times: -1 });
    await fixture.runJobsAfter({ minutes: 1 });
    expect(await fixture.getAdminRefund(refund)).toMatchObject({ status: 'ABNORMAL', sendCount: 2 });
    const { status, body, headers } = await abandonRefund<ProblemJson>(refund);
    expect(status).toBe(409);
    expect(body).toMatchObject({ code: 'REFUND_SENT_RECENTLY', retryable: true });
    expect(Number(headers.get('retry-after'))).toBeGreaterThan(200);
    expect(await fixture.getAdminRefund(refund)).toMatchObject({ status: 'ABNORMAL' });
    await fixture.shop.wechat.advanceTime({ minutes: 4 });
    expect((await abandonRefund(refund)).body).toMatchObject({ status: 'FAILED' });
  });

  it('abandon is possible soon after a request whose time a wrong clock set a year ahead', async () => {
    const refund = await createRejectedRefund();
    const nextYear = new Date(fixture.shop.wechat.now().getTime() + 370 * 86_400_000);
    const date = nextYear.toISOString().replace(/[TZ]/g, ' ').trim();
    await fixture.shop.rawUpdate(
      `UPDATE refunds SET unanswered_send_at = '${date}' WHERE refund_no = '${refund.refundNo}'`,
    );
    expect((await abandonRefund<ProblemJson>(refund)).body.code).toBe('REFUND_SENT_RECENTLY');
    await fixture.runJobsAfter({ minutes: 6 }); // the job corrects the date and counts from then on
    expect((await abandonRefund<ProblemJson>(refund)).body.code).toBe('REFUND_SENT_RECENTLY');
    await fixture.runJobsAfter({ minutes: 6 });
    expect((await abandonRefund(refund)).body).toMatchObject({ status: 'FAILED' });
  });

  it("abandon applies WeChat's result when WeChat has the refund", async () => {
    const fault = { endpoint: 'refund', kind: 'err_code', errCode: 'PARAM_ERROR', errCodeDes: '…' } as const;
    await fixture.shop.wechat.failNext({ ...fault, when: 'after' });
    const refund = await fixture.createApprovedRefund(order);
    expect(refund).toMatchObject({ status: 'ABNORMAL' });
    const { status, body } = await abandonRefund<ProblemJson>(refund);
    expect(status).toBe(409);
    expect(body).toMatchObject({ code: 'REFUND_NOT_DECIDABLE' });
    expect(await fixture.getAdminRefund(refund)).toMatchObject({ status: 'PROCESSING' });
    await fixture.runJobsAfter({ minutes: 10 });
    expect(await fixture.getAdminRefund(refund)).toMatchObject({ status: 'SUCCEEDED' });
  });

  it("abandon is rejected for a refund that could not reach the payer's account", async () => {
    await fixture.shop.wechat.setBehaviours({ refundEnds: 'CHANGE' });
    const refund = await fixture.createApprovedRefund(order);
    await fixture.runJobsAfter({ hours: 1 });
    expect(await fixture.getAdminRefund(refund)).toMatchObject({
      status: 'ABNORMAL',
      errorCode: byProtocol({ v2: 'CHANGE', v3: 'ABNORMAL' }),
    });
    expect((await abandonRefund<ProblemJson>(refund)).body).toMatchObject({ code: 'REFUND_KNOWN_TO_WECHAT' });
    expect(await fixture.getAdminRefund(refund)).toMatchObject({
      status: 'ABNORMAL',
      errorCode: byProtocol({ v2: 'CHANGE', v3: 'ABNORMAL' }),
    });
  });

  it('abandon is rejected for other states, for viewers and without a note', async () => {
    const requested = await fixture.alice.requestRefund(order);
    expect((await abandonRefund<ProblemJson>(requested)).body).toMatchObject({ code: 'REFUND_NOT_DECIDABLE' });
    expect((await abandonRefund<ProblemJson>(requested, {})).body).toMatchObject({ code: 'VALIDATION_FAILED' });
    const viewer = await createStaff(fixture.shop, 'VIEWER');
    const reply = await viewer.call<ProblemJson>('POST', `refunds/${requested.refundNo}/abandon`, { note: '…' });
    expect(reply.status).toBe(403);
    expect((await abandonRefund<ProblemJson>({ ...requested, refundNo: 'NOSUCH' })).body).toMatchObject({
      code: 'REFUND_NOT_FOUND',
    });
  });

  it('concurrent abandon and retry on two instances end in one of the two results', async () => {
    const refund = await createRejectedRefund();
    await fixture.shop.wechat.clearFaults();
    const answers = await Promise.all([
      ...[0, 1].map((at) => abandonRefund<ProblemJson>(refund, { note: '…' }, at)),
      fixture.retryRefund<ProblemJson>(refund),
    ]);
    expect(answers.every(({ status }) => status === 200 || status === 409)).toBe(true);
    await fixture.runJobsAfter({ minutes: 10 });
    const { status } = await fixture.getAdminRefund(refund);
    const refundedFen = status === 'FAILED' ? 0 : PRICE_FEN;
    expect(['FAILED', 'SUCCEEDED']).toContain(status);
    expect(await fixture.getLedger(order)).toMatchObject({ refundedFen });
    expect(await fixture.alice.getOrder(order)).toMatchObject({ refundedFen });
  });
});

describe('refund: retry', () => {
  it('retry sends a new request under the same number when WeChat has never accepted the old one', async () => {
    await fixture.shop.wechat.failNext({ endpoint: 'refund', kind: 'reset', when: 'before' });
    const refund = await fixture.createApprovedRefund(order);
    const { refundNo } = refund;
    const currency = byProtocol({ v2: 'refund_fee_type', v3: 'currency' });
    const brokenRequest = `REPLACE(request, '"${currency}":"CNY"', '"${currency}":"RMB"')`;
    await fixture.shop.rawUpdate(`UPDATE refunds SET request = ${brokenRequest} WHERE refund_no = '${refundNo}'`);
    await fixture.runJobsAfter({ minutes: 1 });
    expect(await fixture.getAdminRefund(refund)).toMatchObject({ status: 'ABNORMAL', sendCount: 2 });
    expect((await fixture.retryRefund(refund)).body).toMatchObject({ status: 'PROCESSING', sendCount: 3, refundNo });
    await fixture.runJobsAfter({ minutes: 10 });
    expect(await fixture.getAdminRefund(refund)).toMatchObject({ status: 'SUCCEEDED' });
    expect(await fixture.getLedger(order)).toEqual({ paidFen: PRICE_FEN, refundedFen: PRICE_FEN, refunds: 1 });
  });

  it('retry sends nothing when WeChat already has the refund', async () => {
    const fault = { endpoint: 'refund', kind: 'err_code', errCode: 'PARAM_ERROR', errCodeDes: '…' } as const;
    await fixture.shop.wechat.failNext({ ...fault, when: 'after' });
    const refund = await fixture.createApprovedRefund(order);
    expect((await fixture.retryRefund(refund)).body).toMatchObject({ status: 'PROCESSING', sendCount: 1 });
    await fixture.runJobsAfter({ minutes: 10 });
    expect(await fixture.getAdminRefund(refund)).toMatchObject({ status: 'SUCCEEDED', sendCount: 1 });
  });
});

describe('refund: made by hand in WeChat’s platform', () => {
  it('a manual refund replaces an ABNORMAL refund that WeChat never accepted', async () => {
    const refund = await createRejectedRefund();
    await fixture.shop.wechat.clearFaults();
    await createRefundAtWechat('BYHANDALL0001', PRICE_FEN);
    await fixture.runJobsAfter({ minutes: 1 });
    await eventually(async () => {
      expect(await fixture.getAdminRefund({ ...refund, refundNo: 'BYHANDALL0001' })).toMatchObject({
        status: 'SUCCEEDED',
      });
    });
    expect(await fixture.getAdminRefund(refund)).toMatchObject({ status: 'FAILED', errorCode: 'REPLACED' });
    expect(await fixture.alice.getOrder(order)).toMatchObject({ refundStatus: 'FULL', refundedFen: PRICE_FEN });
    const [payment] = await fixture.shop.getPayments(order.orderNo);
    expect(payment).toMatchObject({ refundReservedFen: PRICE_FEN, refundCount: 1 });
    const keys = (await fixture.shop.firstInstance.findAll(OutboxEntry)).map(({ entryKey }) => entryKey);
    expect(keys).not.toContain(`refund-failed:${refund.refundNo}`);
  });

  it('a manual refund replaces only a refund of its amount, and the money is reserved once', async () => {
    const refund = await createRejectedRefund(3000);
    await fixture.shop.wechat.clearFaults();
    await createRefundAtWechat('BYHANDPART001', 3000);
    await fixture.runJobsAfter({ minutes: 1 });
    await eventually(async () => {
      expect(await fixture.getAdminRefund({ ...refund, refundNo: 'BYHANDPART001' })).toMatchObject({
        status: 'SUCCEEDED',
      });
    });
    expect((await fixture.shop.getPayments(order.orderNo))[0]).toMatchObject({
      refundReservedFen: 3000,
      refundCount: 1,
    });
  });

  it('a manual refund returns the stock that the replaced refund named', async () => {
    await fixture.shop.wechat.failNext({ endpoint: 'refund', kind: 'return_fail', returnMsg: '签名错误', times: -1 });
    const stock = await fixture.shop.getStock(fixture.tea);
    const requested = await fixture.alice.requestRefund(order, { amountFen: 3000 });
    const returnItems = [{ productId: fixture.tea, quantity: 1 }];
    expect((await fixture.approveRefund(requested, { returnItems })).body).toMatchObject({ status: 'ABNORMAL' });
    await fixture.shop.wechat.clearFaults();
    await createRefundAtWechat('BYHANDITEM001', 3000);
    await fixture.runJobsAfter({ minutes: 1 });
    await eventually(async () => expect(await fixture.shop.getStock(fixture.tea)).toBe(stock + 1));
  });

  it('a manual refund does not replace a refund that WeChat may have accepted', async () => {
    const refund = await createRejectedRefund();
    await fixture.shop.wechat.clearFaults();
    const query = { endpoint: 'refundquery', kind: 'SYSTEMERROR', times: -1, out_refund_no: refund.refundNo } as const;
    await fixture.shop.wechat.failNext(query);
    await createRefundAtWechat('BYHANDLATER01', PRICE_FEN);
    await fixture.runJobsAfter({ minutes: 1 });
    await eventually(async () => expect(await fixture.countRefundQueries(refund.refundNo)).toBeGreaterThan(0));
    expect(await fixture.getAdminRefund(refund)).toMatchObject({ status: 'ABNORMAL' });
    await fixture.shop.wechat.clearFaults();
    await fixture.runJobsAfter({ hours: 1 });
    await eventually(async () => {
      expect(await fixture.getAdminRefund({ ...refund, refundNo: 'BYHANDLATER01' })).toMatchObject({
        status: 'SUCCEEDED',
      });
    });
    expect(await fixture.getAdminRefund(refund)).toMatchObject({ status: 'FAILED', errorCode: 'REPLACED' });
  });
});
