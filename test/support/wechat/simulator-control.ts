import type { RunningSimulator } from '../../../packages/wechat-pay-simulator/src/start-simulator.js';
import type { HttpResponse } from '../../../tools/client/http.js';
import { sendRequest } from '../../../tools/client/http.js';
import { SimulatorClient, type Fault, type Message } from '../../../tools/client/simulator-client.js';
import { operationOf, type PayOperation } from './pay-protocol.js';

/** A fault to inject: see docs/simulator.md. The mini-program API has numbers as error codes. */
export type FaultInput = Omit<Fault, 'errCode'> & { errCode?: string | number };

interface Duration {
  seconds?: number;
  minutes?: number;
  hours?: number;
}

/** Controls the WeChat simulator of a test shop through its control API, including the clock. */
export class SimulatorControl extends SimulatorClient {
  constructor(private readonly simulator: RunningSimulator) {
    super(simulator.url);
  }

  /** Advances the time of WeChat and of the shop. */
  advanceTime({ seconds = 0, minutes = 0, hours = 0 }: Duration): Promise<void> {
    return this.advance(seconds + 60 * minutes + 3600 * hours);
  }

  /** Stops the clock: from now on only `advanceTime` moves it. */
  stopClock(): Promise<void> {
    return this.setClock({ speed: 0 });
  }

  /** The time of WeChat and of the shop. */
  now(): Date {
    return this.simulator.clock.now();
  }

  /** Injects a fault. The simulator may refuse it. */
  failNext(fault: FaultInput): Promise<HttpResponse> {
    return this.control('POST', 'faults', fault);
  }

  /** Creates a login code, as `wx.login` returns it. With `errcode` its exchange fails with that code. */
  async createLoginCode(openid: string, errcode?: number): Promise<{ code: string; openid: string }> {
    await this.request('POST', '/_control/users', { body: { openid } });
    return this.wxLogin({ openid, ...(errcode !== undefined && { errcode }) });
  }

  /** Counts the shop's calls of `path` (for that payment). */
  async countCalls(path: string, outTradeNo?: string): Promise<number> {
    return (await this.getMessages(path, outTradeNo)).length;
  }

  getMessages(path: string, outTradeNo?: string): Promise<Message[]> {
    return this.listMessages({ path, ...(outTradeNo !== undefined && { out_trade_no: outTradeNo }) });
  }

  /** Counts the shop's calls for this operation (for that payment), in either protocol. */
  async countPayCalls(operation: PayOperation, outTradeNo?: string): Promise<number> {
    return (await this.getPayCalls(operation, outTradeNo)).length;
  }

  async getPayCalls(operation: PayOperation, outTradeNo?: string): Promise<Message[]> {
    return (await this.getMessages('', outTradeNo)).filter((message) => operationOf(message) === operation);
  }

  /** The operations for that payment, in order, in either protocol. */
  async listPayOperations(outTradeNo: string): Promise<PayOperation[]> {
    return (await this.getMessages('', outTradeNo)).flatMap((message) => operationOf(message) ?? []);
  }

  /**
   * Sends the notice of a payment (again), or a forgery of it.
   * @returns the shop's responses.
   */
  async sendPaymentNotice(outTradeNo: string, how: Record<string, unknown> = {}): Promise<RecordedNoticeReply[]> {
    const { status, body } = await this.control('POST', `orders/${outTradeNo}/notify`, how);
    if (status >= 300) throw new Error(`The simulator did not send the notice: ${JSON.stringify(body)}`);
    return noticeRepliesOf(body);
  }

  /** Calls the control API with any path and body, also invalid ones. */
  control(method: 'GET' | 'POST' | 'PUT' | 'DELETE', path: string, body?: unknown): Promise<HttpResponse> {
    return sendRequest(`${this.url}/_control/${path}`, { method, ...(body !== undefined && { body }) });
  }
}

/** One delivery of a notice and the shop's response. */
export interface RecordedNoticeReply {
  status: number;
  reply: string;
  isAccepted: boolean;
}

function noticeRepliesOf(answer: unknown): RecordedNoticeReply[] {
  return (answer as { attempts: RecordedNoticeReply[] }).attempts;
}
