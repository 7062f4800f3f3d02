import { Injectable } from '@nestjs/common';
import { SimulatorClock } from '../clock.js';
import { Identifiers } from '../state/identifiers.js';
import { OrderBook } from '../state/order-book.js';
import { Transaction, WechatOrder } from '../state/wechat-order.js';
import { NoticeAttempt } from './notice.js';
import { NoticePost } from './notice-post.js';
import { NoticeStyle, NoticeWriter, Payment } from './notice-writer.js';

export interface Sending extends Omit<NoticeStyle, 'another'> {
  /** Servers of WeChat that send the same at once; each writes its own nonce. */
  readonly connections?: number | undefined;
}

/** Sends one notice over one or several connections at once. */
@Injectable()
export class NoticeSender {
  constructor(
    private readonly writer: NoticeWriter,
    private readonly post: NoticePost,
    private readonly orders: OrderBook,
    private readonly identifiers: Identifiers,
    private readonly clock: SimulatorClock,
  ) {}

  send(payment: Payment, { connections = 1, ...style }: Sending): Promise<NoticeAttempt[]> {
    const { notifyUrl: url, outTradeNo } = payment.order;
    const another = (): Payment => this.another(payment);
    const letters = Array.from({ length: connections }, () => {
      const body = this.writer.write(payment, { ...style, another });
      return { url, outTradeNo, body, forgery: style.forgery };
    });
    return Promise.all(letters.map((letter) => this.post.send(letter)));
  }

  /** A payment that never took place: the stuff of forged notices for unpaid orders. */
  inventTransaction(order: WechatOrder): Transaction {
    const now = this.clock.now();
    return {
      transactionId: this.identifiers.transactionId(),
      openid: order.parameters.get('openid') ?? `o${this.identifiers.nonce(16)}${this.identifiers.nonce(16).slice(5)}`,
      bankType: 'OTHERS',
      totalFen: order.totalFen,
      cashFen: order.totalFen,
      coupons: [],
      paidAt: now,
      visibleAt: now,
    };
  }

  private another(payment: Payment): Payment {
    for (const order of this.orders.all()) {
      if (order !== payment.order && order.transaction !== undefined) {
        return { order, transaction: order.transaction };
      }
    }
    const invented = { ...payment.order, outTradeNo: 'SOMEBODYELSE0001' };
    return { order: invented, transaction: this.inventTransaction(invented) };
  }
}
