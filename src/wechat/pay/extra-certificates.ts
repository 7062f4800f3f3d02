import { readFileSync } from 'node:fs';
import type { CertificateSettings } from '../../config/wechat/certificate-settings.js';

/** Certificate authorities to trust in addition to the usual ones, in PEM. */
export function extraCertificates({ WECHAT_CA_FILE: file, WECHAT_CA_BASE64: base64 }: CertificateSettings): string[] {
  return [
    ...(file === undefined ? [] : [readFileSync(file, 'utf8')]),
    ...(base64 === undefined ? [] : [Buffer.from(base64, 'base64').toString('utf8')]),
  ];
}
