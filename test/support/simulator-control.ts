import type { RunningSimulator } from '../../src/simulator/start-simulator.js';
import { call, type HttpReply } from './http.js';

/** A fault to come: see docs/simulator.md. */
export interface FaultInput {
  endpoint:
    | 'unifiedorder'
    | 'orderquery'
    | 'closeorder'
    | 'refund'
    | 'refundquery'
    | 'jscode2session'
    | 'token'
    | 'stable_token'
    | 'getuserphonenumber'
    | 'upload_shipping_info'
    | 'get_order'
    | 'subscribe_send'
    | 'genprepay'
    | 'v1-orderquery'
    | 'v1-notice'
    | 'notice'
    | 'refund-notice';
  kind: string;
  when?: 'before' | 'after';
  times?: number;
  delayMs?: number;
  errCode?: string | number;
  errCodeDes?: string;
  returnMsg?: string;
  /** Only for this payment. */
  out_trade_no?: string;
  /** Only for this refund. */
  out_refund_no?: string;
}

/** What the simulator answers about an order. */
export interface WechatOrderJson {
  trade_state: string;
  parameters: Record<string, string>;
  transaction: { transaction_id: string; total_fee: number; openid: string } | null;
}

/** One exchange that WeChat remembers. */
export interface RecordedMessage {
  /** WeChat's time at which it began. */
  at: string;
  path: string;
  request: string;
  verdict: string;
}

/** WeChat, as the story's teller sees it: the simulator through its control API, and its clock. */
export class SimulatorControl {
  constructor(private readonly simulator: RunningSimulator) {}

  get url(): string {
    return this.simulator.url;
  }

  /** Lets time pass for WeChat and the shop alike. */
  async advanceTime({
    seconds = 0,
    minutes = 0,
    hours = 0,
  }: {
    seconds?: number;
    minutes?: number;
    hours?: number;
  }): Promise<void> {
    await this.control('PUT', 'clock', { advanceSeconds: seconds + 60 * minutes + 3600 * hours });
  }

  /** From now on time passes only when the story says so. */
  async stopClock(): Promise<void> {
    await this.control('PUT', 'clock', { speed: 0 });
  }

  /** The time of WeChat and the shop. */
  now(): Date {
    return this.simulator.clock.now();
  }

  failNext(fault: FaultInput): Promise<HttpReply> {
    return this.control('POST', 'faults', fault);
  }

  clearFaults(): Promise<HttpReply> {
    return this.control('DELETE', 'faults');
  }

  setBehaviours(behaviours: Record<string, unknown>): Promise<HttpReply> {
    return this.control('PUT', 'behaviours', behaviours);
  }

  /** What `wx.login` gives that person; with `errcode` the exchange of the code fails so. */
  async createLoginCode(openid: string, errcode?: number): Promise<{ code: string; openid: string }> {
    await this.control('POST', 'users', { openid });
    const { body } = await this.control('POST', 'codes', { openid, ...(errcode !== undefined && { errcode }) });
    return body as { code: string; openid: string };
  }

  /** What the `getPhoneNumber` button gives; with `errcode` the exchange of the code fails so. */
  async createPhoneCode(wish: { number?: string; countryCode?: string; errcode?: number } = {}): Promise<string> {
    const { body } = await this.control('POST', 'phone-codes', wish);
    return (body as { code: string }).code;
  }

  async getOrder(outTradeNo: string): Promise<WechatOrderJson> {
    const { body } = await this.control('GET', `orders/${outTradeNo}`);
    return body as WechatOrderJson;
  }

  /** How often the shop called `path` (about that payment). */
  async countCalls(path: string, outTradeNo?: string): Promise<number> {
    return (await this.getMessages(path, outTradeNo)).length;
  }

  async getMessages(path: string, outTradeNo?: string): Promise<RecordedMessage[]> {
    const query = new URLSearchParams({ path, ...(outTradeNo && { out_trade_no: outTradeNo }) });
    const { body } = await this.control('GET', `messages?${query.toString()}`);
    return (body as { items: RecordedMessage[] }).items;
  }

  /** Sends a payment's notice (again) or a forgery of it, and returns the shop's replies. */
  async sendPaymentNotice(outTradeNo: string, how: Record<string, unknown> = {}): Promise<RecordedNoticeReply[]> {
    const { status, body } = await this.control('POST', `orders/${outTradeNo}/notify`, how);
    if (status >= 300) throw new Error(`The simulator refuses to notify: ${JSON.stringify(body)}`);
    return noticeRepliesOf(body);
  }

  control(method: 'GET' | 'POST' | 'PUT' | 'DELETE', path: string, body?: unknown): Promise<HttpReply> {
    return call(`${this.url}/_control/${path}`, { method, ...(body !== undefined && { body }) });
  }
}

/** One sending of a notice, and what the shop answered. */
export interface RecordedNoticeReply {
  status: number;
  reply: string;
  isAccepted: boolean;
}

function noticeRepliesOf(answer: unknown): RecordedNoticeReply[] {
  return (answer as { attempts: RecordedNoticeReply[] }).attempts;
}
