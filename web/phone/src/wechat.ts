/** Somebody with WeChat on the phone. */
export interface Person {
  openid: string;
  name: string;
  /** The number that WeChat knows of them. */
  phone: string;
  /** What the wallet holds; absent: it never runs out. */
  balanceFen?: number;
}

export interface Sheet {
  out_trade_no: string;
  body: string;
  total_fee: number;
}

export interface Template {
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
export class Wechat {
  addPerson({ openid, name, balanceFen }: Person): Promise<void> {
    return this.ask('POST', 'users', { openid, name, balanceFen });
  }

  code(openid: string): Promise<{ code: string }> {
    return this.ask('POST', 'codes', { openid });
  }

  /** For the `getPhoneNumber` button. */
  phoneCode(number: string): Promise<{ code: string }> {
    return this.ask('POST', 'phone-codes', { number });
  }

  openSheet(openid: string, requestPayment: object): Promise<{ errMsg: string | null; sheet?: Sheet }> {
    return this.ask('POST', 'cashier/open', { openid, requestPayment });
  }

  settle(
    openid: string,
    requestPayment: object,
    outcome: 'ok' | 'cancel',
  ): Promise<{ errMsg: string; reason?: string }> {
    return this.ask('POST', 'cashier/pay', { openid, requestPayment, outcome });
  }

  async templates(): Promise<Template[]> {
    return (await this.ask<{ items: Template[] }>('GET', 'message-templates')).items;
  }

  /** What the person answers to `wx.requestSubscribeMessage`. */
  consent(openid: string, templateIds: string[], decision: 'accept' | 'reject'): Promise<void> {
    return this.ask('POST', `users/${openid}/consents`, { templateIds, decision });
  }

  messages(after?: number): Promise<{ items: Message[]; revision: number }> {
    return this.ask('GET', `messages/live${after === undefined ? '' : `?after=${after}`}`);
  }

  async faults(): Promise<Fault[]> {
    return (await this.ask<{ items: Fault[] }>('GET', 'faults')).items;
  }

  plant(fault: { endpoint: string; kind: string; delayMs?: number }): Promise<Fault> {
    return this.ask('POST', 'faults', fault);
  }

  clearFaults(): Promise<void> {
    return this.ask('DELETE', 'faults');
  }

  passes(seconds: number): Promise<void> {
    return this.ask('PUT', 'clock', { advanceSeconds: seconds });
  }

  private async ask<T>(method: string, path: string, body?: object): Promise<T> {
    const answer = await fetch(`/phone/wechat/${path}`, {
      method,
      ...(body && { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
    });
    const told = (answer.status === 204 ? undefined : await answer.json()) as T;
    if (!answer.ok) throw new Error((told as { detail?: string }).detail ?? `HTTP ${answer.status}`);
    return told;
  }
}
