/** The WeChat Pay protocol of a payment; `app-v1` is the app protocol of 2014. */
type PayProtocol = 'v2' | 'app-v1';

/**
 * The payment channel (支付渠道): protocol and app of a payment. Its notices, answers and refunds carry the same values. A
 * result for one app never proves a payment in another app.
 */
export interface PaymentChannel {
  protocol: PayProtocol;
  appid: string;
}

/** The channel that a notice names. The `app-v1` query names no app: its keys belong to one Tenpay merchant number. */
export interface NoticeChannel {
  protocol: PayProtocol;
  appid: string | null;
}

/**
 * Reads the channel from a request written by `composePrepay`. A v2 request consists of the unifiedorder fields and names no
 * protocol; every other request names its protocol.
 */
export function channelOf(request: string): PaymentChannel {
  const { protocol = 'v2', appid = '' } = JSON.parse(request) as Partial<PaymentChannel>;
  return { protocol, appid };
}

export function isSameChannel(notice: NoticeChannel, known: PaymentChannel): boolean {
  return notice.protocol === known.protocol && (notice.appid === null || notice.appid === known.appid);
}
