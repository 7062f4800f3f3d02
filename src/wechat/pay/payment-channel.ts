/**
 * The payment channels (支付渠道), one for each protocol of WeChat Pay. A payment and a refund store theirs, so add names,
 * but do not change one. `wechat-app-v1` is the app protocol of 2014.
 */
export const PAYMENT_CHANNELS = ['wechat-v2', 'wechat-v3', 'wechat-app-v1'] as const;
export type PaymentChannel = (typeof PAYMENT_CHANNELS)[number];

/** Channels without a call that closes a payment. Only its time limit ends such a payment. */
export const CHANNELS_WITHOUT_CLOSE: readonly PaymentChannel[] = ['wechat-app-v1'];

/**
 * The account (支付渠道账户) under which a payment or a refund is made. A payment gets it when the attempt begins, and
 * continues under it if the settings change later. A result for one account never proves a payment under another.
 */
export interface ChannelAccount {
  channel: PaymentChannel;
  appId: string;
  /** The merchant number of this protocol. */
  mchId: string;
}

/** The account that a notice names; null for a part that it does not name. */
export interface NoticeAccount {
  channel: PaymentChannel;
  appId: string | null;
  mchId: string | null;
}

/** A payment or refund with its exact request. Only the provider of its channel reads the text. */
export interface StoredRequest extends ChannelAccount {
  /** As the provider composed it. Repetitions send it unchanged. It contains no secret and no signature. */
  request: string;
}

/** True when the notice names nothing that differs from the account. */
export function isNoticeOf(account: ChannelAccount, notice: NoticeAccount): boolean {
  const isSameApp = notice.appId === null || notice.appId === account.appId;
  const isSameMerchant = notice.mchId === null || notice.mchId === account.mchId;
  return notice.channel === account.channel && isSameApp && isSameMerchant;
}
