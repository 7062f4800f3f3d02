import { insist } from './checks.js';
import { call, type Call } from './http.js';

/** One exchange that WeChat remembers, in its own order. */
export interface Message {
  at: string;
  direction: 'received' | 'sent';
  path: string;
  verdict: string | null;
  answer: { status: number; body: string } | null;
}

/** One sending of a notice, and what the shop replied. */
interface Attempt {
  latencyMs: number;
  isAccepted: boolean;
  reply: string | null;
}

export interface Notice {
  out_trade_no: string;
  out_refund_no: string | null;
  attempts: Attempt[];
}

interface WechatOrder {
  trade_state: string;
  closedAt: string | null;
}

/** What was paid for an order, and what went back, as WeChat's books have it. */
interface LedgerLine {
  out_trade_no: string;
  paidFen: number;
  refundedFen: number;
  refunds: { out_refund_no: string }[];
}

/** A message that arrived on somebody's phone. */
interface SubscribeMessage {
  title: string;
  data: Record<string, string>;
}

/** The goods of a payment, as WeChat has heard of them. */
interface Goods {
  order: { order_state: number; shipping: { shipping_list: unknown[] } };
}

/** Trouble that waits for WeChat's next call or notice of this payment or refund. */
interface Fault {
  endpoint: 'orderquery' | 'closeorder' | 'refund' | 'notice' | 'refund-notice';
  kind: 'reset' | 'err_code' | 'delay' | 'lose_forever';
  when?: 'after';
  errCode?: string;
  delayMs?: number;
  /** 1 without it; -1: until it is cleared. */
  times?: number;
  out_trade_no?: string;
  out_refund_no?: string;
}

/** What the payer does at the cashier, and what becomes of the notice. */
interface Wish {
  outcome?: 'ok' | 'cancel';
  notify?: 'normal' | 'lost';
}

/** WeChat, through the simulator's control API: the user's phone, the books, and the time. */
export class Wechat {
  constructor(readonly url: string) {}

  /** What `wx.login` gives; a new person without `openid`. */
  wxLogin(openid?: string): Promise<{ code: string; openid: string }> {
    return this.ask('codes', { method: 'POST', body: { openid } });
  }

  /** What the `getPhoneNumber` button gives when the user allows it. */
  async phoneCode(number: string): Promise<string> {
    return (await this.ask<{ code: string }>('phone-codes', { method: 'POST', body: { number } })).code;
  }

  /** What `wx.requestSubscribeMessage` does when its user allows everything: one message by each template. */
  async agrees(openid: string, templateIds: string[]): Promise<void> {
    await this.ask(`users/${openid}/consents`, { method: 'POST', body: { templateIds, decision: 'accept' } });
  }

  async subscribeMessages(openid: string): Promise<SubscribeMessage[]> {
    return (await this.ask<{ items: SubscribeMessage[] }>(`subscribe-messages?openid=${openid}`)).items;
  }

  shippingOf(outTradeNo: string): Promise<Goods> {
    return this.ask(`orders/${outTradeNo}/shipping`);
  }

  /** What `wx.requestPayment` does, with the person behind the phone. Returns its `errMsg`. */
  async requestPayment(openid: string, requestPayment: Record<string, string>, wish: Wish = {}): Promise<string> {
    const body = { openid, requestPayment, ...wish };
    const { errMsg } = await this.ask<{ errMsg: string }>('cashier/pay', { method: 'POST', body });
    return errMsg;
  }

  /** What WeChat does when the shop's app hands it a payment. Returns what the app hears. */
  async payInApp(openid: string, payRequest: Record<string, string>): Promise<string> {
    const body = { openid, payRequest };
    return (await this.ask<{ errMsg: string }>('cashier/app', { method: 'POST', body })).errMsg;
  }

  async messages(outTradeNo: string): Promise<Message[]> {
    return (await this.ask<{ items: Message[] }>(`messages?out_trade_no=${outTradeNo}`)).items;
  }

  async notices(outTradeNo: string): Promise<Notice[]> {
    const { items } = await this.ask<{ items: Notice[] }>('notices');
    return items.filter((notice) => notice.out_trade_no === outTradeNo);
  }

  order(outTradeNo: string): Promise<WechatOrder> {
    return this.ask(`orders/${outTradeNo}`);
  }

  /** What WeChat's books say was paid for it, in fen. */
  async paidFen(outTradeNo: string): Promise<number> {
    return (await this.booked(outTradeNo))?.paidFen ?? 0;
  }

  async booked(outTradeNo: string): Promise<LedgerLine | undefined> {
    const { items } = await this.ask<{ items: LedgerLine[] }>('ledger');
    return items.find((line) => line.out_trade_no === outTradeNo);
  }

  async fails(fault: Fault): Promise<void> {
    await this.ask('faults', { method: 'POST', body: fault });
  }

  /** No more trouble of any kind. */
  async recovers(): Promise<void> {
    await this.ask('faults', { method: 'DELETE' });
  }

  async now(): Promise<Date> {
    return new Date((await this.ask<{ now: string }>('clock')).now);
  }

  /** Time passes at once, here and in the service, which follows this clock. */
  async passes(seconds: number): Promise<void> {
    await this.ask('clock', { method: 'PUT', body: { advanceSeconds: seconds } });
  }

  /** Jumps to a moment and a second beyond it; one that is past costs a second, too. */
  async passesUntil(instant: string | null): Promise<void> {
    const waitMs = instant === null ? 0 : new Date(instant).getTime() - (await this.now()).getTime();
    await this.passes(Math.max(1, Math.ceil(waitMs / 1000) + 1));
  }

  private async ask<T>(path: string, request: Call = {}): Promise<T> {
    const { status, body } = await call<T>(`${this.url}/_control/${path}`, request);
    insist(status < 300, `The simulator answers ${status} to ${path}: ${JSON.stringify(body)}`);
    return body;
  }
}

/** `orderquery NOTPAY`, `refundquery SUCCESS`: a call and what WeChat said to it. */
export function told({ path, verdict, answer }: Message): string {
  const state = /<(?:trade_state|refund_status_0)>(?:<!\[CDATA\[)?(\w+)/.exec(answer?.body ?? '')?.[1];
  return `${path.split('/').at(-1) ?? path} ${state ?? verdict ?? 'no answer'}`;
}
