/** Somebody with WeChat on the phone. */
export interface Person {
  openid: string;
  name: string;
  /** The number that WeChat knows of them. */
  phone: string;
  /** What the wallet holds; absent: it never runs out. */
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

/** A message between WeChat and the shop, as the simulator saw it. */
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

/**
 * The simulator's control API, as far as the service lets a phone have it: see src/phone/ of the service. The real phone
 * has WeChat itself.
 */
export class SimulatorClient {
  addPerson({ openid, name, balanceFen }: Person): Promise<void> {
    return this.call('POST', 'users', { openid, name, balanceFen });
  }

  createLoginCode(openid: string): Promise<{ code: string }> {
    return this.call('POST', 'codes', { openid });
  }

  /** For the `getPhoneNumber` button. */
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

  /** What the person answers to `wx.requestSubscribeMessage`. */
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
    const answer = await fetch(`/phone/wechat/${path}`, {
      method,
      ...(body && { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
    });
    const told = (answer.status === 204 ? undefined : await answer.json()) as T;
    if (!answer.ok) throw new Error((told as { detail?: string }).detail ?? `HTTP ${answer.status}`);
    return told;
  }
}
