import { Injectable } from '@nestjs/common';
import { NoticeAttempt } from './notice.js';
import { NoticePost } from './notice-post.js';
import { addressOf, NoticeSubject } from './notice-subject.js';
import { OtherNews } from './other-news.js';
import { PaymentNoticeStyle, PaymentNoticeWriter } from './payment-notice-writer.js';
import { RefundNoticeWriter } from './refund-notice-writer.js';

export interface Sending extends Omit<PaymentNoticeStyle, 'another'> {
  /** Servers of WeChat that send the same at once; each writes its own nonce. */
  readonly connections?: number | undefined;
}

/** Sends one notice over one or several connections at once. */
@Injectable()
export class NoticeSender {
  constructor(
    private readonly payments: PaymentNoticeWriter,
    private readonly refunds: RefundNoticeWriter,
    private readonly others: OtherNews,
    private readonly post: NoticePost,
  ) {}

  /** Resolves to nothing when nobody wants to hear of it. */
  send(subject: NoticeSubject, { connections = 1, ...style }: Sending): Promise<NoticeAttempt[]> {
    const { url, numbers } = addressOf(subject);
    if (url === undefined) return Promise.resolve([]);
    const letters = Array.from({ length: connections }, () => {
      return { url, numbers, body: this.bodyOf(subject, style), forgery: style.forgery };
    });
    return Promise.all(letters.map((letter) => this.post.send(letter)));
  }

  private bodyOf(subject: NoticeSubject, style: Omit<PaymentNoticeStyle, 'another'>): string {
    if (subject.kind === 'payment') {
      return this.payments.write(subject, { ...style, another: () => this.others.thanPayment(subject) });
    }
    return this.refunds.write(subject, { ...style, another: () => this.others.thanRefund(subject) });
  }
}
