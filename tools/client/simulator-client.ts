import { expectOk, TypedClient } from './typed-client.ts';
import type { SendRequest } from './http.ts';
import type { components, paths } from './simulator-schema.d.ts';

/** The bodies of the simulator's control API. */
export type SimulatorSchemas = components['schemas'];
export type Fault = SimulatorSchemas['FaultRequest'];
export type LedgerLine = SimulatorSchemas['LedgerLineView'];
export type Message = SimulatorSchemas['MessageView'];
export type Notice = SimulatorSchemas['NoticeView'];
export type Certificates = SimulatorSchemas['CertificatesView'];

/** What the payer does, and whether and when the notice is sent. */
export type CashierDecision = Omit<SimulatorSchemas['JsapiRequest'], 'openid' | 'requestPayment'>;

/** The control API of the WeChat simulator: the payer's phone, the ledger, faults and the clock. */
export class SimulatorClient {
  readonly url: string;
  /** Calls any path of the control API. Does not throw when the simulator refuses the call. */
  readonly request: TypedClient<paths, unknown>['request'];

  constructor(url: string, send?: SendRequest) {
    this.url = url;
    const client = new TypedClient<paths, unknown>(url, send);
    this.request = client.request.bind(client);
  }

  /** The result of `wx.login`; of a new user if `openid` is absent. With `errcode` its exchange fails with that code. */
  async wxLogin(body: SimulatorSchemas['CodeRequest'] = {}): Promise<SimulatorSchemas['CodeView']> {
    return expectOk('codes', await this.request('POST', '/_control/codes', { body }));
  }

  /** The code of the `getPhoneNumber` button after the user has allowed it. */
  async createPhoneCode(body: SimulatorSchemas['PhoneCodeRequest'] = {}): Promise<string> {
    return expectOk('phone-codes', await this.request('POST', '/_control/phone-codes', { body })).code;
  }

  /** Gives the consent of `wx.requestSubscribeMessage`: one message per template. */
  async giveConsent(openid: string, templateIds: string[]): Promise<void> {
    const options = { path: { openid }, body: { templateIds } };
    expectOk('consents', await this.request('POST', '/_control/users/{openid}/consents', options));
  }

  /** The subscribe messages that the user received, in order. */
  async listSubscribeMessages(openid: string): Promise<SimulatorSchemas['SentMessageView'][]> {
    const reply = await this.request('GET', '/_control/subscribe-messages', { query: { openid } });
    return expectOk('subscribe-messages', reply).items;
  }

  /**
   * The user opens what the shop returned for the trade type and decides. @returns the `errMsg` of the client's callback;
   * null when the callback never comes.
   */
  async confirmPayment(
    openid: string,
    requestPayment: Record<string, string>,
    decision: CashierDecision = {},
  ): Promise<string | null> {
    const { codeUrl, mwebUrl, partnerid } = requestPayment;
    const common = { openid, ...decision };
    if (codeUrl !== undefined) {
      const reply = await this.request('POST', '/_control/cashier/scan', { body: { ...common, codeUrl } });
      return expectOk('scan', reply).errMsg;
    }
    if (mwebUrl !== undefined) {
      const reply = await this.request('POST', '/_control/cashier/mweb', { body: { ...common, mwebUrl } });
      return expectOk('mweb', reply).errMsg;
    }
    if (partnerid !== undefined) {
      const body = { ...common, payRequest: requestPayment };
      return expectOk('app', await this.request('POST', '/_control/cashier/app', { body })).errMsg;
    }
    const body = { ...common, requestPayment };
    return expectOk('pay', await this.request('POST', '/_control/cashier/pay', { body })).errMsg;
  }

  /** The user types the password: the order becomes USERPAYING. */
  async openPasswordPrompt(openid: string, requestPayment: Record<string, string>): Promise<void> {
    const body = { openid, requestPayment, userPaying: true };
    expectOk('open', await this.request('POST', '/_control/cashier/open', { body }));
  }

  async getOrder(outTradeNo: string): Promise<SimulatorSchemas['WechatOrderView']> {
    const options = { path: { out_trade_no: outTradeNo } };
    return expectOk('the order', await this.request('GET', '/_control/orders/{out_trade_no}', options));
  }

  async listOrders(): Promise<SimulatorSchemas['WechatOrderView'][]> {
    return expectOk('the orders', await this.request('GET', '/_control/orders')).items;
  }

  async getShipping(outTradeNo: string): Promise<SimulatorSchemas['ShippingView']> {
    const options = { path: { out_trade_no: outTradeNo } };
    return expectOk('shipping', await this.request('GET', '/_control/orders/{out_trade_no}/shipping', options));
  }

  /** The exchanges in the simulator's log, oldest first. `path` is a part of the path. */
  async listMessages(query: { path?: string; out_trade_no?: string; out_refund_no?: string } = {}): Promise<Message[]> {
    return expectOk('messages', await this.request('GET', '/_control/messages', { query })).items;
  }

  async listAllNotices(): Promise<Notice[]> {
    return expectOk('notices', await this.request('GET', '/_control/notices')).items;
  }

  async listNotices(outTradeNo: string): Promise<Notice[]> {
    return (await this.listAllNotices()).filter((notice) => notice.out_trade_no === outTradeNo);
  }

  /** The paid and refunded amounts of all payments, in fen. */
  async getLedger(): Promise<LedgerLine[]> {
    return expectOk('ledger', await this.request('GET', '/_control/ledger')).items;
  }

  async getLedgerLine(outTradeNo: string): Promise<LedgerLine | undefined> {
    return (await this.getLedger()).find((line) => line.out_trade_no === outTradeNo);
  }

  /** The paid amount in WeChat's ledger, in fen. */
  async getPaidFen(outTradeNo: string): Promise<number> {
    return (await this.getLedgerLine(outTradeNo))?.paidFen ?? 0;
  }

  /** The bills of the Beijing days with entries, oldest first. */
  async listBills(): Promise<SimulatorSchemas['BillsView'][]> {
    return expectOk('bills', await this.request('GET', '/_control/bills')).items;
  }

  async injectFault(fault: Fault): Promise<SimulatorSchemas['FaultView']> {
    return expectOk(
      `the fault ${JSON.stringify(fault)}`,
      await this.request('POST', '/_control/faults', { body: fault }),
    );
  }

  /** The injected faults that have not happened yet. */
  async listFaults(): Promise<SimulatorSchemas['FaultView'][]> {
    return expectOk('faults', await this.request('GET', '/_control/faults')).items;
  }

  async clearFaults(): Promise<void> {
    expectOk('faults', await this.request('DELETE', '/_control/faults'));
  }

  async setBehaviours(body: SimulatorSchemas['BehaviourChanges']): Promise<void> {
    expectOk('behaviours', await this.request('PUT', '/_control/behaviours', { body }));
  }

  async getTime(): Promise<Date> {
    return new Date(expectOk('clock', await this.request('GET', '/_control/clock')).now);
  }

  async setClock(body: SimulatorSchemas['ClockRequest']): Promise<void> {
    expectOk('clock', await this.request('PUT', '/_control/clock', { body }));
  }

  /** Advances the simulated time, which a service with this simulator uses too. */
  advance(seconds: number): Promise<void> {
    return this.setClock({ advanceSeconds: seconds });
  }

  /** Advances the time to one second after the instant; by one second if it is in the past. */
  async advanceUntil(instant: string | null): Promise<void> {
    const waitMs = instant === null ? 0 : new Date(instant).getTime() - (await this.getTime()).getTime();
    await this.advance(Math.max(1, Math.ceil(waitMs / 1000) + 1));
  }

  async getCertificates(): Promise<Certificates> {
    return expectOk('certificates', await this.request('GET', '/_control/certificates'));
  }
}
