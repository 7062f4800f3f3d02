import { Injectable } from '@nestjs/common';
import { rfc3339 } from '../../beijing-time.js';
import { SimulatorClock } from '../../clock.js';
import { NoticeSubject } from '../../notices/notice.js';
import { SeededRandom } from '../../random.js';
import { SimulatorSettings } from '../../simulator-settings.js';
import { Behaviours } from '../../state/behaviours.js';
import { SignatureProbeSelector } from '../../state/signature-probe-selector.js';
import { AnswerWriter } from '../answer-writer.js';
import { KeyRing } from '../key-ring.js';
import { noticeView } from '../orders/transaction-view.js';
import { refundNoticeView, v3StatusOf } from '../refunds/refund-view.js';
import { JsonObject } from '../v3-call.js';
import { encryptResource, uuidOf } from '../wire/v3-crypto.js';
import { forgeV3Notice, ResourceChanges, V3NoticeContent } from './v3-forgeries.js';

export interface V3NoticeOptions {
  readonly forgery?: string | undefined;
  /** Additional fields of the encrypted content, or replacements for existing ones. */
  readonly extra?: Readonly<Record<string, string>> | undefined;
  /** Returns the payment or refund whose genuine notice `other-order` and `other-refund` send. */
  readonly findOther: () => NoticeSubject;
}

const NONCE_LENGTH = 12;
const SUMMARIES: Readonly<Record<string, string>> = { SUCCESS: '退款成功', ABNORMAL: '退款异常', CLOSED: '退款关闭' };
/** The other headers of a notice, as observed. */
const COMMON_HEADERS = { accept: '*/*', pragma: 'no-cache' };

/**
 * Writes v3 notices, genuine or forged. A repeat has the same id and body, and a fresh timestamp and signature.
 * Source: WeChat Pay v3, payment notification and refund notification.
 */
@Injectable()
export class V3NoticeWriter {
  private readonly bodies = new WeakMap<NoticeSubject, string>();
  private readonly probed = new WeakSet<NoticeSubject>();

  constructor(
    private readonly settings: SimulatorSettings,
    private readonly behaviours: Behaviours,
    private readonly keys: KeyRing,
    private readonly answers: AnswerWriter,
    private readonly probes: SignatureProbeSelector,
    private readonly random: SeededRandom,
    private readonly clock: SimulatorClock,
  ) {}

  write(subject: NoticeSubject, { forgery, extra = {}, findOther }: V3NoticeOptions): V3NoticeContent {
    const plain = { ...this.plainOf(subject), ...extra };
    const isGenuine = forgery === undefined && Object.keys(extra).length === 0;
    const seal = (content: JsonObject | string, changes?: ResourceChanges): string =>
      this.seal(contentKindOf(subject), content, changes ?? {});
    const kept = isGenuine ? (this.bodies.get(subject) ?? seal(plain)) : seal(plain);
    if (isGenuine) this.bodies.set(subject, kept);
    return forgeV3Notice(forgery ?? (isGenuine && this.isProbe(subject) ? 'probe' : undefined), {
      plain,
      genuine: kept,
      seal,
      sign: (body, fault) => this.headersOf(body, fault),
      anotherNotice: () => this.write(findOther(), { findOther }),
    });
  }

  /** A repeat of a probe is never a probe. */
  private isProbe(subject: NoticeSubject): boolean {
    if (this.probed.delete(subject) || !this.probes.shouldSendWrongSignature()) return false;
    this.probed.add(subject);
    return true;
  }

  private headersOf(body: string, fault: string | undefined): Record<string, string> {
    const signer = this.keys.signerOfNotice();
    return { ...COMMON_HEADERS, ...this.answers.signatureHeaders({ body, signer, nonce: 'mixed', fault }) };
  }

  private plainOf(subject: NoticeSubject): JsonObject {
    const plain = this.documentedContentOf(subject);
    return this.behaviours.current.unknownField ? { ...plain, sim_extra: this.random.alphanumeric(8) } : plain;
  }

  private documentedContentOf(subject: NoticeSubject): JsonObject {
    const { mch_id } = this.settings.merchant;
    switch (subject.kind) {
      case 'payment':
        return noticeView(subject.order, subject.transaction, mch_id);
      case 'refund':
        return refundNoticeView(subject.refund, subject.status, subject.endedAt, mch_id);
      case 'echo':
        return subject.content;
    }
  }

  private seal(
    { type, name, event }: ContentKind,
    content: JsonObject | string,
    { key = this.keys.apiV3Key, aad = type, resource = {}, envelope = {} }: ResourceChanges,
  ): string {
    const text = typeof content === 'string' ? content : JSON.stringify(content);
    const { algorithm, ...encrypted } = encryptResource(text, key, this.random.alphanumeric(NONCE_LENGTH), aad);
    const { ciphertext, associated_data, nonce } = encrypted;
    const now = this.clock.now();
    return JSON.stringify({
      id: uuidOf(`${name} ${now.getTime()}`),
      create_time: rfc3339(now),
      resource_type: 'encrypt-resource',
      ...event,
      resource: { original_type: type, algorithm, ciphertext, associated_data, nonce, ...resource },
      ...envelope,
    });
  }
}

/** What a notice is about, for its envelope. */
interface ContentKind {
  readonly type: 'transaction' | 'refund' | 'security';
  /** Makes the id of the notice. */
  readonly name: string;
  readonly event: { readonly event_type: string; readonly summary: string };
}

const ECHO: ContentKind = {
  type: 'security',
  name: 'echo',
  event: { event_type: 'SECURITY_ECHO.SUCCESS', summary: '回调通知成功' },
};

function contentKindOf(subject: NoticeSubject): ContentKind {
  if (subject.kind === 'echo') return ECHO;
  if (subject.kind === 'payment') {
    const event = { event_type: 'TRANSACTION.SUCCESS', summary: '支付成功' };
    return { type: 'transaction', name: subject.transaction.transactionId, event };
  }
  const status = v3StatusOf(subject.status);
  const event = { event_type: `REFUND.${status}`, summary: SUMMARIES[status] ?? '' };
  return { type: 'refund', name: subject.refund.refundId, event };
}
