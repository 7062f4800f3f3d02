import type { Clock } from '../../../../common/time/clock.js';
import {
  type NoticeRefusal,
  type PaymentNotice,
  type RefundNotice,
  refusedPaymentNotice,
  refusedRefundNotice,
} from '../../notice.js';
import type { NoticeRequest } from '../../notice-request.js';
import { decryptResource } from '../keys/aead.js';
import { type Verification, verifyMessage } from '../keys/signed-message.js';
import { isInYuan, parsePaidResult } from '../messages/payment-responses.js';
import { parseRefund } from '../messages/refund-responses.js';
import { fromRfc3339 } from '../messages/rfc3339.js';
import { fenAt, type JsonObject, objectAt, parseObject, textAt } from '../messages/strict-json.js';
import type { V3Keys } from '../transport/v3-transport.js';
import type { V3Account } from '../v3-account.js';

const REFUSALS: Readonly<Record<Exclude<Verification['kind'], 'VERIFIED'>, NoticeRefusal>> = {
  UNSIGNED: 'BAD_SIGNATURE',
  MALFORMED: 'BAD_SIGNATURE',
  BAD_SIGNATURE: 'BAD_SIGNATURE',
  STALE: 'STALE',
  UNKNOWN_SERIAL: 'UNKNOWN_KEY',
  PROBE: 'SIGNATURE_PROBE',
};

/** The events of each address, by `event_type`, with the state that the decrypted text must have. */
const PAYMENT_EVENTS: Readonly<Record<string, string>> = { 'TRANSACTION.SUCCESS': 'SUCCESS' };
const REFUND_EVENTS: Readonly<Record<string, string>> = {
  'REFUND.SUCCESS': 'SUCCESS',
  'REFUND.ABNORMAL': 'ABNORMAL',
  'REFUND.CLOSED': 'CLOSED',
};

/** A verified and decrypted notice. */
interface OpenedNotice {
  resource: JsonObject;
  /** The state that its event promises. */
  state: string;
  raw: string;
}

/**
 * Reads the notices of API v3 in the documented order: size, headers, timestamp, key, signature over the bytes, and only then the
 * JSON, the event, and the encrypted text. Source: docs/wechat-protocol.md, v3 §4 and §5.6.
 */
export class V3NoticeReader {
  /** @param account null without keys: then every notice is rejected as another merchant's. */
  constructor(
    private readonly account: V3Account | null,
    private readonly keys: V3Keys,
    private readonly clock: Clock,
  ) {}

  readPayment(request: NoticeRequest): PaymentNotice {
    const notice = this.open(request, 'transaction', PAYMENT_EVENTS);
    if (typeof notice === 'string') return refusedPaymentNotice(notice);
    const { resource, state, raw } = notice;
    const outTradeNo = textAt(resource, 'out_trade_no') ?? '';
    const [appId, mchId] = [textAt(resource, 'appid'), textAt(resource, 'mchid')];
    // A merchant may have several apps. The payment's row says which app is right.
    if (appId === null || mchId !== this.account?.mchId) return refusedPaymentNotice('FOREIGN_MERCHANT', outTradeNo);
    if (!isInYuan(resource)) return refusedPaymentNotice('FOREIGN_CURRENCY', outTradeNo);
    const paid = resource['trade_state'] === state ? parsePaidResult(resource) : null;
    if (paid === null) return refusedPaymentNotice('MALFORMED', outTradeNo);
    return { kind: 'paid', paid, account: { channel: 'wechat-v3', appId, mchId }, raw };
  }

  /** It names no app. The refund is queried all the same before anything changes, as for every protocol. */
  readRefund(request: NoticeRequest): RefundNotice {
    const notice = this.open(request, 'refund', REFUND_EVENTS);
    if (typeof notice === 'string') return refusedRefundNotice(notice);
    const { resource, state, raw } = notice;
    const outRefundNo = textAt(resource, 'out_refund_no') ?? '';
    const mchId = textAt(resource, 'mchid');
    if (mchId !== this.account?.mchId) return refusedRefundNotice('FOREIGN_MERCHANT', outRefundNo);
    const refund = resource['refund_status'] === state ? parseRefund(resource, 'refund_status') : null;
    const transactionId = textAt(resource, 'transaction_id');
    const paidFen = fenAt(objectAt(resource, 'amount') ?? {}, 'total');
    const hasTime = resource['success_time'] === undefined || fromRfc3339(resource['success_time']) !== null;
    if (refund === null || transactionId === null || paidFen === null || !hasTime)
      return refusedRefundNotice('MALFORMED', outRefundNo);
    const account = { channel: 'wechat-v3', appId: null, mchId } as const;
    // A refund made by hand in the merchant platform is notified by v2. Source: docs/wechat-protocol.md, v3 §5.6.
    return { kind: 'parsed', refund, transactionId, paidFen, account, isFromMerchantPlatform: false, raw };
  }

  /** Verifies and decrypts. @param originalType of the encrypted text. */
  private open(
    { headers, body, isTruncated }: NoticeRequest,
    originalType: 'transaction' | 'refund',
    events: Readonly<Record<string, string>>,
  ): OpenedNotice | NoticeRefusal {
    const { account } = this;
    if (account === null) return 'FOREIGN_MERCHANT';
    if (isTruncated) return 'TOO_LARGE';
    const now = this.clock.now();
    const find = (serial: string) => this.keys.store.find(serial, now);
    const verification = verifyMessage(headers, body, { find }, now);
    // WeChat repeats the notice after 15 s. If its key is a new certificate, it will be known then.
    if (verification.kind === 'UNKNOWN_SERIAL') void this.keys.updater.lookUp(verification.serial);
    if (verification.kind !== 'VERIFIED') return REFUSALS[verification.kind];
    const envelope = parseObject(body);
    const encrypted = envelope && objectAt(envelope, 'resource');
    if (envelope === null || encrypted === null) return 'MALFORMED';
    const event = textAt(envelope, 'event_type') ?? '';
    const state = Object.hasOwn(events, event) ? events[event] : undefined;
    const isExpected = envelope['resource_type'] === 'encrypt-resource' && encrypted['original_type'] === originalType;
    if (state === undefined || !isExpected) return 'UNKNOWN_EVENT';
    const { algorithm, nonce, associated_data, ciphertext } = encrypted;
    const raw = decryptResource({ algorithm, nonce, associated_data, ciphertext }, account.apiV3Key);
    if (raw === null) return 'UNDECRYPTABLE';
    const resource = parseObject(raw);
    return resource === null ? 'MALFORMED' : { resource, state, raw };
  }
}
