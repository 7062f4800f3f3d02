import { randomInt } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Clock } from '../../src/common/time/clock.js';
import { AppV1Provider } from '../../src/wechat/pay/app-v1/app-v1.provider.js';
import { BILL_KINDS } from '../../src/wechat/pay/bills/bill.js';
import type { RefundNotice } from '../../src/wechat/pay/notice.js';
import {
  type ChannelAccount,
  CHANNELS_WITHOUT_CLOSE,
  isNoticeOf,
  PAYMENT_CHANNELS,
  type PaymentChannel,
  type StoredRequest,
} from '../../src/wechat/pay/payment-channel.js';
import { PaymentProviderRegistry } from '../../src/wechat/pay/payment-provider-registry.js';
import type { PaymentProvider } from '../../src/wechat/pay/payment-provider.js';
import type { PrepayDraft, RefundDraft, TradeType } from '../../src/wechat/pay/payment-types.js';
import { WechatKeyStore } from '../../src/wechat/pay/v3/keys/wechat-key-store.js';
import { V3Transport } from '../../src/wechat/pay/v3/transport/v3-transport.js';
import { WechatPayV3Provider } from '../../src/wechat/pay/v3/wechat-pay-v3.provider.js';
import { WechatPayV2Provider } from '../../src/wechat/pay/v2/wechat-pay-v2.provider.js';
import { WechatPayV2Transport } from '../../src/wechat/pay/v2/wechat-pay-v2.transport.js';
import { eventually } from '../support/eventually.js';
import type { FaultInput } from '../support/wechat/simulator-control.js';
import type { TestBuyer } from '../support/clients/test-buyer.js';
import { openTestShop, SHORT_TIMEOUT, type TestShop } from '../support/test-shop.js';
import { NoticeListener } from './support/notice-listener.js';

interface ProviderCase {
  channel: PaymentChannel;
  environment: Record<string, string>;
  tradeType: TradeType;
  endpoints: { prepay: FaultInput['endpoint']; query: FaultInput['endpoint'] };
  createUnconfigured: (configured: PaymentProvider) => PaymentProvider;
}

const unusedClient = (): never => {
  throw new Error('an unconfigured provider sends nothing');
};

/** A new protocol is one more entry. */
const CASES: readonly ProviderCase[] = [
  {
    channel: 'wechat-v2',
    environment: {},
    tradeType: 'JSAPI',
    endpoints: { prepay: 'unifiedorder', query: 'orderquery' },
    createUnconfigured: () => {
      const client = { send: unusedClient, problem: () => null } as never;
      return new WechatPayV2Provider(null, new Clock(), new WechatPayV2Transport(null, client, client, {} as never));
    },
  },
  {
    channel: 'wechat-v3',
    environment: { WECHAT_PAY_PROTOCOL: 'v3' },
    tradeType: 'JSAPI',
    endpoints: { prepay: 'unifiedorder', query: 'orderquery' },
    createUnconfigured: () => {
      const clock = new Clock();
      const keys = { store: new WechatKeyStore(null), updater: {} as never };
      const transport = new V3Transport(null, keys, clock, {} as never, {} as never);
      return new WechatPayV3Provider(null, keys, transport, clock, { newTradeTypes: [], checkCertificate: () => null });
    },
  },
  {
    channel: 'wechat-app-v1',
    environment: { WECHAT_APP_PROTOCOL: 'v1' },
    tradeType: 'APP',
    endpoints: { prepay: 'genprepay', query: 'v1-orderquery' },
    createUnconfigured: (configured) =>
      new AppV1Provider(null, new Clock(), { provider: configured, mchId: '1900000109' }),
  },
];

const AMOUNT_FEN = 1288;
const EXTRA_APP_ID = 'wx6666666666666666';
const TTL_MS = 20 * 60_000;

describe.each(CASES)('provider contract: $channel', ({ channel, environment, tradeType, endpoints, ...provided }) => {
  let shop: TestShop;
  let alice: TestBuyer;
  let registry: PaymentProviderRegistry;
  let provider: PaymentProvider;
  let listener: NoticeListener;
  let payment: StoredRequest;
  let outTradeNo: string;

  beforeAll(async () => {
    shop = await openTestShop({
      environment: { ...SHORT_TIMEOUT, WECHAT_EXTRA_APP_IDS: EXTRA_APP_ID, ...environment },
    });
    alice = await shop.createUser('alice');
    registry = shop.firstInstance.app.get(PaymentProviderRegistry);
    provider = registry.of(channel);
    listener = new NoticeListener();
    await listener.open();
  });
  afterAll(async () => {
    await listener.close();
    await shop.close();
  });
  beforeEach(async () => {
    await shop.wechat.clearFaults();
    await shop.wechat.setBehaviours({ earlyClose: 'allow' });
    outTradeNo = `CONTRACT${randomInt(1e12)}`;
    listener.received.length = 0;
    listener.reply = provider.reply({ kind: 'accepted' });
    payment = provider.composePrepay(draft());
  });

  function draft(): PrepayDraft {
    const createdAt = shop.firstInstance.app.get(Clock).now();
    return {
      outTradeNo,
      tradeType,
      appId: null,
      amountFen: AMOUNT_FEN,
      description: '演示商城-文具',
      openid: alice.openid,
      payerIp: '203.0.113.7',
      notifyUrlBase: listener.url,
      productId: 'ORDER1',
      createdAt,
      expiresAt: new Date(createdAt.getTime() + TTL_MS),
    };
  }

  /** Prepares the payment and pays it. @returns WeChat's transaction number. */
  async function pay(): Promise<string> {
    const prepaid = await provider.prepay(payment);
    if (prepaid.kind !== 'done') throw new Error(`The payment was not prepared: ${JSON.stringify(prepaid)}`);
    const requestPayment = { ...provider.clientParameters(payment, prepaid.value) };
    expect(await alice.confirmPayment({ requestPayment } as never)).toBe('requestPayment:ok');
    const { transaction } = await shop.wechat.getOrder(outTradeNo);
    return transaction?.transaction_id ?? '';
  }

  const refundDraft = (transactionId: string): RefundDraft => ({
    outRefundNo: `RF${outTradeNo}`,
    outTradeNo,
    transactionId,
    paidFen: AMOUNT_FEN,
    refundFen: 88,
    reason: '商品缺货',
    notifyUrlBase: listener.url,
    payment,
  });

  it('is registered for its channel and begins payments of the trade type', () => {
    expect(provider).toMatchObject({ channel, isConfigured: true });
    expect(registry.forTradeType(tradeType).channel).toBe(channel);
    expect(registry.configured).toContain(provider);
  });

  it('composes the same request every time, under a complete account', () => {
    const composed = draft();
    expect(provider.composePrepay(composed)).toEqual(provider.composePrepay({ ...composed }));
    expect(payment).toMatchObject({
      channel,
      appId: expect.stringMatching(/^wx/),
      mchId: expect.stringMatching(/^\d+$/),
    });
  });

  it('prepares a payment, repeats it safely, and reports it open and then paid', async () => {
    expect(await provider.prepay(payment)).toMatchObject({ kind: 'done' });
    expect(await provider.prepay(payment)).toMatchObject({ kind: 'done' });
    expect(provider.prepayTtlSeconds(payment)).toBeGreaterThan(0);
    expect(await provider.queryPayment(payment)).toMatchObject({ kind: 'done', value: { state: 'OPEN' } });
    const transactionId = await pay();
    const paid = { state: 'PAID', outTradeNo, transactionId, paidFen: AMOUNT_FEN };
    expect(await provider.queryPayment(payment)).toMatchObject({ kind: 'done', value: paid });
  });

  it('uses the app that the draft names for the payment, its notice and its refund; APP stays in the mobile app', async () => {
    const mainApp = payment.appId;
    const openid = `oExtra${outTradeNo}`.padEnd(28, '0').slice(0, 28);
    const user = { openid: alice.openid, extraOpenids: { [EXTRA_APP_ID]: openid } };
    expect((await shop.wechat.request('POST', '/_control/users', { body: user })).status).toBe(201);
    payment = provider.composePrepay({ ...draft(), appId: EXTRA_APP_ID, openid });
    const isInApp = tradeType === 'APP';
    expect(payment.appId).toBe(isInApp ? mainApp : EXTRA_APP_ID);
    const transactionId = await pay();
    expect(await provider.queryPayment(payment)).toMatchObject({
      kind: 'done',
      value: { state: 'PAID', transactionId },
    });
    const notice = await eventually(() => {
      const [request] = listener.received;
      if (!request) throw new Error('no notice');
      return provider.readPaymentNotice(request);
    });
    if (notice.kind !== 'paid') throw new Error(`The notice was refused: ${notice.kind}`);
    expect(isNoticeOf(payment, notice.account)).toBe(true);
    expect(isNoticeOf({ ...payment, appId: mainApp }, notice.account)).toBe(isInApp);
    const refund = provider.composeRefund(refundDraft(transactionId));
    expect(refund.appId).toBe(payment.appId);
    expect(await registry.of(refund.channel).refund(refund)).toMatchObject({ kind: 'done' });
  });

  it('reports a payment that WeChat does not have', async () => {
    expect(await provider.queryPayment(payment)).toMatchObject({ kind: 'done', value: { state: 'NOT_FOUND' } });
  });

  it('closes a payment, or always refuses without a close call', async () => {
    await provider.prepay(payment);
    const outcome = await provider.closePayment(payment);
    if (CHANNELS_WITHOUT_CLOSE.includes(channel)) {
      expect(outcome).toMatchObject({ kind: 'refused', action: 'RETRY_LATER' });
      expect(await provider.queryPayment(payment)).toMatchObject({ value: { state: 'OPEN' } });
    } else {
      expect(outcome).toMatchObject({ kind: 'done' });
      expect(await provider.queryPayment(payment)).toMatchObject({ value: { state: 'CLOSED' } });
    }
  });

  it('refunds a payment once per number and reports the refund', async () => {
    const composed = refundDraft(await pay());
    const refund = provider.composeRefund(composed);
    expect(provider.composeRefund({ ...composed })).toEqual(refund);
    const account: ChannelAccount = provider.refundAccountOf(payment);
    expect(refund).toMatchObject(account);
    const refunds = registry.of(refund.channel);
    expect(await refunds.queryRefund(composed.outRefundNo, account)).toMatchObject({ value: { state: 'NOT_FOUND' } });
    expect(refunds.checkRefundReady(refund)).toBeNull();
    const first = await refunds.refund(refund);
    expect(first).toMatchObject({ kind: 'done' });
    const repeated = await refunds.refund(refund);
    expect(repeated.kind === 'done' && repeated.value).toEqual(first.kind === 'done' && first.value);
    expect(await refunds.queryRefund(composed.outRefundNo, account)).toMatchObject({
      kind: 'done',
      value: { outRefundNo: composed.outRefundNo, outTradeNo, refundFen: 88 },
    });
  });

  it('reads the notice of a refund, and WeChat accepts its response', async () => {
    const refund = provider.composeRefund(refundDraft(await pay()));
    const refunds = registry.of(refund.channel);
    listener.reply = refunds.reply({ kind: 'accepted' });
    await refunds.refund(refund);
    listener.received.length = 0;
    await shop.wechat.advanceTime({ minutes: 15 });
    const notice = await eventually(() => {
      const ended = listener.received
        .map((request) => refunds.readRefundNotice(request))
        .filter(isEnded)
        .find((each) => each.refund.outTradeNo === outTradeNo);
      if (!ended) throw new Error('no refund notice');
      return ended;
    });
    expect(notice).toMatchObject({ paidFen: AMOUNT_FEN, refund: { outTradeNo, refundFen: 88, state: 'SUCCEEDED' } });
    expect(isNoticeOf(refund, notice.account)).toBe(true);
    // A refund notice of API v3 names no app.
    expect(isNoticeOf({ ...refund, appId: 'wx0000000000000000' }, notice.account)).toBe(notice.account.appId === null);
    expect(isNoticeOf({ ...refund, mchId: '1900000110' }, notice.account)).toBe(false);
  });

  it('explains its codes and those of its refunds in both languages, and no other code', async () => {
    await pay();
    const refusals = [
      await provider.closePayment(payment), // API v3 confirms the close of a number that it does not know
      await provider.refund(provider.composeRefund({ ...refundDraft('4200000000000000000000000000'), refundFen: 100 })),
    ];
    for (const refusal of refusals) {
      if (refusal.kind !== 'refused') throw new Error(`The call was not refused: ${refusal.kind}`);
      const text = { en: expect.stringMatching(/[a-z]{3}/), zh: expect.stringMatching(/[一-鿿]/) };
      expect(registry.explain(channel, refusal.code)).toMatchObject(text);
    }
    for (const code of ['', 'ECONNREFUSED', 'constructor', '__proto__']) expect(provider.explain(code)).toBeNull();
  });

  it('has an unknown outcome when the response of a call does not arrive', async () => {
    for (const endpoint of Object.values(endpoints))
      expect((await shop.wechat.failNext({ endpoint, kind: 'timeout', times: 1 })).status).toBeLessThan(300);
    expect(await provider.prepay(payment)).toMatchObject({ kind: 'unknown', failure: { kind: 'CONNECTION_BROKEN' } });
    expect(await provider.queryPayment(payment)).toMatchObject({ kind: 'unknown' });
    expect(await provider.prepay(payment)).toMatchObject({ kind: 'done' });
  });

  it('reads the notice of a payment, and WeChat accepts its response', async () => {
    const transactionId = await pay();
    await eventually(() => {
      expect(listener.received).toHaveLength(1);
    });
    const [request] = listener.received;
    if (!request) throw new Error('no notice');
    const notice = provider.readPaymentNotice(request);
    expect(notice).toMatchObject({ kind: 'paid', paid: { outTradeNo, transactionId, paidFen: AMOUNT_FEN } });
    if (notice.kind !== 'paid') return;
    expect(isNoticeOf(payment, notice.account)).toBe(true);
    for (const other of [{ mchId: '1' }, { channel: otherThan(channel) }])
      expect(isNoticeOf({ ...payment, ...other }, notice.account)).toBe(false);
    const again = await shop.wechat.sendPaymentNotice(outTradeNo);
    expect(again).toMatchObject([{ isAccepted: true }]);
    listener.reply = provider.reply({ kind: 'refused', reason: 'BUSY' });
    expect(await shop.wechat.sendPaymentNotice(outTradeNo)).toMatchObject([{ isAccepted: false }]);
  });

  it('refuses an altered or truncated notice', async () => {
    await pay();
    await eventually(() => {
      expect(listener.received).toHaveLength(1);
    });
    const [request] = listener.received;
    if (!request) throw new Error('no notice');
    // A notice of API v3 is encrypted, so its amount cannot be found.
    const alter = (text: string): string =>
      text.replace(/1288|(?<="ciphertext":")./, (found) => (found === '1' ? '2' : '1'));
    const altered = { ...request, query: alter(request.query), body: Buffer.from(alter(request.body.toString())) };
    expect(provider.readPaymentNotice(altered)).toMatchObject({ kind: 'refused', refusal: 'BAD_SIGNATURE' });
    for (const changed of [
      { ...request, isTruncated: true },
      { ...request, query: '', body: Buffer.alloc(0) },
    ])
      expect(provider.readPaymentNotice(changed).kind).toBe('refused');
    expect(provider.readRefundNotice(request).kind).toBe('refused');
  });

  it('without keys begins no payment, sends nothing, and trusts no notice', async () => {
    await pay();
    await eventually(() => {
      expect(listener.received).toHaveLength(1);
    });
    const unconfigured = provided.createUnconfigured(registry.of('wechat-v2'));
    expect(unconfigured).toMatchObject({ channel, isConfigured: false });
    expect(() => unconfigured.composePrepay(draft())).toThrow();
    expect(unconfigured.prepayTtlSeconds(payment)).toBe(0);
    const failure = { kind: 'NOT_CONFIGURED' };
    expect(await unconfigured.prepay(payment)).toMatchObject({ kind: 'unknown', failure });
    expect(await unconfigured.queryPayment(payment)).toMatchObject({ kind: 'unknown', failure });
    for (const kind of BILL_KINDS) {
      expect(unconfigured.canDownloadBill(kind)).toBe(false);
      const outcome = await unconfigured.downloadBill({ date: '2026-11-21', kind }, { write: unusedClient });
      expect(outcome).toMatchObject(
        channel === 'wechat-app-v1' ? { kind: 'refused', code: 'NO_BILL_CALL' } : { kind: 'unknown', failure },
      );
    }
    for (const request of listener.received) expect(unconfigured.readPaymentNotice(request).kind).toBe('refused');
  });
});

describe('provider contract: channels', () => {
  it('every channel has a case, and an unlisted one ends every call unknown', async () => {
    expect(CASES.map(({ channel }) => channel).toSorted()).toEqual(PAYMENT_CHANNELS.toSorted());
    const registry = new PaymentProviderRegistry([], { observe: unusedClient } as never);
    const account: ChannelAccount = { channel: 'wechat-v2', appId: 'wx', mchId: '1' };
    const payment: StoredRequest = { ...account, request: '' };
    const provider = registry.of('wechat-v2');
    expect(provider.isConfigured).toBe(false);
    for (const outcome of await Promise.all([
      ...[provider.prepay(payment), provider.queryPayment(payment), provider.closePayment(payment)],
      ...[provider.refund(payment), provider.queryRefund('RF1', account)],
      ...BILL_KINDS.map((kind) => provider.downloadBill({ date: '2026-11-21', kind }, { write: unusedClient })),
    ])) {
      expect(outcome).toMatchObject({ kind: 'unknown', failure: { kind: 'NOT_CONFIGURED' } });
    }
    expect(BILL_KINDS.filter((kind) => provider.canDownloadBill(kind) || registry.forBills(kind))).toEqual([]);
    expect(() => provider.composeRefund({ payment } as never)).toThrow();
    expect(provider.explain('PARAM_ERROR')).toBeNull();
    expect(registry.explain('wechat-v2', 'PARAM_ERROR')).toBeNull();
    expect(() => registry.forTradeType('JSAPI')).toThrow('ORDER_NOT_PAYABLE');
  });
});

function isEnded(notice: RefundNotice): notice is Extract<RefundNotice, { kind: 'parsed' }> {
  return notice.kind === 'parsed';
}

function otherThan(channel: PaymentChannel): PaymentChannel {
  return PAYMENT_CHANNELS.find((each) => each !== channel) ?? channel;
}
