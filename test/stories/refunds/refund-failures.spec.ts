import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { RefundSender } from '../../../src/refund/sending/refund-sender.js';
import { Refund } from '../../../src/refund/refund.entity.js';
import { testCertificates } from '../../support/wechat/test-certificates.js';
import type { OrderJson } from '../../support/clients/test-buyer.js';
import { byProtocol } from '../../support/wechat/pay-protocol.js';
import { type AdminRefundJson, PRICE_FEN, RefundFixture } from '../../support/fixtures/refund-fixture.js';
import { SHORT_TIMEOUT } from '../../support/test-shop.js';

/** Faults after which the outcome of a refund call is unknown. */
const UNKNOWN_OUTCOME_FAULTS = ['timeout', 'reset', 'SYSTEMERROR', 'http500', 'html', 'garbage'] as const;
const INVALID_ANSWER_FAULTS = [
  ...['truncated', 'wrong_signature', 'no_signature'],
  ...byProtocol({
    v2: ['other_appid', 'doctype'],
    v3: ['echo_other_order', 'wrong_serial', 'stale_timestamp', 'html200'],
  }),
];
/** A refusal and the reason for which the refund waits. v3 answers 429 perhaps after it has accepted the refund. */
const REPEATED = byProtocol({
  v2: [
    ['FREQUENCY_LIMITED', '…', 'RATE_LIMITED'],
    ['INVALID_REQ_TOO_MUCH', '…', 'RATE_LIMITED'],
    ['ORDER_NOT_READY', '…', null],
    ['BIZERR_NEED_RETRY', '…', 'UNKNOWN_OUTCOME'],
    ['WHAT_IS_THIS', '…', 'UNKNOWN_OUTCOME'],
  ],
  v3: [
    ['FREQUENCY_LIMITED', '频率超限', 'UNKNOWN_OUTCOME'],
    ['INVALID_REQUEST', '频率限制，1个月之前的订单请降低申请频率再重试', 'RATE_LIMITED'],
    ['BIZ_ERR_NEED_RETRY', '…', 'UNKNOWN_OUTCOME'],
    ['SYSTEM_ERROR', '…', 'UNKNOWN_OUTCOME'],
    ['WHAT_IS_THIS', '…', 'UNKNOWN_OUTCOME'],
  ],
});
const FINAL = byProtocol({
  v2: [
    ...['TRADE_OVERDUE', 'USER_ACCOUNT_ABNORMAL', 'ORDERNOTEXIST', 'REFUND_FEE_INVALID', 'INVALID_REQUEST', 'ERROR'],
  ],
  v3: ['TRADE_OVERDUE', 'USER_ACCOUNT_ABNORMAL', 'RESOURCE_NOT_EXISTS', 'INVALID_REQUEST'],
});
const FOR_STAFF = byProtocol({
  v2: ['SIGNERROR', 'PARAM_ERROR', 'CERT_ERROR', 'NOAUTH', 'REFUND_FEE_MISMATCH'],
  v3: ['SIGN_ERROR', 'PARAM_ERROR', 'NO_AUTH', 'MCH_NOT_EXISTS', 'REQUEST_BLOCKED', 'REFUND_FEE_MISMATCH'],
});

describe('refund: failed calls', () => {
  let fixture: RefundFixture;
  let order: OrderJson;

  beforeAll(async () => {
    fixture = await RefundFixture.open({
      environment: { REFUND_QUERY_BACKOFF_SECONDS: '30,60,300', ...SHORT_TIMEOUT },
    });
  });
  afterAll(() => fixture.shop.close());
  beforeEach(async () => {
    fixture = await fixture.resetForNextTest();
    order = await fixture.createPaidOrder();
  });

  /** Checks that in the end the money went back once, under the same refund number. */
  async function expectOneRefund(refund: AdminRefundJson): Promise<void> {
    for (let round = 0; round < 4; round++) await fixture.runJobsAfter({ minutes: 10 });
    expect(await fixture.getAdminRefund(refund)).toMatchObject({ status: 'SUCCEEDED', refundNo: refund.refundNo });
    expect(await fixture.getLedger(order)).toEqual({ paidFen: PRICE_FEN, refundedFen: PRICE_FEN, refunds: 1 });
    expect(await fixture.alice.getOrder(order)).toMatchObject({ refundStatus: 'FULL', refundedFen: PRICE_FEN });
  }

  it.each([
    ...UNKNOWN_OUTCOME_FAULTS.flatMap((kind) => [
      { kind, when: 'before' as const },
      { kind, when: 'after' as const },
    ]),
    ...INVALID_ANSWER_FAULTS.map((kind) => ({ kind, when: 'after' as const })),
  ])(
    '$kind ($when the effect): the outcome is unknown, and the money goes back exactly once',
    async ({ kind, when }) => {
      await fixture.shop.wechat.failNext({ endpoint: 'refund', kind, when });
      const refund = await fixture.createApprovedRefund(order);
      expect(refund).toMatchObject({ status: 'PROCESSING', waitReason: 'UNKNOWN_OUTCOME' });
      expect(await fixture.alice.getOrder(order)).toMatchObject({ refundStatus: 'PROCESSING', refundedFen: 0 });
      await expectOneRefund(refund);
    },
  );

  it('without funds the refund waits, and is sent under the same number when the account has funds', async () => {
    await fixture.shop.wechat.control('PUT', 'merchant', { balanceFen: 10 });
    const refund = await fixture.createApprovedRefund(order);
    const errorCode = byProtocol({ v2: 'NOTENOUGH', v3: 'NOT_ENOUGH' });
    expect(refund).toMatchObject({ status: 'PROCESSING', waitReason: 'NOT_ENOUGH_FUNDS', errorCode });
    await fixture.runJobsAfter({ minutes: 1 });
    expect(await fixture.getAdminRefund(refund)).toMatchObject({ waitReason: 'NOT_ENOUGH_FUNDS', sendCount: 2 });
    await fixture.shop.wechat.control('POST', 'merchant/top-up', { fen: 1_000_000 });
    expect((await fixture.retryRefund(refund)).body).toMatchObject({
      status: 'PROCESSING',
      waitReason: null,
      sendCount: 3,
    });
    await expectOneRefund(refund);
  });

  it.each(REPEATED)('%s %s: the refund is sent again later under the same number', async (code, text, waitReason) => {
    const fault = { errCode: code ?? '', errCodeDes: text ?? '' };
    await fixture.shop.wechat.failNext({ endpoint: 'refund', kind: 'err_code', ...fault });
    const refund = await fixture.createApprovedRefund(order);
    expect(refund).toMatchObject({ status: 'PROCESSING', waitReason });
    await expectOneRefund(refund);
    expect(await fixture.countRefundCalls(refund.refundNo)).toBe(2);
  });

  it.each(FINAL)(
    '%s: the refund becomes FAILED after a query, and the money can be requested again',
    async (errCode) => {
      await fixture.shop.wechat.failNext({ endpoint: 'refund', kind: 'err_code', errCode, errCodeDes: '…' });
      const refund = await fixture.createApprovedRefund(order);
      const errorText = { en: expect.stringMatching(/[a-z]/), zh: expect.stringMatching(/[一-鿿]/) };
      expect(refund).toMatchObject({ status: 'FAILED', errorCode: errCode, errorText });
      const { body } = await fixture.boss.call<{ events: object[] }>('GET', `orders/${order.orderNo}`);
      expect(body.events).toContainEqual(expect.objectContaining({ type: 'REFUND_CALL', errorText: refund.errorText }));
      expect(await fixture.countRefundQueries(refund.refundNo)).toBe(1);
      expect(await fixture.alice.getOrder(order)).toMatchObject({ refundStatus: 'NONE', refundedFen: 0 });
      expect((await fixture.alice.requestRefund(order)).amountFen).toBe(PRICE_FEN);
    },
  );

  it('a refund that WeChat has accepted does not become FAILED when a later response refuses it', async () => {
    const errCode = byProtocol({ v2: 'ERROR', v3: 'INVALID_REQUEST' });
    await fixture.shop.wechat.failNext({ endpoint: 'refund', kind: 'err_code', errCode, when: 'after' });
    const refund = await fixture.createApprovedRefund(order);
    expect(refund).toMatchObject({ status: 'PROCESSING' });
    await expectOneRefund(refund);
  });

  it.each(FOR_STAFF)(
    '%s: the refund becomes ABNORMAL, stays reserved, and succeeds when staff retry it',
    async (errCode) => {
      await fixture.shop.wechat.failNext({ endpoint: 'refund', kind: 'err_code', errCode, errCodeDes: '…' });
      const refund = await fixture.createApprovedRefund(order);
      expect(refund).toMatchObject({ status: 'ABNORMAL', errorCode: errCode });
      expect((await fixture.alice.tryRequestRefund(order, { amountFen: 1 })).status).toBe(409);
      expect((await fixture.retryRefund(refund)).body).toMatchObject({
        status: 'PROCESSING',
        refundNo: refund.refundNo,
      });
      await expectOneRefund(refund);
    },
  );

  it('a refund that cannot reach the payer is ABNORMAL until it is completed in WeChat’s platform', async () => {
    await fixture.shop.wechat.setBehaviours({ refundEnds: 'CHANGE' });
    const refund = await fixture.createApprovedRefund(order);
    await fixture.runJobsAfter({ hours: 1 });
    expect(await fixture.getAdminRefund(refund)).toMatchObject({
      status: 'ABNORMAL',
      errorCode: byProtocol({ v2: 'CHANGE', v3: 'ABNORMAL' }),
      errorText: { replacesMessage: true },
    });
    expect(await fixture.alice.getOrder(order)).toMatchObject({ refundStatus: 'PROCESSING', refundedFen: 0 });
    await fixture.shop.wechat.control('POST', `refunds/${refund.refundNo}/state`, { state: 'SUCCESS' });
    await expectOneRefund(refund);
  });

  it('a refund approved while WeChat does not respond is sent when WeChat responds again', async () => {
    await fixture.shop.wechat.failNext({ endpoint: 'refund', kind: 'reset', when: 'before', times: -1 });
    await fixture.shop.wechat.failNext({ endpoint: 'refundquery', kind: 'timeout', times: -1 });
    const refund = await fixture.createApprovedRefund(order);
    for (let round = 0; round < 3; round++) await fixture.runJobsAfter({ minutes: 6 });
    expect(await fixture.getAdminRefund(refund)).toMatchObject({ status: 'PROCESSING', waitReason: 'UNKNOWN_OUTCOME' });
    await fixture.shop.wechat.clearFaults();
    await expectOneRefund(refund);
  });

  it('a final refusal does not release the money while WeChat may not show an earlier request', async () => {
    await fixture.shop.wechat.failNext({ endpoint: 'refund', kind: 'reset', when: 'before' });
    const refund = await fixture.createApprovedRefund(order);
    const overdue = { endpoint: 'refund', kind: 'err_code', errCode: 'TRADE_OVERDUE', errCodeDes: '…' } as const;
    await fixture.shop.wechat.failNext({ ...overdue, times: -1 });
    await fixture.runJobsAfter({ minutes: 1 });
    expect(await fixture.getAdminRefund(refund)).toMatchObject({ status: 'PROCESSING', waitReason: 'UNKNOWN_OUTCOME' });
    expect((await fixture.alice.tryRequestRefund(order, { amountFen: 1 })).status).toBe(409);
    await fixture.runJobsAfter({ minutes: 6 });
    expect(await fixture.getAdminRefund(refund)).toMatchObject({ status: 'FAILED', errorCode: 'TRADE_OVERDUE' });
  });

  it('a worker with an outdated row does not send a refund that has become FAILED', async () => {
    await fixture.shop.wechat.failNext({ endpoint: 'refund', kind: 'reset', when: 'before' });
    const refund = await fixture.createApprovedRefund(order, 4000);
    const outdatedRow = (await fixture.shop.firstInstance.findAll(Refund)).find(
      ({ refundNo }) => refundNo === refund.refundNo,
    );
    if (!outdatedRow) throw new Error('The refund has no row in the database.');
    await fixture.shop.wechat.failNext({
      endpoint: 'refund',
      kind: 'err_code',
      errCode: 'TRADE_OVERDUE',
      errCodeDes: '…',
    });
    await fixture.runJobsAfter({ minutes: 6 }); // by then WeChat would show the first request
    expect(await fixture.getAdminRefund(refund)).toMatchObject({ status: 'FAILED' });
    const sent = await fixture.countRefundCalls(refund.refundNo);
    await fixture.shop.firstInstance.app.get(RefundSender).advanceRefund(outdatedRow);
    expect(await fixture.countRefundCalls(refund.refundNo)).toBe(sent);
    expect(await fixture.getLedger(order)).toMatchObject({ refundedFen: 0 });
  });
});

describe('refund: no usable client certificate', () => {
  let fixture: RefundFixture;

  beforeAll(async () => {
    fixture = await RefundFixture.open();
  });
  afterAll(() => fixture.shop.close());

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
    'with %s the refund is ABNORMAL and not sent, and a retry with the right certificate sends it',
    async (_what, environment, errorCode) => {
      const order = await fixture.createPaidOrder();
      const requested = await fixture.alice.requestRefund(order);
      await fixture.withExtraInstance(await environment(), async (at) => {
        const { body: refund } = await fixture.approveRefund(requested, {}, at);
        expect(refund).toMatchObject({ status: 'ABNORMAL', errorCode, sendCount: 0 });
      });
      expect(await fixture.countRefundCalls(requested.refundNo)).toBe(0);
      expect(await fixture.getLedger(order)).toMatchObject({ refundedFen: 0, refunds: 0 });
      expect((await fixture.retryRefund(requested)).body).toMatchObject({ status: 'PROCESSING', sendCount: 1 });
      await fixture.runJobsAfter({ minutes: 10 });
      expect(await fixture.getAdminRefund(requested)).toMatchObject({ status: 'SUCCEEDED' });
      expect(await fixture.getLedger(order)).toMatchObject({ refundedFen: PRICE_FEN, refunds: 1 });
    },
  );
});
