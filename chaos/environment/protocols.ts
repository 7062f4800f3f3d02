import type { Certificates } from '../../tools/client/simulator-client.ts';
import type { GeneratedSecrets } from './run-folder.ts';

/** A version of WeChat Pay's API. */
export type Protocol = 'v2' | 'v3';

/** The protocol of a notice, by the path or URL of its address. */
export function protocolOfNotice(address: string): Protocol {
  return address.includes('/wechat/notify/v3/') ? 'v3' : 'v2';
}

/** The keys of the merchant for the protocols of the run; a shop of one protocol has no key of the other. */
export function merchantKeys(protocols: readonly Protocol[], generated: GeneratedSecrets): Record<string, string> {
  return {
    ...(protocols.includes('v2') && { WECHAT_API_KEY: generated.apiKey }),
    ...(protocols.includes('v3') && { WECHAT_API_V3_KEY: generated.apiV3Key }),
  };
}

/** What a service needs besides the merchant's keys to verify WeChat in API v3, as during the move to the public key. */
export function v3Verification({ v3 }: Certificates): Record<string, string> {
  return {
    WECHAT_PAY_PUBLIC_KEY_BASE64: Buffer.from(v3.public_key).toString('base64'),
    WECHAT_PAY_PUBLIC_KEY_ID: v3.public_key_id,
    WECHAT_PAY_PLATFORM_CERTS: 'download',
  };
}

/** The protocol of new payments of an instance: instances differ, and each restart changes it, so that both are in use at once. */
export function protocolOfStart(protocols: readonly Protocol[], instance: number, restarts: number): Protocol {
  const protocol = protocols[(instance + restarts) % protocols.length];
  if (protocol === undefined) throw new Error('The run has no protocol.');
  return protocol;
}
