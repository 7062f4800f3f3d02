import { Injectable } from '@nestjs/common';
import { NoticeAttempt } from './notice.js';
import { NoticeDelivery, NoticeSender } from './notice-sender.js';
import { noticeAddressOf, NoticeSubject } from './notice-subject.js';
import { OtherSubjectFinder } from './other-subject-finder.js';
import { PaymentNoticeOptions, PaymentNoticeWriter } from './payment-notice-writer.js';
import { RefundNoticeWriter } from './refund-notice-writer.js';
import { V1NoticeWriter } from './v1-notice-writer.js';

export interface NoticeOptions extends Omit<PaymentNoticeOptions, 'findOther'> {
  /** Number of WeChat servers that send the same notice at once; each writes its own nonce. */
  readonly connections?: number | undefined;
}

/** Sends one notice over one or several connections at the same time. */
@Injectable()
export class NoticeDispatcher {
  constructor(
    private readonly payments: PaymentNoticeWriter,
    private readonly v1Payments: V1NoticeWriter,
    private readonly refunds: RefundNoticeWriter,
    private readonly otherSubjects: OtherSubjectFinder,
    private readonly sender: NoticeSender,
  ) {}

  /** Resolves with an empty list when the subject has no notify_url. */
  send(subject: NoticeSubject, { connections = 1, ...options }: NoticeOptions): Promise<NoticeAttempt[]> {
    const { url, numbers } = noticeAddressOf(subject);
    if (url === undefined) return Promise.resolve([]);
    const deliveries = Array.from({ length: connections }, () => {
      return { url, numbers, ...this.contentOf(subject, options), forgery: options.forgery };
    });
    return Promise.all(deliveries.map((delivery) => this.sender.send(delivery)));
  }

  private contentOf(
    subject: NoticeSubject,
    options: Omit<PaymentNoticeOptions, 'findOther'>,
  ): Pick<NoticeDelivery, 'query' | 'body'> {
    if (subject.kind === 'refund') {
      return {
        body: this.refunds.write(subject, { ...options, findOther: () => this.otherSubjects.findOtherRefund(subject) }),
      };
    }
    const payment = { ...options, findOther: () => this.otherSubjects.findOtherPayment(subject) };
    return subject.order.v1 === undefined
      ? { body: this.payments.write(subject, payment) }
      : this.v1Payments.write(subject, payment);
  }
}
