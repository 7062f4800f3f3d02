import { isObject, JsonObject } from '../v3-call.js';
import { TWO_MEGABYTES } from '../../v2/notices/broken-xml.js';

/** A notice as it is sent. */
export interface V3NoticeContent {
  readonly body: string;
  readonly headers: Readonly<Record<string, string>>;
  /** WeChat tests the client with a wrong signature (签名探测). */
  readonly isProbe?: boolean;
}

/** What a forgery changes in the encryption or in the envelope. `undefined` as a value removes a field. */
export interface ResourceChanges {
  readonly key?: string;
  readonly aad?: string;
  readonly resource?: JsonObject;
  readonly envelope?: JsonObject;
}

/** What a forgery is made from. */
export interface V3ForgeryContext {
  /** The genuine content before the encryption. */
  readonly plain: JsonObject;
  /** The genuine body. */
  readonly genuine: string;
  /** Encrypts a content, with the merchant's key unless changed, and puts it into the envelope. */
  readonly seal: (content: JsonObject | string, changes?: ResourceChanges) => string;
  /** Signs with WeChat's key; the fault makes only the signature or its headers wrong. */
  readonly sign: (body: string, fault?: string) => Record<string, string>;
  /** A genuine notice of another payment or refund. */
  readonly anotherNotice: () => V3NoticeContent;
}

type Forge = (context: V3ForgeryContext) => V3NoticeContent;

const signed = (body: string, { sign }: V3ForgeryContext): V3NoticeContent => ({ body, headers: sign(body) });

const withSignature =
  (fault: string, isProbe = false): Forge =>
  ({ genuine, sign }) => ({ body: genuine, headers: sign(genuine, fault), ...(isProbe && { isProbe }) });

/** Validly encrypted and signed, with changed content. */
const withContent =
  (changes: (plain: JsonObject) => JsonObject): Forge =>
  (context) =>
    signed(context.seal({ ...context.plain, ...changes(context.plain) }), context);

const withAmount = (changes: (amount: JsonObject) => JsonObject): Forge =>
  withContent(({ amount }) => ({ amount: isObject(amount) ? { ...amount, ...changes(amount) } : {} }));

/** Changes the amount of the payment, or of the refund in a notice of a refund. */
const feeChangedBy = (fen: number): Forge =>
  withAmount((amount) => {
    const name = 'refund' in amount ? 'refund' : 'total';
    return { [name]: Math.max(0, Number(amount[name]) + fen) };
  });

/** Validly signed, with another encryption or envelope. */
const sealed =
  (changes: ResourceChanges | ((context: V3ForgeryContext) => ResourceChanges)): Forge =>
  (context) =>
    signed(context.seal(context.plain, typeof changes === 'function' ? changes(context) : changes), context);

const withCiphertext = (rewrite: (ciphertext: string) => string): Forge =>
  sealed(({ genuine }) => {
    const { resource } = JSON.parse(genuine) as { resource: { ciphertext: string } };
    return { resource: { ciphertext: rewrite(resource.ciphertext) } };
  });

/** Validly signed, with a body that must be refused unread. */
const withBody =
  (rewrite: (body: string) => string): Forge =>
  (context) =>
    signed(rewrite(context.genuine), context);

const XML = '<xml><return_code><![CDATA[SUCCESS]]></return_code></xml>';

const FORGERIES: Readonly<Record<string, Forge>> = {
  'no-sign': withSignature('no_signature'),
  'wrong-sign': withSignature('wrong_signature'),
  'empty-sign': ({ genuine, sign }) => ({ body: genuine, headers: { ...sign(genuine), 'wechatpay-signature': '' } }),
  'wrong-serial': withSignature('wrong_serial'),
  'stale-timestamp': withSignature('stale_timestamp'),
  probe: withSignature('probe', true),
  'tampered-fee': ({ genuine, sign, seal, plain }) => {
    const amount = isObject(plain['amount']) ? plain['amount'] : {};
    return { body: seal({ ...plain, amount: { ...amount, total: 1 } }), headers: sign(genuine) };
  },
  'altered-body': ({ genuine, sign }) => ({ body: `${genuine} `, headers: sign(genuine) }),
  'other-appid': withContent(() => ({ appid: 'wx0123456789abcdef' })),
  'other-mch': withContent(() => ({ mchid: '1900000999' })),
  'lower-fee': feeChangedBy(-1),
  'higher-fee': feeChangedBy(1),
  'other-total': withAmount(({ total }) => ({ total: Number(total) + 1 })),
  'missing-fee': withContent(() => ({ amount: undefined })),
  'foreign-currency': withAmount(() => ({ currency: 'USD', payer_currency: 'USD' })),
  'unknown-order': withContent(() => ({ out_trade_no: 'NOSUCHORDER00001' })),
  'unknown-refund': withContent(() => ({
    out_refund_no: 'NOSUCHREFUND00001',
    refund_id: '50000000002020010100000000000',
  })),
  'other-refund-id': withContent(() => ({ refund_id: '50000000002020010100000000000' })),
  'unknown-status': withContent(() => ({ refund_status: 'NOTSURE' })),
  'failed-result': withContent(() => ({ trade_state: 'PAYERROR', refund_status: 'NOTSURE' })),
  'failed-return': sealed({ envelope: { event_type: 'TRANSACTION.FAIL' } }),
  'other-order': ({ anotherNotice }) => anotherNotice(),
  'other-refund': ({ anotherNotice }) => anotherNotice(),
  'other-key': sealed({ key: '0'.repeat(32) }),
  'wrong-aad': (context) =>
    signed(context.seal(context.plain, { aad: 'certificate', resource: { associated_data: 'transaction' } }), context),
  'garbage-req-info': withCiphertext(() => '*** not base64 ***'),
  'truncated-req-info': withCiphertext((ciphertext) => ciphertext.slice(0, 200)),
  'plain-req-info': (context) => {
    const ciphertext = Buffer.from(JSON.stringify(context.plain)).toString('base64');
    return signed(context.seal(context.plain, { resource: { ciphertext } }), context);
  },
  'empty-req-info': withCiphertext(() => ''),
  'no-req-info': sealed({ envelope: { resource: undefined } }),
  'req-info-doctype': (context) => signed(context.seal(`<!DOCTYPE root [<!ENTITY a "b">]>\n${XML}`), context),
  'req-info-json': (context) => signed(context.seal('{"refund_status":"SUCCESS","trade_state":"SUCCESS"}'), context),
  'duplicate-element': withBody((body) => `${body.slice(0, -1)},"resource":{}}`),
  huge: withContent(() => ({ attach: TWO_MEGABYTES })),
  truncated: withBody((body) => body.slice(0, body.length / 2)),
  empty: withBody(() => ''),
  garbage: withBody(() => '\u0000\u0001{{{"resource":'),
  json: withBody(() => '{"return_code":"SUCCESS","result_code":"SUCCESS"}'),
  doctype: withBody(() => `<!DOCTYPE xml>\n${XML}`),
  'external-entity': withBody(() => `<!DOCTYPE xml [<!ENTITY s SYSTEM "file:///etc/hostname">]>\n${XML}`),
  'entity-bomb': withBody(() => `<!DOCTYPE xml [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>\n${XML}`),
};

/** About content that only one of the two notices has. */
const ONLY_IN: Readonly<Record<'notice' | 'refund-notice', readonly string[]>> = {
  notice: ['other-order', 'foreign-currency', 'failed-result'],
  'refund-notice': ['other-refund', 'other-refund-id', 'unknown-refund', 'unknown-status'],
};

/** The names of the forgeries that fit any content: those of the notice of the self-test call. */
export const V3_ECHO_FORGERIES: readonly string[] = [
  ...(['no-sign', 'wrong-sign', 'empty-sign', 'wrong-serial', 'stale-timestamp', 'probe', 'altered-body'] as const),
  ...(['other-key', 'wrong-aad', 'truncated', 'empty', 'garbage'] as const),
];

/** The names of the forgeries of payment notices or of refund notices. Most of them are those of v2. */
export function v3ForgeriesOf(endpoint: 'notice' | 'refund-notice'): readonly string[] {
  const others = ONLY_IN[endpoint === 'notice' ? 'refund-notice' : 'notice'];
  return Object.keys(FORGERIES).filter((name) => !others.includes(name));
}

/** Writes the genuine notice when no kind is given. @throws RangeError for an unknown kind */
export function forgeV3Notice(kind: string | undefined, context: V3ForgeryContext): V3NoticeContent {
  if (kind === undefined) return signed(context.genuine, context);
  const forge = FORGERIES[kind];
  if (forge === undefined) throw new RangeError(`There is no v3 notice forgery ${kind}`);
  return forge(context);
}
