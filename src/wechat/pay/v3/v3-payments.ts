import { type Outcome } from '../outcome.js';
import type { ChannelAccount, StoredRequest } from '../payment-channel.js';
import { MAX_CODE_URL_LENGTH, type PaymentQueryResult, type Prepay } from '../payment-types.js';
import { isInYuan, parsePaymentQueryResult } from './messages/payment-responses.js';
import { parseStoredPayment, type StoredPayment } from './messages/stored-request.js';
import { type JsonObject, textAt } from './messages/strict-json.js';
import { unknownV3 } from './transport/response-outcomes.js';
import type { V3Transport } from './transport/v3-transport.js';

const TRANSACTIONS = '/v3/pay/transactions';
const MAX_PREPAY_ID_LENGTH = 128;

/** The calls of API v3 about payments. Source: docs/wechat-protocol.md, v3 §2 and §3. */
export class V3Payments {
  constructor(private readonly transport: V3Transport) {}

  /** A repetition is safe: the same number with the same text gives a fresh result. */
  async prepay(payment: StoredRequest): Promise<Outcome<Prepay>> {
    const stored = parseStoredPayment(payment);
    const { path, body } = stored;
    const call = { endpoint: 'prepay', method: 'POST', path, body, isRepeatable: true } as const;
    const outcome = await this.transport.call(call);
    if (outcome.kind !== 'done') return outcome;
    const value = parsePrepay(stored, outcome.value);
    return value
      ? { ...outcome, value }
      : unknownV3(call, 'the response lacks the prepay_id or the URL', outcome.raw, { kind: 'UNUSABLE_ANSWER' });
  }

  async query(payment: StoredRequest): Promise<Outcome<PaymentQueryResult>> {
    const { outTradeNo } = parseStoredPayment(payment);
    const isSame = (answer: JsonObject): boolean => answer['out_trade_no'] === outTradeNo;
    return this.queryAt(`out-trade-no/${encodeURIComponent(outTradeNo)}`, payment, isSame);
  }

  /** By WeChat's number, which only a paid payment has. */
  queryTransaction(transactionId: string, account: ChannelAccount): Promise<Outcome<PaymentQueryResult>> {
    const isSame = (answer: JsonObject): boolean => answer['transaction_id'] === transactionId;
    return this.queryAt(`id/${encodeURIComponent(transactionId)}`, account, isSame);
  }

  /** WeChat confirms the close of a number that it does not know too, so it proves nothing. */
  async close(payment: StoredRequest): Promise<Outcome<null>> {
    const { outTradeNo } = parseStoredPayment(payment);
    const path = `${TRANSACTIONS}/out-trade-no/${encodeURIComponent(outTradeNo)}/close`;
    const body = JSON.stringify({ mchid: payment.mchId });
    const outcome = await this.transport.call({ endpoint: 'close', method: 'POST', path, body, isRepeatable: true });
    return outcome.kind === 'done' ? { ...outcome, value: null } : outcome;
  }

  private async queryAt(
    resource: string,
    { appId, mchId }: ChannelAccount,
    isSame: (answer: JsonObject) => boolean,
  ): Promise<Outcome<PaymentQueryResult>> {
    const path = `${TRANSACTIONS}/${resource}?mchid=${encodeURIComponent(mchId)}`;
    const call = { endpoint: 'query', method: 'GET', path, isRepeatable: true } as const;
    const outcome = await this.transport.call(call);
    if (outcome.kind === 'refused' && outcome.action === 'NOT_FOUND')
      return { kind: 'done', value: { state: 'NOT_FOUND' }, raw: outcome.raw };
    if (outcome.kind !== 'done') return outcome;
    const { value: answer, raw } = outcome;
    if (!isSame(answer) || answer['mchid'] !== mchId || answer['appid'] !== appId)
      return unknownV3(call, 'the response is about another payment', raw, { kind: 'UNUSABLE_ANSWER' });
    const value = isInYuan(answer) ? parsePaymentQueryResult(answer) : null;
    return value
      ? { ...outcome, value }
      : unknownV3(call, 'the response is incomplete', raw, { kind: 'UNUSABLE_ANSWER' });
  }
}

/** NATIVE and MWEB have a URL and no prepay_id. Null when the response lacks what the trade type needs. */
function parsePrepay({ tradeType }: StoredPayment, answer: JsonObject): Prepay | null {
  if (tradeType === 'JSAPI' || tradeType === 'APP') {
    const prepayId = textAt(answer, 'prepay_id');
    return prepayId === null || prepayId.length > MAX_PREPAY_ID_LENGTH ? null : { prepayId, codeUrl: null };
  }
  const codeUrl = textAt(answer, tradeType === 'NATIVE' ? 'code_url' : 'h5_url');
  return codeUrl === null || codeUrl.length > MAX_CODE_URL_LENGTH ? null : { prepayId: '', codeUrl };
}
