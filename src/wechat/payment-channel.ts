/** Which protocol of WeChat Pay a payment is made by; `app-v1` is that of 2014 for apps. */
type PayProtocol = 'v2' | 'app-v1';

/**
 * By which protocol and for which app of the shop a payment was asked for. Its notices, answers and refunds carry the
 * same: a payment made in one app is never proven by the word about another.
 */
export interface PaymentChannel {
  protocol: PayProtocol;
  appid: string;
}

/** What a notice says of it. The query of `app-v1` names no app: its keys belong to one merchant number of its own. */
export interface NoticeChannel {
  protocol: PayProtocol;
  appid: string | null;
}

/**
 * Reads the origin out of what `composePrepay` wrote. The text of v2 is the fields of unifiedorder and names no protocol;
 * every other text does.
 */
export function channelOf(request: string): PaymentChannel {
  const { protocol = 'v2', appid = '' } = JSON.parse(request) as Partial<PaymentChannel>;
  return { protocol, appid };
}

export function isSameChannel(said: NoticeChannel, known: PaymentChannel): boolean {
  return said.protocol === known.protocol && (said.appid === null || said.appid === known.appid);
}
