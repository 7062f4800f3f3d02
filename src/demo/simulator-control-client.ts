import { assertThat } from './assertions.js';
import { sendRequest, type HttpCall } from './http.js';

/** One request and its answer in the simulator's log. */
export interface Message {
  at: string;
  direction: 'received' | 'sent';
  path: string;
  verdict: string | null;
  answer: { status: number; body: string } | null;
}

/** One delivery attempt of a notice and the reply of the service. */
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

/** The paid and refunded amounts of a payment in WeChat's ledger. */
interface LedgerLine {
  out_trade_no: string;
  paidFen: number;
  refundedFen: number;
  refunds: { out_refund_no: string }[];
}

/** A subscribe message that the user received. */
interface SubscribeMessage {
  title: string;
  data: Record<string, string>;
}

/** The shipping information of a payment at WeChat. */
interface ShippingRecord {
  order: { order_state: number; shipping: { shipping_list: unknown[] } };
}

/** A fault that is injected into the next call or notice of this payment or refund. */
interface Fault {
  endpoint: 'orderquery' | 'closeorder' | 'refund' | 'notice' | 'refund-notice';
  kind: 'reset' | 'err_code' | 'delay' | 'lose_forever';
  when?: 'after';
  errCode?: string;
  delayMs?: number;
  /** Default 1; -1: until it is cleared. */
  times?: number;
  out_trade_no?: string;
  out_refund_no?: string;
}

/** The action of the payer, and whether the notice is sent. */
interface CashierOptions {
  outcome?: 'ok' | 'cancel';
  notify?: 'normal' | 'lost';
}

/** The control API of the simulator: the user's phone, the ledger, faults and the clock. */
export class SimulatorControlClient {
  constructor(readonly url: string) {}

  /** The result of `wx.login`; a new user if `openid` is absent. */
  wxLogin(openid?: string): Promise<{ code: string; openid: string }> {
    return this.control('codes', { method: 'POST', body: { openid } });
  }

  /** The code of the `getPhoneNumber` button after the user has allowed it. */
  async createPhoneCode(number: string): Promise<string> {
    return (await this.control<{ code: string }>('phone-codes', { method: 'POST', body: { number } })).code;
  }

  /** Gives the consent of `wx.requestSubscribeMessage`: one message per template. */
  async giveConsent(openid: string, templateIds: string[]): Promise<void> {
    await this.control(`users/${openid}/consents`, { method: 'POST', body: { templateIds, decision: 'accept' } });
  }

  async listSubscribeMessages(openid: string): Promise<SubscribeMessage[]> {
    return (await this.control<{ items: SubscribeMessage[] }>(`subscribe-messages?openid=${openid}`)).items;
  }

  getShipping(outTradeNo: string): Promise<ShippingRecord> {
    return this.control(`orders/${outTradeNo}/shipping`);
  }

  /** Simulates `wx.requestPayment` and the user's action. @returns its `errMsg`. */
  async requestPayment(
    openid: string,
    requestPayment: Record<string, string>,
    options: CashierOptions = {},
  ): Promise<string> {
    const body = { openid, requestPayment, ...options };
    const { errMsg } = await this.control<{ errMsg: string }>('cashier/pay', { method: 'POST', body });
    return errMsg;
  }

  /** Simulates a payment in the shop's app. @returns the result for the app. */
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

  /** The paid amount in WeChat's ledger, in fen. */
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

  /** Removes all injected faults. */
  async clearFaults(): Promise<void> {
    await this.control('faults', { method: 'DELETE' });
  }

  async getTime(): Promise<Date> {
    return new Date((await this.control<{ now: string }>('clock')).now);
  }

  /** Advances the simulated time, which the service uses too. */
  async advance(seconds: number): Promise<void> {
    await this.control('clock', { method: 'PUT', body: { advanceSeconds: seconds } });
  }

  /** Advances the time to one second after the instant; by one second if it is in the past. */
  async advanceUntil(instant: string | null): Promise<void> {
    const waitMs = instant === null ? 0 : new Date(instant).getTime() - (await this.getTime()).getTime();
    await this.advance(Math.max(1, Math.ceil(waitMs / 1000) + 1));
  }

  private async control<T>(path: string, request: HttpCall = {}): Promise<T> {
    const { status, body } = await sendRequest<T>(`${this.url}/_control/${path}`, request);
    assertThat(status < 300, `The simulator returned ${status} for ${path}: ${JSON.stringify(body)}`);
    return body;
  }
}

/** A call and its result, for example `orderquery NOTPAY` or `refundquery SUCCESS`. */
export function describeCall({ path, verdict, answer }: Message): string {
  const state = /<(?:trade_state|refund_status_0)>(?:<!\[CDATA\[)?(\w+)/.exec(answer?.body ?? '')?.[1];
  return `${path.split('/').at(-1) ?? path} ${state ?? verdict ?? 'no answer'}`;
}
