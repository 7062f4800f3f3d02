/** Result of `wx.request`. */
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

/** The error that the `fail` callback receives. */
export class WxError extends Error {
  override readonly name = 'WxFailure';

  constructor(readonly errMsg: string) {
    super(errMsg);
  }
}

/** The phone's functions behind `wx`. They reject with a `WxError`. */
export interface PhoneHost {
  login(): Promise<{ code: string }>;
  request(request: WxRequest): Promise<WxResponse>;
  /** Resolves after the payment, rejects otherwise. Stays pending if the mini-program is closed meanwhile. */
  requestPayment(requestPayment: Record<string, unknown>): Promise<void>;
  /** Resolves with the code if the user allows it. Stays pending if the mini-program is closed meanwhile. */
  getPhoneNumber(): Promise<{ code: string }>;
  /** Asks to send one message per template. True if the user allows it. Stays pending if the mini-program is closed meanwhile. */
  requestSubscribeMessage(templateIds: string[]): Promise<boolean>;
  storage: Map<string, unknown>;
  showToast(toast: Toast | null): void;
  /** Resolves with true if the user confirms. */
  showModal(modal: Modal): Promise<boolean>;
  /** Called when the screen must be rendered again. */
  onChange(): void;
}
