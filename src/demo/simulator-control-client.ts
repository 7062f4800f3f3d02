import { assertThat } from './assertions.js';
import { sendRequest, type HttpCall } from './http.js';

/** One exchange that WeChat remembers, in its own order. */
export interface Message {
  at: string;
  direction: 'received' | 'sent';
  path: string;
  verdict: string | null;
  answer: { status: number; body: string } | null;
}

/** One sending of a notice, and what the shop replied. */
interface NoticeAttempt {
  latencyMs: number;
  isAccepted: boolean;
  reply: string | null;
}

export interface Notice {
  out_trade_no: string;
  out_refund_no: string | null;
  attempts: NoticeAttempt[];
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
interface ShippingRecord {
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
interface CashierOptions {
  outcome?: 'ok' | 'cancel';
  notify?: 'normal' | 'lost';
}

/** WeChat, through the simulator's control API: the user's phone, the books, and the time. */
export class SimulatorControlClient {
  constructor(readonly url: string) {}

  /** What `wx.login` gives; a new person without `openid`. */
  wxLogin(openid?: string): Promise<{ code: string; openid: string }> {
    return this.control('codes', { method: 'POST', body: { openid } });
  }

  /** What the `getPhoneNumber` button gives when the user allows it. */
  async createPhoneCode(number: string): Promise<string> {
    return (await this.control<{ code: string }>('phone-codes', { method: 'POST', body: { number } })).code;
  }

  /** What `wx.requestSubscribeMessage` does when its user allows everything: one message by each template. */
  async giveConsent(openid: string, templateIds: string[]): Promise<void> {
    await this.control(`users/${openid}/consents`, { method: 'POST', body: { templateIds, decision: 'accept' } });
  }

  async listSubscribeMessages(openid: string): Promise<SubscribeMessage[]> {
    return (await this.control<{ items: SubscribeMessage[] }>(`subscribe-messages?openid=${openid}`)).items;
  }

  getShipping(outTradeNo: string): Promise<ShippingRecord> {
    return this.control(`orders/${outTradeNo}/shipping`);
  }

  /** What `wx.requestPayment` does, with the person behind the phone. Returns its `errMsg`. */
  async requestPayment(
    openid: string,
    requestPayment: Record<string, string>,
    wish: CashierOptions = {},
  ): Promise<string> {
    const body = { openid, requestPayment, ...wish };
    const { errMsg } = await this.control<{ errMsg: string }>('cashier/pay', { method: 'POST', body });
    return errMsg;
  }

  /** What WeChat does when the shop's app hands it a payment. Returns what the app hears. */
  async payInApp(openid: string, payRequest: Record<string, string>): Promise<string> {
    const body = { openid, payRequest };
    return (await this.control<{ errMsg: string }>('cashier/app', { method: 'POST', body })).errMsg;
  }

  async listMessages(outTradeNo: string): Promise<Message[]> {
    return (await this.control<{ items: Message[] }>(`messages?out_trade_no=${outTradeNo}`)).items;
  }

  async listNotices(outTradeNo: string): Promise<Notice[]> {
    const { items } = await this.control<{ items: Notice[] }>('notices');
    return items.filter((notice) => notice.out_trade_no === outTradeNo);
  }

  getOrder(outTradeNo: string): Promise<WechatOrder> {
    return this.control(`orders/${outTradeNo}`);
  }

  /** What WeChat's books say was paid for it, in fen. */
  async getPaidFen(outTradeNo: string): Promise<number> {
    return (await this.getLedgerLine(outTradeNo))?.paidFen ?? 0;
  }

  async getLedgerLine(outTradeNo: string): Promise<LedgerLine | undefined> {
    const { items } = await this.control<{ items: LedgerLine[] }>('ledger');
    return items.find((line) => line.out_trade_no === outTradeNo);
  }

  async injectFault(fault: Fault): Promise<void> {
    await this.control('faults', { method: 'POST', body: fault });
  }

  /** No more trouble of any kind. */
  async clearFaults(): Promise<void> {
    await this.control('faults', { method: 'DELETE' });
  }

  async getTime(): Promise<Date> {
    return new Date((await this.control<{ now: string }>('clock')).now);
  }

  /** Time passes at once, here and in the service, which follows this clock. */
  async advance(seconds: number): Promise<void> {
    await this.control('clock', { method: 'PUT', body: { advanceSeconds: seconds } });
  }

  /** Jumps to a moment and a second beyond it; one that is past costs a second, too. */
  async advanceUntil(instant: string | null): Promise<void> {
    const waitMs = instant === null ? 0 : new Date(instant).getTime() - (await this.getTime()).getTime();
    await this.advance(Math.max(1, Math.ceil(waitMs / 1000) + 1));
  }

  private async control<T>(path: string, request: HttpCall = {}): Promise<T> {
    const { status, body } = await sendRequest<T>(`${this.url}/_control/${path}`, request);
    assertThat(status < 300, `The simulator answers ${status} to ${path}: ${JSON.stringify(body)}`);
    return body;
  }
}

/** `orderquery NOTPAY`, `refundquery SUCCESS`: a call and what WeChat said to it. */
export function describeCall({ path, verdict, answer }: Message): string {
  const state = /<(?:trade_state|refund_status_0)>(?:<!\[CDATA\[)?(\w+)/.exec(answer?.body ?? '')?.[1];
  return `${path.split('/').at(-1) ?? path} ${state ?? verdict ?? 'no answer'}`;
}
