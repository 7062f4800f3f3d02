import type { Outcome } from '../outcome.js';
import type { ChannelAccount, StoredRequest } from '../payment-channel.js';
import type {
  AbnormalRefund,
  RefundAccepted,
  RefundDestination,
  RefundDraft,
  RefundQueryResult,
} from '../payment-types.js';
import { encryptOaep } from './keys/rsa.js';
import type { WechatPublicKey } from './keys/wechat-key-store.js';
import { buildRefund, parseStoredRefund } from './messages/refund-request.js';
import { parseRefund, parseRefundAccepted } from './messages/refund-responses.js';
import { unknownV3 } from './transport/response-outcomes.js';
import type { V3Transport } from './transport/v3-transport.js';

const REFUNDS = '/v3/refund/domestic/refunds';

/** The refund calls of API v3, for payments of any protocol. Source: docs/wechat-protocol.md, v3 §5. */
export class V3Refunds {
  /** @param encryptionKey the current key of WeChat for sensitive fields; null while none is known. */
  constructor(
    private readonly transport: V3Transport,
    private readonly encryptionKey: () => WechatPublicKey | null,
  ) {}

  compose(draft: RefundDraft, account: ChannelAccount): StoredRequest {
    return { ...account, request: JSON.stringify(buildRefund(draft)) };
  }

  /** Sent to one host only: after a doubtful outcome the refund is queried first. */
  async refund(refund: StoredRequest): Promise<Outcome<RefundAccepted>> {
    const call = { endpoint: 'refund', method: 'POST', path: REFUNDS, isRepeatable: false } as const;
    const facts = parseStoredRefund(refund);
    const outcome = await this.transport.call({ ...call, body: refund.request });
    if (outcome.kind !== 'done') return outcome;
    const value = parseRefundAccepted(outcome.value, facts);
    return value ? { ...outcome, value } : incomplete(call, outcome.raw);
  }

  /** By our number, without an age limit. A refund that was accepted a moment ago may not be found yet. */
  async query(outRefundNo: string): Promise<Outcome<RefundQueryResult>> {
    const path = `${REFUNDS}/${encodeURIComponent(outRefundNo)}`;
    const call = { endpoint: 'refundquery', method: 'GET', path, isRepeatable: true } as const;
    const outcome = await this.transport.call(call);
    if (outcome.kind === 'refused' && outcome.action === 'NOT_FOUND')
      return { kind: 'done', value: { state: 'NOT_FOUND' }, raw: outcome.raw };
    if (outcome.kind !== 'done') return outcome;
    const value = parseRefund(outcome.value, 'status');
    return value?.outRefundNo === outRefundNo ? { ...outcome, value } : incomplete(call, outcome.raw);
  }

  /** Source: docs/wechat-protocol.md, v3 §5.5. */
  async completeAbnormal({
    outRefundNo,
    wechatRefundId,
    destination,
  }: AbnormalRefund): Promise<Outcome<RefundQueryResult>> {
    const path = `${REFUNDS}/${encodeURIComponent(wechatRefundId)}/apply-abnormal-refund`;
    const call = { endpoint: 'abnormal', method: 'POST', path, isRepeatable: false } as const;
    const key = this.encryptionKey();
    if (key === null)
      return unknownV3(call, 'no key of WeChat is known to encrypt with', null, { kind: 'NOT_CONFIGURED' });
    const body = JSON.stringify({ out_refund_no: outRefundNo, ...fieldsOf(destination, key) });
    const outcome = await this.transport.call({ ...call, body, wechatKeyId: key.id });
    if (outcome.kind !== 'done') return outcome;
    const value = parseRefund(outcome.value, 'status');
    return value?.outRefundNo === outRefundNo ? { ...outcome, value } : incomplete(call, outcome.raw);
  }
}

function fieldsOf(destination: RefundDestination, { key }: WechatPublicKey): Record<string, string> {
  if (destination.to === 'MERCHANT') return { type: 'MERCHANT_BANK_CARD' };
  const { bankType: bank_type, bankAccount, realName } = destination;
  return {
    type: 'USER_BANK_CARD',
    bank_type,
    bank_account: encryptOaep(bankAccount, key),
    real_name: encryptOaep(realName, key),
  };
}

function incomplete(call: { endpoint: 'refund' | 'refundquery' | 'abnormal' }, raw: string): Outcome<never> {
  return unknownV3(call, 'the response is incomplete or about another refund', raw, { kind: 'UNUSABLE_ANSWER' });
}
