import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { RefundExecutor } from '../../src/refund/refund-executor.js';
import { Refund } from '../../src/refund/refund.entity.js';
import { testCertificates } from '../support/test-certificates.js';
import type { OrderJson } from '../support/test-buyer.js';
import { type AdminRefundJson, PRICE_FEN, RefundFixture } from '../support/refund-fixture.js';
import { SHORT_TIMEOUT } from '../support/test-shop.js';

/** Every way in which a refund's answer can say nothing. */
const UNKNOWN_OUTCOME_FAULTS = ['timeout', 'reset', 'SYSTEMERROR', 'http500', 'html', 'garbage'] as const;
const INVALID_ANSWER_FAULTS = ['truncated', 'wrong_signature', 'no_signature', 'other_appid', 'doctype'] as const;

describe('a refund whose call', () => {
  let world: RefundFixture;
  let order: OrderJson;

  beforeAll(async () => {
    world = await RefundFixture.open({ environment: { REFUND_QUERY_BACKOFF_SECONDS: '30,60,300', ...SHORT_TIMEOUT } });
  });
  afterAll(() => world.shop.close());
  beforeEach(async () => {
    world = await world.restart();
    order = await world.createPaidOrder();
  });

  /** Whatever it was, in the end the money is back, once, under the one number. */
  async function endsInOneRefund(refund: AdminRefundJson): Promise<void> {
    for (let round = 0; round < 4; round++) await world.runJobsAfter({ minutes: 10 });
    expect(await world.getAdminRefund(refund)).toMatchObject({ status: 'SUCCEEDED', refundNo: refund.refundNo });
    expect(await world.getLedger(order)).toEqual({ paidFen: PRICE_FEN, refundedFen: PRICE_FEN, refunds: 1 });
    expect(await world.alice.getOrder(order)).toMatchObject({ refundStatus: 'FULL', refundedFen: PRICE_FEN });
  }

  it.each([
    ...UNKNOWN_OUTCOME_FAULTS.flatMap((kind) => [
      { kind, when: 'before' as const },
      { kind, when: 'after' as const },
    ]),
    ...INVALID_ANSWER_FAULTS.map((kind) => ({ kind, when: 'after' as const })),
  ])('ends in $kind ($when the effect) stays unknown, and ends in exactly one refund', async ({ kind, when }) => {
    await world.shop.wechat.failNext({ endpoint: 'refund', kind, when });
    const refund = await world.createApprovedRefund(order);
    expect(refund).toMatchObject({ status: 'PROCESSING', waitReason: 'UNKNOWN_OUTCOME' });
    expect(await world.alice.getOrder(order)).toMatchObject({ refundStatus: 'PROCESSING', refundedFen: 0 });
    await endsInOneRefund(refund);
  });

  it('finds WeChat without money waits, and goes out under the same number when there is some', async () => {
    await world.shop.wechat.control('PUT', 'merchant', { balanceFen: 10 });
    const refund = await world.createApprovedRefund(order);
    expect(refund).toMatchObject({ status: 'PROCESSING', waitReason: 'NOT_ENOUGH_FUNDS', errorCode: 'NOTENOUGH' });
    await world.runJobsAfter({ minutes: 1 });
    expect(await world.getAdminRefund(refund)).toMatchObject({ waitReason: 'NOT_ENOUGH_FUNDS', sendCount: 2 });
    await world.shop.wechat.control('POST', 'merchant/top-up', { fen: 1_000_000 });
    expect((await world.retryRefund(refund)).body).toMatchObject({
      status: 'PROCESSING',
      waitReason: null,
      sendCount: 3,
    });
    await endsInOneRefund(refund);
  });

  it.each([
    ['FREQUENCY_LIMITED', 'RATE_LIMITED'],
    ['INVALID_REQ_TOO_MUCH', 'RATE_LIMITED'],
    ['ORDER_NOT_READY', null],
    ['BIZERR_NEED_RETRY', 'UNKNOWN_OUTCOME'],
    ['WHAT_IS_THIS', 'UNKNOWN_OUTCOME'],
  ])('is answered %s is sent again later, under the same number', async (errCode, waitReason) => {
    await world.shop.wechat.failNext({ endpoint: 'refund', kind: 'err_code', errCode, errCodeDes: '…' });
    const refund = await world.createApprovedRefund(order);
    expect(refund).toMatchObject({ status: 'PROCESSING', waitReason });
    await endsInOneRefund(refund);
    expect(await world.countRefundCalls(refund.refundNo)).toBe(2);
  });

  it.each([
    'TRADE_OVERDUE',
    'USER_ACCOUNT_ABNORMAL',
    'ORDERNOTEXIST',
    'REFUND_FEE_INVALID',
    'INVALID_REQUEST',
    'ERROR',
  ])('is answered %s has failed for good, after asking, and the money may be asked for again', async (errCode) => {
    await world.shop.wechat.failNext({ endpoint: 'refund', kind: 'err_code', errCode, errCodeDes: '…' });
    const refund = await world.createApprovedRefund(order);
    expect(refund).toMatchObject({ status: 'FAILED', errorCode: errCode });
    expect(await world.countRefundQueries(refund.refundNo)).toBe(1);
    expect(await world.alice.getOrder(order)).toMatchObject({ refundStatus: 'NONE', refundedFen: 0 });
    expect((await world.alice.requestRefund(order)).amountFen).toBe(PRICE_FEN);
  });

  it('is refused although WeChat had heard it before has not failed', async () => {
    await world.shop.wechat.failNext({ endpoint: 'refund', kind: 'err_code', errCode: 'ERROR', when: 'after' });
    const refund = await world.createApprovedRefund(order);
    expect(refund).toMatchObject({ status: 'PROCESSING' });
    await endsInOneRefund(refund);
  });

  it.each(['SIGNERROR', 'PARAM_ERROR', 'CERT_ERROR', 'NOAUTH', 'REFUND_FEE_MISMATCH'])(
    'is answered %s needs a person, frees nothing, and succeeds when it is sent again',
    async (errCode) => {
      await world.shop.wechat.failNext({ endpoint: 'refund', kind: 'err_code', errCode, errCodeDes: '…' });
      const refund = await world.createApprovedRefund(order);
      expect(refund).toMatchObject({ status: 'ABNORMAL', errorCode: errCode });
      expect((await world.alice.tryRequestRefund(order, { amountFen: 1 })).status).toBe(409);
      expect((await world.retryRefund(refund)).body).toMatchObject({ status: 'PROCESSING', refundNo: refund.refundNo });
      await endsInOneRefund(refund);
    },
  );

  it('cannot be paid out to the payer is abnormal, until somebody has finished it in WeChat’s platform', async () => {
    await world.shop.wechat.setBehaviours({ refundEnds: 'CHANGE' });
    const refund = await world.createApprovedRefund(order);
    await world.runJobsAfter({ hours: 1 });
    expect(await world.getAdminRefund(refund)).toMatchObject({ status: 'ABNORMAL', errorCode: 'CHANGE' });
    expect(await world.alice.getOrder(order)).toMatchObject({ refundStatus: 'PROCESSING', refundedFen: 0 });
    await world.shop.wechat.control('POST', `refunds/${refund.refundNo}/state`, { state: 'SUCCESS' });
    await endsInOneRefund(refund);
  });

  it('is approved while WeChat does not listen at all is sent when it does', async () => {
    await world.shop.wechat.failNext({ endpoint: 'refund', kind: 'reset', when: 'before', times: -1 });
    await world.shop.wechat.failNext({ endpoint: 'refundquery', kind: 'timeout', times: -1 });
    const refund = await world.createApprovedRefund(order);
    for (let round = 0; round < 3; round++) await world.runJobsAfter({ minutes: 6 });
    expect(await world.getAdminRefund(refund)).toMatchObject({ status: 'PROCESSING', waitReason: 'UNKNOWN_OUTCOME' });
    await world.shop.wechat.clearFaults();
    await endsInOneRefund(refund);
  });

  it('is refused for good frees no money while WeChat may not show an earlier sending', async () => {
    await world.shop.wechat.failNext({ endpoint: 'refund', kind: 'reset', when: 'before' });
    const refund = await world.createApprovedRefund(order);
    const overdue = { endpoint: 'refund', kind: 'err_code', errCode: 'TRADE_OVERDUE', errCodeDes: '…' } as const;
    await world.shop.wechat.failNext({ ...overdue, times: -1 });
    await world.runJobsAfter({ minutes: 1 });
    expect(await world.getAdminRefund(refund)).toMatchObject({ status: 'PROCESSING', waitReason: 'UNKNOWN_OUTCOME' });
    expect((await world.alice.tryRequestRefund(order, { amountFen: 1 })).status).toBe(409);
    await world.runJobsAfter({ minutes: 6 });
    expect(await world.getAdminRefund(refund)).toMatchObject({ status: 'FAILED', errorCode: 'TRADE_OVERDUE' });
  });

  it('has failed meanwhile is not sent by somebody who slept through it: its money is free for another', async () => {
    await world.shop.wechat.failNext({ endpoint: 'refund', kind: 'reset', when: 'before' });
    const refund = await world.createApprovedRefund(order, 4000);
    const asleep = (await world.shop.firstInstance.findAll(Refund)).find(
      ({ refundNo }) => refundNo === refund.refundNo,
    );
    if (!asleep) throw new Error('The refund is not there.');
    await world.shop.wechat.failNext({
      endpoint: 'refund',
      kind: 'err_code',
      errCode: 'TRADE_OVERDUE',
      errCodeDes: '…',
    });
    await world.runJobsAfter({ minutes: 6 }); // by then WeChat would show the first sending
    expect(await world.getAdminRefund(refund)).toMatchObject({ status: 'FAILED' });
    const sent = await world.countRefundCalls(refund.refundNo);
    await world.shop.firstInstance.app.get(RefundExecutor).advance(asleep);
    expect(await world.countRefundCalls(refund.refundNo)).toBe(sent);
    expect(await world.getLedger(order)).toMatchObject({ refundedFen: 0 });
  });
});

describe('a refund in a shop without a usable client certificate', () => {
  let world: RefundFixture;

  beforeAll(async () => {
    world = await RefundFixture.open();
  });
  afterAll(() => world.shop.close());

  const none = { WECHAT_MCH_CERT_BASE64: '', WECHAT_MCH_KEY_BASE64: '' };
  const pair = (which: 'expired' | 'otherMerchant') => async (): Promise<Record<string, string>> => {
    const { cert, key } = (await testCertificates()).all[which];
    const base64 = (text: string): string => Buffer.from(text).toString('base64');
    return { WECHAT_MCH_CERT_BASE64: base64(cert), WECHAT_MCH_KEY_BASE64: base64(key) };
  };

  it.each<[string, () => Promise<Record<string, string>>, string]>([
    ['no certificate', () => Promise.resolve(none), 'NO_CLIENT_CERTIFICATE'],
    ['an expired certificate', pair('expired'), 'CLIENT_CERTIFICATE_EXPIRED'],
    ["another merchant's certificate", pair('otherMerchant'), 'CLIENT_CERTIFICATE_OF_OTHER_MERCHANT'],
  ])(
    'is not sent with %s, is ABNORMAL at once, and is sent by a retry with the right one',
    async (_what, environment, errorCode) => {
      const order = await world.createPaidOrder();
      const wanted = await world.alice.requestRefund(order);
      await world.withExtraInstance(await environment(), async (at) => {
        const { body: refund } = await world.approveRefund(wanted, {}, at);
        expect(refund).toMatchObject({ status: 'ABNORMAL', errorCode, sendCount: 0 });
      });
      expect(await world.countRefundCalls(wanted.refundNo)).toBe(0);
      expect(await world.getLedger(order)).toMatchObject({ refundedFen: 0, refunds: 0 });
      expect((await world.retryRefund(wanted)).body).toMatchObject({ status: 'PROCESSING', sendCount: 1 });
      await world.runJobsAfter({ minutes: 10 });
      expect(await world.getAdminRefund(wanted)).toMatchObject({ status: 'SUCCEEDED' });
      expect(await world.getLedger(order)).toMatchObject({ refundedFen: PRICE_FEN, refunds: 1 });
    },
  );
});
