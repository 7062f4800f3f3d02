import { isBase64, isBase64Of, isFile, isFileOf, OptionalSetting, Satisfies, matches } from '../setting-decorators.js';

const CERTIFICATE_NAMES = ['WECHAT_MCH_CERT_FILE', 'WECHAT_MCH_CERT_BASE64'] as const;
const KEY_NAMES = ['WECHAT_MCH_KEY_FILE', 'WECHAT_MCH_KEY_BASE64'] as const;
const P12_NAMES = ['WECHAT_MCH_P12_FILE', 'WECHAT_MCH_P12_BASE64'] as const;
/** The variables that set a merchant certificate or its key. */
export const CERTIFICATE_VARIABLES = [...CERTIFICATE_NAMES, ...KEY_NAMES, ...P12_NAMES];

/** The merchant's client certificate and its key, and the authorities that are trusted. */
export class CertificateSettings {
  /** `apiclient_cert.pem`. It is compared with its key when it is loaded. */
  @OptionalSetting()
  @Satisfies(
    isFileOf('CERTIFICATE'),
    'must be the path of a PEM file with at least one certificate, such as apiclient_cert.pem',
  )
  readonly WECHAT_MCH_CERT_FILE?: string;

  /** `apiclient_key.pem`. */
  @OptionalSetting()
  @Satisfies(
    isFileOf('PRIVATE KEY'),
    'must be the path of a PEM file with an unencrypted private key, such as apiclient_key.pem',
  )
  readonly WECHAT_MCH_KEY_FILE?: string;

  /** `apiclient_cert.p12`: certificate and key; its password is the merchant number. */
  @OptionalSetting()
  @Satisfies(isFile, 'must be the path of a P12 file, such as apiclient_cert.p12')
  readonly WECHAT_MCH_P12_FILE?: string;

  @OptionalSetting()
  @Satisfies(isBase64Of('CERTIFICATE'), 'must be a PEM file with at least one certificate, encoded in base64')
  readonly WECHAT_MCH_CERT_BASE64?: string;

  @OptionalSetting()
  @Satisfies(isBase64Of('PRIVATE KEY'), 'must be a PEM file with an unencrypted private key, encoded in base64')
  readonly WECHAT_MCH_KEY_BASE64?: string;

  @OptionalSetting()
  @Satisfies(isBase64, 'must be a P12 file, encoded in base64')
  readonly WECHAT_MCH_P12_BASE64?: string;

  /** The serial number of the merchant certificate, only when its key is set without the certificate. */
  @OptionalSetting()
  @Satisfies(matches(/^[0-9A-Fa-f]{8,64}$/), 'must be the serial number of the merchant certificate, 40 hex digits')
  readonly WECHAT_MCH_CERT_SERIAL?: string;

  /** A PEM file with certificate authorities to trust in addition to the usual ones. */
  @OptionalSetting()
  @Satisfies(isFileOf('CERTIFICATE'), 'must be the path of a PEM file with at least one certificate')
  readonly WECHAT_CA_FILE?: string;

  @OptionalSetting()
  @Satisfies(isBase64Of('CERTIFICATE'), 'must be a PEM file with at least one certificate, encoded in base64')
  readonly WECHAT_CA_BASE64?: string;
}

/** Checks across variables: a certificate without its key, or one thing given in two ways. @returns one line per error. */
export function validateCertificateSettings(settings: CertificateSettings): string[] {
  const findConfigured = (names: readonly (keyof CertificateSettings)[]): (keyof CertificateSettings)[] =>
    names.filter((name) => settings[name] !== undefined);
  const errorLines = [CERTIFICATE_NAMES, KEY_NAMES, P12_NAMES].flatMap((names) => {
    const [first, second] = findConfigured(names);
    return first && second ? [`${second} must not be set together with ${first}: set only one of them`] : [];
  });
  const [[certificate], [key], [p12]] = [
    findConfigured(CERTIFICATE_NAMES),
    findConfigured(KEY_NAMES),
    findConfigured(P12_NAMES),
  ];
  if (p12 && (certificate ?? key)) {
    errorLines.push(
      `${p12} must not be set together with ${String(certificate ?? key)}: it contains both certificate and key`,
    );
  } else if (certificate && !key) {
    errorLines.push(`WECHAT_MCH_KEY_FILE (or WECHAT_MCH_KEY_BASE64) is required together with ${certificate}`);
  } else if (key && !certificate && settings.WECHAT_MCH_CERT_SERIAL === undefined) {
    errorLines.push(`WECHAT_MCH_CERT_FILE (or WECHAT_MCH_CERT_BASE64) is required together with ${key}`);
  }
  return errorLines;
}
