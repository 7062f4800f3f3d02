import { readFileSync } from 'node:fs';
import { runInNewContext } from 'node:vm';

interface Order {
  orderNo: string;
  status: string;
}

interface PlaceOptions {
  key: string;
  remark?: string;
  couponId?: string;
  expectedTotalFen?: number;
  expectedPayableFen?: number;
}

export interface Checkout {
  api<T>(method: string, path: string): Promise<T>;
  newKey(): string;
  me(): Promise<{ phone: string | null }>;
  givePhone(code: string): Promise<{ phone: string }>;
  products(): Promise<{ items: { id: string }[] }>;
  coupons(): Promise<{ id: string }[]>;
  placeOrder(items: object[], options: PlaceOptions): Promise<Order>;
  pay(orderNo: string): Promise<{ outcome: string; order: Order | null }>;
  loadMessages(): Promise<void>;
  askToTell(events: string[]): Promise<void>;
  askRefund(orderNo: string, body: object, options: { key: string }): Promise<object>;
}

export interface CheckoutModule {
  createCheckout(options: { baseUrl: string; pause: (ms: number) => Promise<void> }): Checkout;
  textOf: (error: unknown) => string;
}

interface Sent {
  url: string;
  method: string;
  data?: unknown;
  header: Record<string, string>;
}

type Answer = { status: number; data: unknown; header?: Record<string, string> } | 'no network';

interface Callbacks {
  success: (result: object) => void;
  fail: (error: object) => void;
}

/** A phone without WeChat: the test sets the responses of the server and of the payment page. */
export class FakePhone {
  readonly sent: Sent[] = [];
  readonly pausesMs: number[] = [];
  readonly storage = new Map<string, unknown>();
  logins = 0;
  /** What the server responses, now or later. */
  server: (request: Sent) => Answer | Promise<Answer> = () => ({ status: 200, data: {} });
  /** The result of `wx.requestPayment`. */
  cashier = 'requestPayment:ok';
  /** The result of `wx.requestSubscribeMessage`; null: a WeChat that does not support it. */
  consent: string | null = 'requestSubscribeMessage:ok';
  readonly askedFor: string[][] = [];

  private readonly wx = {
    login: ({ success }: Callbacks): void => {
      this.logins += 1;
      const code = `code-${this.logins}`;
      setImmediate(() => success({ code }));
    },
    request: ({ success, fail, ...request }: Sent & Callbacks): void => {
      this.sent.push(request);
      const later = new Promise(setImmediate);
      void later.then(async () => {
        const answer = await this.server(request);
        if (answer === 'no network') fail({ errMsg: 'request:fail timeout' });
        else success({ statusCode: answer.status, data: answer.data, header: answer.header ?? {} });
      });
    },
    requestPayment: ({ success, fail }: Callbacks): void => {
      setImmediate(() => (this.cashier.endsWith(':ok') ? success : fail)({ errMsg: this.cashier }));
    },
    requestSubscribeMessage: ({ tmplIds, complete }: { tmplIds: string[]; complete: (said: object) => void }): void => {
      this.askedFor.push(tmplIds);
      setImmediate(() => complete({ errMsg: this.consent }));
    },
    getStorageSync: (name: string): unknown => this.storage.get(name) ?? '',
    setStorageSync: (name: string, value: unknown): void => void this.storage.set(name, value),
    removeStorageSync: (name: string): void => void this.storage.delete(name),
  };

  /** The client on this phone. Pauses take no time. */
  checkout(): Checkout {
    return this.load().createCheckout({
      baseUrl: 'https://shop.example',
      pause: (ms) => {
        this.pausesMs.push(ms);
        return Promise.resolve();
      },
    });
  }

  /** Loads the unchanged file with this phone's `wx`. */
  load(): CheckoutModule {
    const module = { exports: {} as CheckoutModule };
    runInNewContext(readFileSync('examples/miniprogram/utils/checkout.js', 'utf8'), {
      wx: this.consent === null ? { ...this.wx, requestSubscribeMessage: undefined } : this.wx,
      module,
      setTimeout,
    });
    return module.exports;
  }

  sentTo(path: string): Sent[] {
    return this.sent.filter(({ url }) => new URL(url).pathname === path);
  }
}
