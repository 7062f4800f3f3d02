import type { RunningSimulator } from '../../src/simulator/start-simulator.js';
import { call, type HttpReply } from './http.js';

/** A fault to inject: see docs/simulator.md. */
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

/** An order in the simulator's control API. */
export interface WechatOrderJson {
  trade_state: string;
  parameters: Record<string, string>;
  transaction: { transaction_id: string; total_fee: number; openid: string } | null;
}

/** One exchange that the simulator has recorded. */
export interface RecordedMessage {
  /** WeChat's time when it began. */
  at: string;
  path: string;
  request: string;
  verdict: string;
}

/** Controls the WeChat simulator of a test shop through its control API, including the clock. */
export class SimulatorControl {
  constructor(private readonly simulator: RunningSimulator) {}

  get url(): string {
    return this.simulator.url;
  }

  /** Advances the time of WeChat and of the shop. */
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

  /** Stops the clock: from now on only `advanceTime` moves it. */
  async stopClock(): Promise<void> {
    await this.control('PUT', 'clock', { speed: 0 });
  }

  /** The time of WeChat and of the shop. */
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

  /** Creates a login code, as `wx.login` returns it. With `errcode` its exchange fails with that code. */
  async createLoginCode(openid: string, errcode?: number): Promise<{ code: string; openid: string }> {
    await this.control('POST', 'users', { openid });
    const { body } = await this.control('POST', 'codes', { openid, ...(errcode !== undefined && { errcode }) });
    return body as { code: string; openid: string };
  }

  /** Creates a code of the `getPhoneNumber` button. With `errcode` its exchange fails with that code. */
  async createPhoneCode(input: { number?: string; countryCode?: string; errcode?: number } = {}): Promise<string> {
    const { body } = await this.control('POST', 'phone-codes', input);
    return (body as { code: string }).code;
  }

  async getOrder(outTradeNo: string): Promise<WechatOrderJson> {
    const { body } = await this.control('GET', `orders/${outTradeNo}`);
    return body as WechatOrderJson;
  }

  /** Counts the shop's calls of `path` (for that payment). */
  async countCalls(path: string, outTradeNo?: string): Promise<number> {
    return (await this.getMessages(path, outTradeNo)).length;
  }

  async getMessages(path: string, outTradeNo?: string): Promise<RecordedMessage[]> {
    const query = new URLSearchParams({ path, ...(outTradeNo && { out_trade_no: outTradeNo }) });
    const { body } = await this.control('GET', `messages?${query.toString()}`);
    return (body as { items: RecordedMessage[] }).items;
  }

  /**
   * Sends the notice of a payment (again), or a forgery of it.
   * @returns the shop's replies.
   */
  async sendPaymentNotice(outTradeNo: string, how: Record<string, unknown> = {}): Promise<RecordedNoticeReply[]> {
    const { status, body } = await this.control('POST', `orders/${outTradeNo}/notify`, how);
    if (status >= 300) throw new Error(`The simulator did not send the notice: ${JSON.stringify(body)}`);
    return noticeRepliesOf(body);
  }

  control(method: 'GET' | 'POST' | 'PUT' | 'DELETE', path: string, body?: unknown): Promise<HttpReply> {
    return call(`${this.url}/_control/${path}`, { method, ...(body !== undefined && { body }) });
  }
}

/** One delivery of a notice and the shop's reply. */
export interface RecordedNoticeReply {
  status: number;
  reply: string;
  isAccepted: boolean;
}

function noticeRepliesOf(answer: unknown): RecordedNoticeReply[] {
  return (answer as { attempts: RecordedNoticeReply[] }).attempts;
}
