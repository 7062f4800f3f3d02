import { Injectable } from '@nestjs/common';
import { SimulatorClock } from '../clock.js';
import { NoticeScheduler } from '../notices/notice-scheduler.js';
import { checkBody, Schema } from './body-schema.js';
import { KeyRing } from './key-ring.js';
import { notifyUrl } from './orders/order-schema.js';
import { parameterError, V3Call, V3Refusal, V3Request, V3Result, WRONG_KEY_ID } from './v3-call.js';
import { encryptField } from './wire/v3-crypto.js';

const SCHEMA: Schema = {
  echo_message: { label: '回显消息', type: 'string', max: 1024, required: true },
  encrypted_echo_message: { label: '加密回显消息', type: 'string', max: 1024 },
  notify_url: notifyUrl(false),
};

/**
 * `POST /v3/security/echo`: tests the keys of both sides. The encrypted message comes back encrypted for the merchant's
 * certificate. Source: WeChat Pay v3, self-test call.
 */
@Injectable()
export class SecurityEchoCall implements V3Call {
  readonly endpoint = 'security_echo';
  readonly method = 'POST';
  readonly path = '/v3/security/echo';

  constructor(
    private readonly keys: KeyRing,
    private readonly notices: NoticeScheduler,
    private readonly clock: SimulatorClock,
  ) {}

  validate({ body, keyId }: V3Request): V3Refusal | undefined {
    if (keyId === undefined) return WRONG_KEY_ID;
    const invalid = checkBody(body, SCHEMA);
    const encrypted = body['encrypted_echo_message'];
    const isReadable = encrypted === undefined || this.keys.decrypt(encrypted, keyId) !== undefined;
    if (invalid !== undefined || isReadable) return invalid;
    return parameterError('加密回显消息解密失败', { location: 'body', value: encrypted });
  }

  perform({ body, keyId }: V3Request): V3Result {
    const { echo_message, notify_url: notifyUrl } = body;
    const secret = this.keys.decrypt(body['encrypted_echo_message'], keyId);
    const again = secret === undefined ? undefined : encryptField(secret, this.keys.merchantPublicKey);
    if (typeof notifyUrl === 'string') {
      const content = { echo_message, ...(again !== undefined && { encrypt_echo_message: again }) };
      const subject = { kind: 'echo', notifyUrl, content, requestedAt: this.clock.now() } as const;
      void this.notices.scheduleNotice(subject, 'normal');
    }
    return { kind: 'done', body: { echo_message, ...(again !== undefined && { encrypted_echo_message: again }) } };
  }
}
