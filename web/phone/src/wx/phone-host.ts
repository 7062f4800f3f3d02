/** What WeChat answers to `wx.request`. */
export interface WxResponse {
  statusCode: number;
  data: unknown;
  header: Record<string, string>;
}

export interface WxRequest {
  url: string;
  method?: string;
  data?: unknown;
  header?: Record<string, string>;
  timeout?: number;
}

export interface Toast {
  title: string;
  icon: 'success' | 'none' | 'loading';
  durationMs: number;
}

export interface Modal {
  title: string;
  content: string;
  showCancel: boolean;
  cancelText: string;
  confirmText: string;
}

/** What `fail` hears. */
export class WxError extends Error {
  override readonly name = 'WxFailure';

  constructor(readonly errMsg: string) {
    super(errMsg);
  }
}

/** The phone and the WeChat on it, as a mini-program reaches them through `wx`. Failures are `WxError`s. */
export interface PhoneHost {
  login(): Promise<{ code: string }>;
  request(request: WxRequest): Promise<WxResponse>;
  /** Ends when the payer has paid, or rejects when not. Never ends when the mini-program is closed meanwhile. */
  requestPayment(requestPayment: Record<string, unknown>): Promise<void>;
  /** What the `getPhoneNumber` button gives, when the user allows it. Never ends when the mini-program is closed meanwhile. */
  getPhoneNumber(): Promise<{ code: string }>;
  /** Asks for one message by each template; true when the user allows them. Never ends when the mini-program is closed meanwhile. */
  requestSubscribeMessage(templateIds: string[]): Promise<boolean>;
  storage: Map<string, unknown>;
  showToast(toast: Toast | null): void;
  /** Whether the user agrees. */
  showModal(modal: Modal): Promise<boolean>;
  /** Something on the screen is to be drawn anew. */
  onChange(): void;
}
