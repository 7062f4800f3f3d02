import { checkV3NoticeReply } from './check-notice-reply.js';
import { V3NoticeWriter } from '../v3/notices/v3-notice-writer.js';
import { Injectable } from '@nestjs/common';
import { NoticeAttempt, noticeProtocolOf, noticeAddressOf, NoticeSubject } from './notice.js';
import { NoticeDelivery, NoticeSender } from './notice-sender.js';
import { OtherSubjectFinder } from './other-subject-finder.js';
import { PaymentNoticeOptions, PaymentNoticeWriter } from '../v2/notices/payment-notice-writer.js';
import { RefundNoticeWriter } from '../v2/notices/refund-notice-writer.js';
import { V1NoticeWriter } from '../v1/v1-notice-writer.js';

export interface NoticeOptions extends ContentOptions {
  /** Number of WeChat servers that send the same notice at once; each writes its own nonce. */
  readonly connections?: number | undefined;
}

type ContentOptions = Omit<PaymentNoticeOptions, 'findOther'>;

/** Sends one notice over one or several connections at the same time. */
@Injectable()
export class NoticeDispatcher {
  constructor(
    private readonly payments: PaymentNoticeWriter,
    private readonly v1Payments: V1NoticeWriter,
    private readonly refunds: RefundNoticeWriter,
    private readonly v3Notices: V3NoticeWriter,
    private readonly otherSubjects: OtherSubjectFinder,
    private readonly sender: NoticeSender,
  ) {}

  /** Resolves with an empty list when the subject has no notify_url. */
  send(subject: NoticeSubject, { connections = 1, ...options }: NoticeOptions): Promise<NoticeAttempt[]> {
    const { url, numbers } = noticeAddressOf(subject);
    if (url === undefined) return Promise.resolve([]);
    const deliveries = Array.from({ length: connections }, () => {
      return { url, numbers, ...this.contentOf(subject, options) };
    });
    return Promise.all(deliveries.map((delivery) => this.sender.send(delivery)));
  }

  private contentOf(subject: NoticeSubject, options: ContentOptions): Omit<NoticeDelivery, 'url' | 'numbers'> {
    const { forgery } = options;
    if (subject.kind === 'echo' || noticeProtocolOf(subject) === 'v3') return this.v3Content(subject, options);
    if (subject.kind === 'refund') {
      const findOther = () => this.otherSubjects.findOtherRefund(subject);
      return { body: this.refunds.write(subject, { ...options, findOther }), forgery };
    }
    const payment = { ...options, findOther: () => this.otherSubjects.findOtherPayment(subject) };
    if (subject.order.protocol === 'v1') return { ...this.v1Payments.write(subject, payment), forgery };
    return { body: this.payments.write(subject, payment), forgery };
  }

  private v3Content(subject: NoticeSubject, options: ContentOptions): Omit<NoticeDelivery, 'url' | 'numbers'> {
    const findOther = () => this.otherSubjects.findOther(subject);
    const { body, headers, isProbe = false } = this.v3Notices.write(subject, { ...options, findOther });
    return {
      body,
      headers,
      contentType: 'application/json',
      forgery: isProbe ? 'probe' : options.forgery,
      checkReply: (status) => checkV3NoticeReply(status, isProbe),
    };
  }
}
