import { parseFen } from '../../../common/fen.js';
import type { Outcome } from '../outcome.js';
import type { ChannelAccount, StoredRequest } from '../payment-channel.js';
import type { RefundAccepted, RefundDraft, RefundQueryResult } from '../payment-types.js';
import { listRefundNumbers, parseRefundAccepted, parseRefundAt } from './messages/refund-responses.js';
import type { Fields, SignType } from './signature.js';
import { merchantFields, parseRequest } from './v2-account.js';
import { truncateToBytes } from '../messages/truncate-to-bytes.js';
import { unknownOutcome, type WechatPayV2Transport } from './wechat-pay-v2.transport.js';

const MAX_REFUND_REASON_BYTES = 80;
/** An order has at most fifty refunds, and a response lists ten. */
const MAX_PAGES = 6;

/** The refund calls of WeChat Pay v2, for payments of any protocol. */
export class V2Refunds {
  constructor(
    private readonly transport: WechatPayV2Transport,
    private readonly signType: SignType,
  ) {}

  /**
   * WeChat needs one number of the payment and prefers its own.
   * @param account the refund's account: the app is the payment's, not the configured one.
   */
  compose(draft: RefundDraft, account: ChannelAccount): StoredRequest {
    // Trimmed again after the cut: the signature covers every byte, and WeChat may trim what it reads.
    const reason = truncateToBytes(draft.reason.trim(), MAX_REFUND_REASON_BYTES).trim();
    const fields: Fields = {
      ...merchantFields(account, this.signType),
      transaction_id: draft.transactionId,
      out_refund_no: draft.outRefundNo,
      total_fee: String(draft.paidFen),
      refund_fee: String(draft.refundFen),
      refund_fee_type: 'CNY',
      ...(reason !== '' && { refund_desc: reason }),
      notify_url: `${draft.notifyUrlBase}/refund`,
    };
    return { ...account, request: JSON.stringify(fields) };
  }

  async refund(refund: StoredRequest): Promise<Outcome<RefundAccepted>> {
    const fields = parseRequest(refund);
    const outcome = await this.transport.call('refund', fields);
    if (outcome.kind !== 'done') return outcome;
    const accepted = parseRefundAccepted(outcome.value, fields);
    return accepted
      ? { ...outcome, value: accepted }
      : unknownOutcome('refund: the response is incomplete or about another refund', outcome.raw);
  }

  /** Reads further pages while WeChat reports more refunds than it has listed and ours was not among them. */
  async query(outRefundNo: string, account: ChannelAccount): Promise<Outcome<RefundQueryResult>> {
    const fields = { ...merchantFields(account, this.signType), out_refund_no: outRefundNo };
    let raw: string | null = null;
    for (let page = 0, offset = 0; page < MAX_PAGES; page++) {
      const outcome = await this.transport.call(
        'refundquery',
        page === 0 ? fields : { ...fields, offset: String(offset) },
      );
      if (outcome.kind === 'unknown') return outcome;
      if (outcome.kind === 'refused') {
        // An order that has listed refunds cannot have none: a refused page only means that it was not read.
        if (page > 0) return unknownOutcome(`refundquery: page ${page} is refused with ${outcome.code}`, outcome.raw);
        if (outcome.action !== 'NOT_FOUND') return outcome;
        return { kind: 'done', value: { state: 'NOT_FOUND' }, raw: outcome.raw };
      }
      raw = outcome.raw;
      const listed = listRefundNumbers(outcome.value);
      const ours = listed.find((refund) => refund.outRefundNo === outRefundNo);
      if (ours) {
        const refund = parseRefundAt(ours.index, outcome.value);
        return refund ? { ...outcome, value: refund } : unknownOutcome('refundquery: the response is incomplete', raw);
      }
      offset += listed.length;
      if (listed.length === 0 || offset >= (parseFen(outcome.value['total_refund_count']) ?? 0)) break;
    }
    return unknownOutcome('refundquery: the response does not list our refund', raw);
  }
}
