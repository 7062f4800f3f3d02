import { X509Certificate } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { rfc3339 } from '../beijing-time.js';
import { PlatformCertificate } from '../certificates/simulator-certificates.js';
import { SeededRandom } from '../random.js';
import { Behaviours } from '../state/behaviours.js';
import { KeyRing } from './key-ring.js';
import { JsonObject, refuse, V3Call, V3Result } from './v3-call.js';
import { encryptResource } from './wire/v3-crypto.js';

const NONCE_LENGTH = 12;

/** `GET /v3/certificates`: the platform certificates. Source: WeChat Pay v3, public key mode versus certificates. */
@Injectable()
export class CertificatesCall implements V3Call {
  readonly endpoint = 'certificates';
  readonly method = 'GET';
  readonly path = '/v3/certificates';

  constructor(
    private readonly keys: KeyRing,
    private readonly behaviours: Behaviours,
    private readonly random: SeededRandom,
  ) {}

  validate(): undefined {
    return undefined;
  }

  perform(): V3Result {
    if (this.behaviours.current.v3Certificates === 'forbidden') return refuse(403, 'NO_AUTH', '商户号无权限');
    const listed = this.keys.listedCertificates();
    if (listed.length === 0) {
      return refuse(404, 'RESOURCE_NOT_EXISTS', '无可用的平台证书，请在商户平台-API安全申请使用微信支付公钥。');
    }
    return { kind: 'done', body: { data: listed.map((certificate) => this.entryOf(certificate)) } };
  }

  private entryOf({ cert, serial }: PlatformCertificate): JsonObject {
    const { validFromDate, validToDate } = new X509Certificate(cert);
    const nonce = this.random.hex(NONCE_LENGTH);
    return {
      effective_time: rfc3339(validFromDate),
      encrypt_certificate: encryptResource(cert, this.keys.apiV3Key, nonce, 'certificate'),
      expire_time: rfc3339(validToDate),
      serial_no: serial,
    };
  }
}
