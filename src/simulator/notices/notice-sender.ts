import { Injectable } from '@nestjs/common';
import { NoticeAttempt } from './notice.js';
import { Letter, NoticePost } from './notice-post.js';
import { addressOf, NoticeSubject } from './notice-subject.js';
import { OtherNews } from './other-news.js';
import { PaymentNoticeStyle, PaymentNoticeWriter } from './payment-notice-writer.js';
import { RefundNoticeWriter } from './refund-notice-writer.js';
import { V1NoticeWriter } from './v1-notice-writer.js';

export interface Sending extends Omit<PaymentNoticeStyle, 'another'> {
  /** Servers of WeChat that send the same at once; each writes its own nonce. */
  readonly connections?: number | undefined;
}

/** Sends one notice over one or several connections at once. */
@Injectable()
export class NoticeSender {
  constructor(
    private readonly payments: PaymentNoticeWriter,
    private readonly v1Payments: V1NoticeWriter,
    private readonly refunds: RefundNoticeWriter,
    private readonly others: OtherNews,
    private readonly post: NoticePost,
  ) {}

  /** Resolves to nothing when nobody wants to hear of it. */
  send(subject: NoticeSubject, { connections = 1, ...style }: Sending): Promise<NoticeAttempt[]> {
    const { url, numbers } = addressOf(subject);
    if (url === undefined) return Promise.resolve([]);
    const letters = Array.from({ length: connections }, () => {
      return { url, numbers, ...this.contentOf(subject, style), forgery: style.forgery };
    });
    return Promise.all(letters.map((letter) => this.post.send(letter)));
  }

  private contentOf(
    subject: NoticeSubject,
    style: Omit<PaymentNoticeStyle, 'another'>,
  ): Pick<Letter, 'query' | 'body'> {
    if (subject.kind === 'refund') {
      return { body: this.refunds.write(subject, { ...style, another: () => this.others.thanRefund(subject) }) };
    }
    const whole = { ...style, another: () => this.others.thanPayment(subject) };
    return subject.order.v1 === undefined
      ? { body: this.payments.write(subject, whole) }
      : this.v1Payments.write(subject, whole);
  }
}
