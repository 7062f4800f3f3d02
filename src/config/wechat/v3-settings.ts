import { IsIn } from 'class-validator';
import { isBase64Of, isFileOf, matches, OptionalSetting, Satisfies } from '../setting-decorators.js';
import type { CertificateSettings } from './certificate-settings.js';

/** The APIv3 key of the simulator's merchant. Not valid at WeChat. */
export const SIMULATED_V3_KEY = { WECHAT_API_V3_KEY: 'SimulatorApiV3Key0DoNotUseIt0001' } as const;

/** The variables that contain WeChat Pay's public key. */
const PUBLIC_KEY_NAMES = ['WECHAT_PAY_PUBLIC_KEY_FILE', 'WECHAT_PAY_PUBLIC_KEY_BASE64'] as const;

/** The variables that set WeChat's public key or its id. */
export const PUBLIC_KEY_VARIABLES = [...PUBLIC_KEY_NAMES, 'WECHAT_PAY_PUBLIC_KEY_ID'] as const;

/** The simulator's merchant as far as API v3 is concerned. */
export function v3SimulatorMerchant({ WECHAT_API_V3_KEY: key }: V3Settings) {
  return { ...(key !== undefined && { api_v3_key: key }) };
}

/** The settings of WeChat Pay API v3, which is configured when its key is set. */
export class V3Settings {
  /** The protocol of new payments. Default: v3 when WECHAT_API_V3_KEY is set and in simulator mode, otherwise v2. */
  @IsIn(['v2', 'v3'], { message: '$property must be v2 or v3' })
  readonly WECHAT_PAY_PROTOCOL!: 'v2' | 'v3';

  @OptionalSetting()
  @Satisfies(matches(/^[\x21-\x7e]{32}$/), 'must be the 32 letters and digits of the APIv3 key')
  readonly WECHAT_API_V3_KEY?: string;

  /** `pub_key.pem`, the public key of WeChat Pay (微信支付公钥). */
  @OptionalSetting()
  @Satisfies(isFileOf('PUBLIC KEY'), 'must be the path of a PEM file with the public key of WeChat Pay, pub_key.pem')
  readonly WECHAT_PAY_PUBLIC_KEY_FILE?: string;

  @OptionalSetting()
  @Satisfies(isBase64Of('PUBLIC KEY'), 'must be the PEM file of the public key of WeChat Pay, encoded in base64')
  readonly WECHAT_PAY_PUBLIC_KEY_BASE64?: string;

  @OptionalSetting()
  @Satisfies(
    matches(/^PUB_KEY_ID_\w{1,100}$/),
    'must be the id of the public key of WeChat Pay, PUB_KEY_ID_ and digits',
  )
  readonly WECHAT_PAY_PUBLIC_KEY_ID?: string;

  /** Whether platform certificates (平台证书) are downloaded. Default: download when no public key is set, otherwise off. */
  @IsIn(['download', 'off'], { message: '$property must be download or off' })
  readonly WECHAT_PAY_PLATFORM_CERTS!: 'download' | 'off';
}

/**
 * Checks across variables: half a public key, one thing given in two ways, or API v3 without a key to sign with or to verify
 * with. @returns one line per error.
 */
export function validateV3Settings(
  settings: V3Settings,
  certificate: CertificateSettings,
  { isLive }: { isLive: boolean },
): string[] {
  const [first, second] = PUBLIC_KEY_NAMES.filter((name) => settings[name] !== undefined);
  const id = settings.WECHAT_PAY_PUBLIC_KEY_ID;
  const errorLines: string[] = [];
  if (first && second) errorLines.push(`${second} must not be set together with ${first}: set only one of them`);
  if (first && id === undefined) errorLines.push(`WECHAT_PAY_PUBLIC_KEY_ID is required together with ${first}`);
  if (!first && id !== undefined)
    errorLines.push(
      'WECHAT_PAY_PUBLIC_KEY_FILE (or WECHAT_PAY_PUBLIC_KEY_BASE64) is required together with WECHAT_PAY_PUBLIC_KEY_ID',
    );
  const isConfigured = settings.WECHAT_API_V3_KEY !== undefined;
  if (!isConfigured && settings.WECHAT_PAY_PROTOCOL === 'v3')
    errorLines.push('WECHAT_API_V3_KEY is required with WECHAT_PAY_PROTOCOL=v3');
  // The keys of the simulator are only known after it has started.
  if (isConfigured && isLive) errorLines.push(...validateKeys(settings, certificate, first ?? id));
  return errorLines;
}

function validateKeys(settings: V3Settings, certificate: CertificateSettings, publicKey: string | undefined): string[] {
  const { WECHAT_MCH_KEY_FILE, WECHAT_MCH_KEY_BASE64, WECHAT_MCH_P12_FILE, WECHAT_MCH_P12_BASE64 } = certificate;
  const keys = [WECHAT_MCH_KEY_FILE, WECHAT_MCH_KEY_BASE64, WECHAT_MCH_P12_FILE, WECHAT_MCH_P12_BASE64];
  return [
    ...(keys.every((value) => value === undefined)
      ? ['WECHAT_MCH_KEY_FILE and WECHAT_MCH_CERT_FILE (or WECHAT_MCH_P12_FILE) are required with WECHAT_API_V3_KEY']
      : []),
    ...(publicKey === undefined && settings.WECHAT_PAY_PLATFORM_CERTS === 'off'
      ? [
          'WECHAT_PAY_PUBLIC_KEY_FILE is required with WECHAT_PAY_PLATFORM_CERTS=off: otherwise no response can be verified',
        ]
      : []),
  ];
}
