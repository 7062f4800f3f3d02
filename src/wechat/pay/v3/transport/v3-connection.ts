import type { Clock } from '../../../../common/time/clock.js';
import type {
  WechatHttpClient,
  WechatHttpDownload,
  WechatHttpRequest,
  WechatHttpResult,
} from '../../wechat-http-client.js';
import type { MerchantKey } from '../../certificate/merchant-key.js';
import { authorizationOf } from '../keys/merchant-signer.js';
import type { WechatKeyStore } from '../keys/wechat-key-store.js';
import type { V3Account } from '../v3-account.js';

/** WeChat refuses some calls without one. */
const USER_AGENT = 'wx-checkout';

type Sent<Result extends { kind: string }> = Exclude<Result, { kind: 'not sent' }>;

/** One request of API v3, without its signature. */
export interface V3Request {
  method: 'GET' | 'POST';
  /** Path and query, percent-encoded: exactly this text is signed. */
  path: string;
  body?: string;
  /** The key that encrypted fields of the body; otherwise the key with which WeChat should sign its response. */
  wechatKeyId?: string;
  /** True when WeChat may receive it twice, so that the backup host is tried when no response came. */
  isRepeatable: boolean;
}

/** Signs requests of API v3 and sends them. Source: docs/wechat-protocol.md, v3 §1.2. */
export class V3Connection {
  /** @param merchantKey reads the current key, because its file may be replaced; null without one. */
  constructor(
    readonly account: V3Account,
    private readonly merchantKey: () => MerchantKey | null,
    private readonly keys: WechatKeyStore,
    private readonly http: WechatHttpClient,
    private readonly clock: Clock,
  ) {}

  /** The key with which requests and the parameters of clients are signed. */
  key(): MerchantKey | null {
    return this.merchantKey();
  }

  /** The signature does not cover the host, so it is valid on the backup host too. Null without a merchant key. */
  async send(call: V3Request): Promise<Sent<WechatHttpResult> | null> {
    const request = this.sign(call, this.account.baseUrls);
    if (request === null) return null;
    const result = await this.http.send(request);
    // Only the client with a TLS identity refuses to send.
    return result.kind === 'not sent' ? null : result;
  }

  /**
   * Sends a request whose response is a file.
   * @param baseUrls hosts of this account's WeChat: a signature must not be sent to any other.
   */
  async download(
    call: V3Request,
    baseUrls: readonly string[],
    signal: AbortSignal,
  ): Promise<Sent<WechatHttpDownload> | null> {
    const request = this.sign(call, baseUrls);
    if (request === null) return null;
    const result = await this.http.download(request, signal);
    return result.kind === 'not sent' ? null : result;
  }

  private sign(
    { method, path, body, wechatKeyId, isRepeatable }: V3Request,
    baseUrls: readonly string[],
  ): WechatHttpRequest | null {
    const key = this.merchantKey();
    if (key === null) return null;
    const now = this.clock.now();
    const { mchId } = this.account;
    const keyId = wechatKeyId ?? this.keys.preferredId(now);
    return {
      method,
      baseUrls,
      path,
      isRepeatable,
      contentType: 'application/json',
      ...(body !== undefined && { body }),
      headers: {
        accept: 'application/json',
        'user-agent': USER_AGENT,
        authorization: authorizationOf({ method, path, body: body ?? '' }, { mchId, key, now }),
        ...(keyId !== null && { 'wechatpay-serial': keyId }),
      },
    };
  }
}
