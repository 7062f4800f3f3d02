import { type NoticeRefusal, type PaymentNotice, refusedPaymentNotice } from '../notice.js';
import type { NoticeRequest } from '../notice-request.js';
import type { Fields } from '../v2/signature.js';
import { parseXml } from '../../xml.js';
import { isAppSigned, isPartnerSigned } from './signatures.js';
import type { AppV1Account } from './app-v1-account.js';
import { parseQuery } from './query-string.js';
import { TRADE_PAID, parsePaidTrade } from './trade.js';

/**
 * Reads the payment notices of the app protocol of 2014. The trade is in the query, signed with the PartnerKey over its
 * raw bytes. The payer is in an XML body, signed with the PaySignKey. Source: docs/wechat-protocol.md, v1 §5.
 */
export class AppV1PaymentNoticeReader {
  /** @param account null without keys: then every notice is rejected as another merchant's. */
  constructor(private readonly account: AppV1Account | null) {}

  read({ query, body, isTruncated }: NoticeRequest): PaymentNotice {
    const { account } = this;
    if (!account) return refusedPaymentNotice('FOREIGN_MERCHANT');
    if (isTruncated) return refusedPaymentNotice('TOO_LARGE');
    const trade = parseQuery(query);
    if (trade === null) return refusedPaymentNotice('MALFORMED');
    // All parameters that are read here are plain ASCII. Those that may be Chinese are not read.
    const valueOf = (name: string): string => trade.get(name)?.toString('latin1') ?? '';
    const outTradeNo = valueOf('out_trade_no');
    const refuse = (reason: NoticeRefusal): PaymentNotice => refusedPaymentNotice(reason, outTradeNo);

    const payer = parsePayer(body);
    if (payer === undefined) return refuse('MALFORMED');
    if (!isPartnerSigned(trade, account.partnerKey)) return refuse('BAD_SIGNATURE');
    if (payer !== null && !isPayerSigned(payer, account.paySignKey)) return refuse('BAD_SIGNATURE');
    if (valueOf('partner') !== account.partnerId) return refuse('FOREIGN_MERCHANT');
    if (outTradeNo === '' || valueOf('trade_state') === '') return refuse('MALFORMED');
    if (valueOf('trade_state') !== TRADE_PAID)
      return { kind: 'failed', outTradeNo, code: `TRADE_STATE ${valueOf('trade_state')}` };
    if (!['', '1'].includes(valueOf('fee_type'))) return refuse('FOREIGN_CURRENCY');
    const paid = parsePaidTrade(valueOf);
    if (paid === null) return refuse('MALFORMED');
    const named = { appId: payer?.['AppId'] ?? null, mchId: account.partnerId };
    return { kind: 'paid', paid, account: { channel: 'wechat-app-v1', ...named } };
  }
}

/** Null without a body, as in a GET; undefined for a body that WeChat would not send. */
function parsePayer(bytes: Buffer): Fields | null | undefined {
  if (bytes.length === 0) return null;
  try {
    const payer = parseXml(bytes);
    return payer['AppId'] ? payer : undefined;
  } catch {
    return undefined;
  }
}

function isPayerSigned({ AppSignature = '', ...payer }: Fields, paySignKey: string): boolean {
  const { AppId: appid = '', IsSubscribe: issubscribe = '', NonceStr: noncestr = '' } = payer;
  const { OpenId: openid = '', TimeStamp: timestamp = '' } = payer;
  return isAppSigned(AppSignature, { appid, issubscribe, noncestr, openid, timestamp }, paySignKey);
}
