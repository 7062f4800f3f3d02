import type { ErrorText } from '../../common/error-text.js';
import type { BillDownload, BillKind, BillRequest, BillWriter } from './bills/bill.js';
import type { PaymentNotice, RefundNotice } from './notice.js';
import type { NoticeReply, NoticeRequest, NoticeResult } from './notice-request.js';
import type { Outcome, Refused } from './outcome.js';
import type { ChannelAccount, PaymentChannel, StoredRequest } from './payment-channel.js';
import type {
  AbnormalRefund,
  ClientParameters,
  PaymentQueryResult,
  Prepay,
  PrepayDraft,
  RefundAccepted,
  RefundDraft,
  RefundQueryResult,
  TradeType,
} from './payment-types.js';

const noAbnormalRefundCall = ({ outRefundNo }: AbnormalRefund): Refused => ({
  kind: 'refused',
  code: 'NO_ABNORMAL_REFUND_CALL',
  message: `The protocol of refund ${outRefundNo} has no such call: complete the refund in the merchant platform.`,
  action: 'FIX_REQUEST',
  raw: '',
});

/**
 * One protocol of WeChat Pay: the only code that knows its messages, codes and stored requests. Callers find it by the
 * channel of a payment or refund in `PaymentProviderRegistry`.
 *
 * No method throws for failures of WeChat or the network: they are in the outcome, and callers must handle all three
 * kinds. `unknown` never means a refusal: the call may have had its effect.
 */
export abstract class PaymentProvider {
  abstract readonly channel: PaymentChannel;

  /**
   * False when the settings lack the keys of the protocol. Then no payment begins with it, its notice addresses respond
   * with 404, and calls about existing payments end unknown with `NOT_CONFIGURED`.
   */
  abstract readonly isConfigured: boolean;

  /** Trade types whose new payments begin with this protocol, by the settings. The registry decides between providers. */
  abstract readonly newTradeTypes: readonly TradeType[];

  /**
   * Called once for each payment attempt, before its row is written. Every repetition sends the same text: WeChat refuses
   * a known number with any difference. Makes no call.
   * @throws Error when the protocol is not configured.
   */
  abstract composePrepay(draft: PrepayDraft): StoredRequest;

  /**
   * Sends a request of `composePrepay` with a fresh signature. Repeating is safe and resolves an unknown outcome.
   * `done`: the payer can pay · `refused`: nothing has changed, and the action says how to continue.
   */
  abstract prepay(payment: StoredRequest): Promise<Outcome<Prepay>>;

  /**
   * Seconds for which a result of `prepay` can open the payment page, minus a margin. After that it must not be returned to
   * a client. 0 when `clientParameters` cannot sign.
   */
  abstract prepayTtlSeconds(payment: StoredRequest): number;

  /**
   * Signs the parameters that the client needs to open the payment page. May be repeated; makes no call.
   * @throws Error when the protocol is not configured: call it only after `prepay`, or while `prepayTtlSeconds` allows it.
   */
  abstract clientParameters(payment: StoredRequest, prepay: Prepay): ClientParameters;

  /** Queries the payment. Always safe. `refused` says nothing about the payment: treat it as unknown. */
  abstract queryPayment(payment: StoredRequest): Promise<Outcome<PaymentQueryResult>>;

  /**
   * Closes the payment, so that it can never be paid again. `done` is no proof: WeChat may silently ignore the close
   * of an order younger than five minutes, so query afterwards. Repeating is safe. A channel of `CHANNELS_WITHOUT_CLOSE`
   * always refuses.
   */
  abstract closePayment(payment: StoredRequest): Promise<Outcome<null>>;

  /**
   * The account under which refunds of this payment are made and reported; its channel may be another one. Used to query
   * a refund that this service has not composed, such as one from the merchant platform.
   */
  abstract refundAccountOf(payment: ChannelAccount): ChannelAccount;

  /**
   * Composes a refund of a payment of this channel, when it is approved or created as approved. The channel of the result
   * sends it. Every repetition sends the stored text. Staff may retry a refund that WeChat does not have: then it is
   * composed again, under the same number. Makes no call.
   */
  abstract composeRefund(draft: RefundDraft): StoredRequest;

  /**
   * Why a refund cannot be sent now, such as an expired client certificate; null when it can. It makes no call, so no
   * attempt is counted and the payment's slot is not used. `refund` refuses for the same reasons.
   */
  abstract checkRefundReady(refund: StoredRequest): Refused | null;

  /**
   * Sends a request of `composeRefund`. `done` means accepted, not refunded. Repeating is safe and resolves an unknown
   * outcome; a new number could refund twice. `refused` with GIVE_UP: query before accepting it, because an earlier call
   * with the same number may have succeeded.
   */
  abstract refund(refund: StoredRequest): Promise<Outcome<RefundAccepted>>;

  /**
   * Queries one refund, made by this service or by hand in the merchant platform. Always safe. NOT_FOUND proves nothing
   * for some minutes after a call that WeChat may have accepted.
   * @param account the refund's account, or `refundAccountOf` its payment.
   */
  abstract queryRefund(outRefundNo: string, account: ChannelAccount): Promise<Outcome<RefundQueryResult>>;

  /** Whether the protocol has `completeAbnormalRefund`, and the settings have its keys. */
  canCompleteAbnormalRefunds(): boolean {
    return false;
  }

  /**
   * Sends the money of an ABNORMAL refund elsewhere, as staff choose. `done` means accepted: the refund ends later, like any
   * other. Repeating is safe. A protocol without such a call refuses: staff complete the refund in the merchant platform.
   */
  completeAbnormalRefund(refund: AbnormalRefund): Promise<Outcome<RefundQueryResult>> {
    return Promise.resolve(noAbnormalRefundCall(refund));
  }

  /** Whether the protocol has bills of this kind, and the settings have its keys. Makes no call. */
  abstract canDownloadBill(kind: BillKind): boolean;

  /**
   * Downloads WeChat's bill of a Beijing day, which holds the trades of all protocols. Always safe to repeat, with a new
   * writer. `done`: see `BillDownload`; its `raw` is never the file · `refused`: RETRY_LATER, or the settings must be
   * fixed · `unknown`: request it again later. It takes at most MAX_BILL_DOWNLOAD_SECONDS.
   * @throws the writer's own error, unlike failures of WeChat.
   */
  abstract downloadBill(request: BillRequest, writer: BillWriter): Promise<Outcome<BillDownload>>;

  /**
   * Reads and verifies a payment notice: size, format, signature and merchant before anything else. `paid` is WeChat's
   * word, but not yet compared with the payment's row. Never throws.
   */
  abstract readPaymentNotice(request: NoticeRequest): PaymentNotice;

  /** Same for a refund notice. `ended` is only a hint: query the refund before anything changes. Never throws. */
  abstract readRefundNotice(request: NoticeRequest): RefundNotice;

  /** The exact response to a notice. After any other response than the accepting one WeChat sends the notice again. */
  abstract reply(result: NoticeResult): NoticeReply;

  /**
   * What a code of an outcome, a failed notice or a refund state means, for staff. Null for a code without a text, such as
   * one of the network. A protocol whose refunds are made by another one explains that one's codes too.
   */
  abstract explain(code: string): ErrorText | null;
}
