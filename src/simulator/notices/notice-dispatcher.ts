import { Injectable } from '@nestjs/common';
import { NoticeAttempt } from './notice.js';
import { NoticeDelivery, NoticeSender } from './notice-sender.js';
import { noticeAddressOf, NoticeSubject } from './notice-subject.js';
import { OtherSubjectFinder } from './other-subject-finder.js';
import { PaymentNoticeOptions, PaymentNoticeWriter } from './payment-notice-writer.js';
import { RefundNoticeWriter } from './refund-notice-writer.js';
import { V1NoticeWriter } from './v1-notice-writer.js';

export interface NoticeOptions extends Omit<PaymentNoticeOptions, 'another'> {
  /** Servers of WeChat that send the same at once; each writes its own nonce. */
  readonly connections?: number | undefined;
}

/** Sends one notice over one or several connections at once. */
@Injectable()
export class NoticeDispatcher {
  constructor(
    private readonly payments: PaymentNoticeWriter,
    private readonly v1Payments: V1NoticeWriter,
    private readonly refunds: RefundNoticeWriter,
    private readonly otherSubjects: OtherSubjectFinder,
    private readonly sender: NoticeSender,
  ) {}

  /** Resolves to nothing when nobody wants to hear of it. */
  send(subject: NoticeSubject, { connections = 1, ...style }: NoticeOptions): Promise<NoticeAttempt[]> {
    const { url, numbers } = noticeAddressOf(subject);
    if (url === undefined) return Promise.resolve([]);
    const letters = Array.from({ length: connections }, () => {
      return { url, numbers, ...this.contentOf(subject, style), forgery: style.forgery };
    });
    return Promise.all(letters.map((letter) => this.sender.send(letter)));
  }

  private contentOf(
    subject: NoticeSubject,
    style: Omit<PaymentNoticeOptions, 'another'>,
  ): Pick<NoticeDelivery, 'query' | 'body'> {
    if (subject.kind === 'refund') {
      return {
        body: this.refunds.write(subject, { ...style, another: () => this.otherSubjects.findOtherRefund(subject) }),
      };
    }
    const whole = { ...style, another: () => this.otherSubjects.findOtherPayment(subject) };
    return subject.order.v1 === undefined
      ? { body: this.payments.write(subject, whole) }
      : this.v1Payments.write(subject, whole);
  }
}
