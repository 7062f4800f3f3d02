/** A WeChat user of the phone. */
export interface DemoUser {
  openid: string;
  name: string;
  /** The phone number of the WeChat account. */
  phone: string;
  /** Wallet balance in fen; unlimited if absent. */
  balanceFen?: number;
}

export interface PaymentSheet {
  out_trade_no: string;
  body: string;
  total_fee: number;
}

export interface MessageTemplate {
  templateId: string;
  title: string;
}

export interface Fault {
  id: number;
  endpoint: string;
  kind: string;
  timesLeft: number;
}

/** A message between WeChat and the service, as the simulator recorded it. */
export interface Message {
  id: number;
  at: string;
  direction: 'received' | 'sent';
  method: string;
  path: string;
  request: string;
  signatureOk: boolean | null;
  verdict: string | null;
  fault: string | null;
  answer: { status: number; body: string } | null;
  latencyMs: number | null;
  ageMs: number;
  isKeptBack: boolean;
}

/** Client of the simulator's control API, as far as the service exposes it to the phone page: see src/phone/. */
export class SimulatorClient {
  addUser({ openid, name, balanceFen }: DemoUser): Promise<void> {
    return this.call('POST', 'users', { openid, name, balanceFen });
  }

  createLoginCode(openid: string): Promise<{ code: string }> {
    return this.call('POST', 'codes', { openid });
  }

  /** Creates the code that the `getPhoneNumber` button returns. */
  createPhoneNumberCode(number: string): Promise<{ code: string }> {
    return this.call('POST', 'phone-codes', { number });
  }

  openPaymentSheet(openid: string, requestPayment: object): Promise<{ errMsg: string | null; sheet?: PaymentSheet }> {
    return this.call('POST', 'cashier/open', { openid, requestPayment });
  }

  finishPayment(
    openid: string,
    requestPayment: object,
    outcome: 'ok' | 'cancel',
  ): Promise<{ errMsg: string; reason?: string }> {
    return this.call('POST', 'cashier/pay', { openid, requestPayment, outcome });
  }

  async templates(): Promise<MessageTemplate[]> {
    return (await this.call<{ items: MessageTemplate[] }>('GET', 'message-templates')).items;
  }

  /** Records the user's choice in `wx.requestSubscribeMessage`. */
  recordMessageConsent(openid: string, templateIds: string[], decision: 'accept' | 'reject'): Promise<void> {
    return this.call('POST', `users/${openid}/consents`, { templateIds, decision });
  }

  messages(after?: number): Promise<{ items: Message[]; revision: number }> {
    return this.call('GET', `messages/live${after === undefined ? '' : `?after=${after}`}`);
  }

  async faults(): Promise<Fault[]> {
    return (await this.call<{ items: Fault[] }>('GET', 'faults')).items;
  }

  injectFault(fault: { endpoint: string; kind: string; delayMs?: number }): Promise<Fault> {
    return this.call('POST', 'faults', fault);
  }

  clearFaults(): Promise<void> {
    return this.call('DELETE', 'faults');
  }

  advanceClock(seconds: number): Promise<void> {
    return this.call('PUT', 'clock', { advanceSeconds: seconds });
  }

  private async call<T>(method: string, path: string, body?: object): Promise<T> {
    const response = await fetch(`/phone/wechat/${path}`, {
      method,
      ...(body && { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
    });
    const data = (response.status === 204 ? undefined : await response.json()) as T;
    if (!response.ok) throw new Error((data as { detail?: string }).detail ?? `HTTP ${response.status}`);
    return data;
  }
}
