import { ChangeNotifier } from '../change-notifier.ts';
import type { MessageLog } from '../panel/message-log.ts';
import type { DemoUser, PaymentSheet, MessageTemplate, SimulatorClient } from '../simulator-client.ts';
import { formatYuan } from '../i18n.ts';
import { MiniProgram } from '../wx/mini-program.ts';
import { type Modal, type PhoneHost, type Toast, type WxResponse, WxError, type WxRequest } from '../wx/phone-host.ts';
import { DEMO_USERS } from './demo-users.ts';

/** The payment sheet above the mini-program, with its state. */
export interface OpenSheet extends PaymentSheet {
  stage: 'password' | 'paying' | 'paid' | 'refused';
  /** WeChat's text for the reason of the refusal. */
  refusal?: string;
  requestPayment: Record<string, unknown>;
  succeed: () => void;
  fail: (errMsg: string) => void;
}

/** A request of the mini-program for permission to send messages. */
export interface MessageConsentRequest {
  templates: MessageTemplate[];
  answer: (isAllowed: boolean) => void;
}

/** The state of WeChat on the phone: its user, the running mini-program, and the sheets above it. */
export class Phone extends ChangeNotifier implements PhoneHost {
  user: DemoUser = DEMO_USERS[0];
  program: MiniProgram | null = null;
  sheet: OpenSheet | null = null;
  toast: Toast | null = null;
  modal: (Modal & { answer: (confirm: boolean) => void }) | null = null;
  /** The open sheet that asks for the phone number. */
  phoneNumberConsent: { answer: (isAllowed: boolean) => void } | null = null;
  /** The open sheet that asks for permission to send messages. */
  messageConsent: MessageConsentRequest | null = null;
  isOffline = false;
  private readonly storages = new Map<string, Map<string, unknown>>();
  private toastTimer = 0;

  constructor(
    private readonly wechat: SimulatorClient,
    private readonly log: MessageLog,
  ) {
    super();
  }

  get storage(): Map<string, unknown> {
    const known = this.storages.get(this.user.openid) ?? new Map<string, unknown>();
    this.storages.set(this.user.openid, known);
    return known;
  }

  onChange(): void {
    this.notifyListeners();
  }

  switchUser(user: DemoUser): void {
    if (user.openid === this.user.openid) return;
    this.closeEverything();
    this.log.abandonPendingCalls();
    this.user = user;
    this.log.addNote([`手机换到 ${user.name} 手里`, `${user.name} uses the phone now`]);
    this.notifyListeners();
  }

  openProgram(): void {
    this.program = new MiniProgram(this);
    this.program.launch();
    this.notifyListeners();
  }

  /** Closes the mini-program. None of its pending callbacks is called. */
  closeProgram(): void {
    if (this.program === null) return;
    const wasPaid = this.sheet?.stage === 'paid';
    this.closeEverything();
    this.log.abandonPendingCalls();
    this.log.addNote(
      wasPaid
        ? [
            '钱已付，但小程序被关掉：它永远等不到支付结果的回调',
            'Paid, but the mini-program is closed: it never receives the callback',
          ]
        : ['用户关闭了小程序', 'The user closes the mini-program'],
    );
    this.notifyListeners();
  }

  setOffline(isOffline: boolean): void {
    this.isOffline = isOffline;
    this.log.addNote(
      isOffline ? ['手机断网了', 'The phone is offline'] : ['手机恢复联网', 'The phone is online again'],
    );
    this.notifyListeners();
  }

  async login(): Promise<{ code: string }> {
    return this.log.recordCall({ from: 'phone', to: 'wechat', name: 'wx.login' }, async (recorder) => {
      const { code } = await this.wechat.createLoginCode(this.user.openid);
      recorder.setResult(`code ${code.slice(0, 8)}…`);
      return { code };
    });
  }

  /** Sends the request to the service of this page. The host that the mini-program is configured for is ignored. */
  async request({ url, method = 'GET', data, header }: WxRequest): Promise<WxResponse> {
    const { pathname, search } = new URL(url);
    const body = method === 'GET' || data === undefined ? undefined : JSON.stringify(data);
    return this.log.recordCall(
      { from: 'phone', to: 'shop', name: `${method} ${pathname}`, request: body },
      async (recorder) => {
        if (this.isOffline) throw networkError();
        const answer = await fetch(pathname + search, { method, ...(body && { body }), headers: header ?? {} }).catch(
          () => {
            throw networkError();
          },
        );
        const text = await answer.text();
        const parsed = (text === '' ? undefined : JSON.parse(text)) as unknown;
        recorder.setResponse(answer.status, parsed);
        return { statusCode: answer.status, data: parsed, header: Object.fromEntries(answer.headers) };
      },
    );
  }

  /** Shows WeChat's sheet and waits for the user. The code is created only if they allow it. */
  getPhoneNumber(): Promise<{ code: string }> {
    return this.log.recordCall({ from: 'phone', to: 'wechat', name: 'getPhoneNumber' }, async (recorder) => {
      const isAllowed = await new Promise<boolean>((resolve) => {
        const answer = (isYes: boolean): void => {
          this.phoneNumberConsent = null;
          this.notifyListeners();
          resolve(isYes);
        };
        this.phoneNumberConsent = { answer };
        this.notifyListeners();
      });
      if (!isAllowed) throw new WxError('getPhoneNumber:fail user deny');
      const { code } = await this.wechat.createPhoneNumberCode(this.user.phone);
      recorder.setResult(`code ${code.slice(0, 8)}…`);
      return { code };
    });
  }

  /** Shows WeChat's sheet and waits for the user. */
  requestSubscribeMessage(templateIds: string[]): Promise<boolean> {
    const call = { from: 'phone', to: 'wechat', name: 'wx.requestSubscribeMessage' } as const;
    return this.log.recordCall(call, async (recorder) => {
      const templates = (await this.wechat.templates()).filter(({ templateId }) => templateIds.includes(templateId));
      if (templates.length !== templateIds.length || templates.length === 0 || templates.length > 3) {
        throw new WxError('requestSubscribeMessage:fail No template data return, verify the template id exist');
      }
      const isAllowed = await new Promise<boolean>((resolve) => {
        const answer = (isYes: boolean): void => {
          this.messageConsent = null;
          this.notifyListeners();
          resolve(isYes);
        };
        this.messageConsent = { templates, answer };
        this.notifyListeners();
      });
      const decision = isAllowed ? 'accept' : 'reject';
      await this.wechat.recordMessageConsent(this.user.openid, templateIds, decision);
      recorder.setResult(decision);
      return isAllowed;
    });
  }

  /** Opens the payment sheet and waits for the payer. */
  requestPayment(requestPayment: Record<string, unknown>): Promise<void> {
    const call = {
      from: 'phone',
      to: 'wechat',
      name: 'wx.requestPayment',
      request: JSON.stringify(requestPayment),
    } as const;
    return this.log.recordCall(call, async (recorder) => {
      const { errMsg, sheet } = await this.wechat.openPaymentSheet(this.user.openid, requestPayment);
      if (sheet === undefined) throw new WxError(errMsg ?? 'requestPayment:fail');
      recorder.setResult('paySign ✓');
      await new Promise<void>((resolve, reject) => {
        const fail = (errMsg: string): void => reject(new WxError(errMsg));
        this.sheet = { ...sheet, stage: 'password', requestPayment, succeed: resolve, fail };
        this.notifyListeners();
      });
      recorder.setResult('requestPayment:ok');
    });
  }

  /** Pays, after the sixth digit of the password. */
  async pay(): Promise<void> {
    const { sheet } = this;
    if (sheet?.stage !== 'password') return;
    this.show({ ...sheet, stage: 'paying' });
    const { name } = this.user;
    const amount = formatYuan(sheet.total_fee);
    this.log.addNote([`${name} 输入密码，付款 ¥${amount}`, `${name} enters the password and pays ¥${amount}`]);
    const { errMsg } = await this.wechat.finishPayment(this.user.openid, sheet.requestPayment, 'ok');
    if (errMsg === 'requestPayment:ok') {
      this.show({ ...sheet, stage: 'paid' });
    } else {
      this.show({ ...sheet, stage: 'refused', refusal: /\((.*)\)/.exec(errMsg)?.[1] ?? errMsg });
    }
    this.log.pollNow();
  }

  /** Called by the button 完成 after a successful payment. */
  finishSheet(): void {
    const { sheet } = this;
    this.show(null);
    sheet?.succeed();
  }

  /** Called by the close button before the payment. */
  async cancelSheet(): Promise<void> {
    const { sheet } = this;
    if (sheet === null) return;
    this.show(null);
    if (sheet.stage === 'refused') {
      sheet.fail(`requestPayment:fail (${sheet.refusal ?? ''})`);
      return;
    }
    const { errMsg } = await this.wechat.finishPayment(this.user.openid, sheet.requestPayment, 'cancel');
    sheet.fail(errMsg);
  }

  showToast(toast: Toast | null): void {
    window.clearTimeout(this.toastTimer);
    this.toast = toast;
    if (toast !== null && Number.isFinite(toast.durationMs)) {
      this.toastTimer = window.setTimeout(() => this.showToast(null), toast.durationMs);
    }
    this.notifyListeners();
  }

  showModal(modal: Modal): Promise<boolean> {
    return new Promise((resolve) => {
      const answer = (confirm: boolean): void => {
        this.modal = null;
        this.notifyListeners();
        resolve(confirm);
      };
      this.modal = { ...modal, answer };
      this.notifyListeners();
    });
  }

  private show(sheet: OpenSheet | null): void {
    // If the user closed the mini-program while the password was checked, the sheet stays closed.
    this.sheet = this.program === null ? null : sheet;
    this.notifyListeners();
  }

  private closeEverything(): void {
    this.program?.end();
    this.program = null;
    this.sheet = null;
    this.modal = null;
    this.phoneNumberConsent = null;
    this.messageConsent = null;
    this.showToast(null);
  }
}

function networkError(): WxError {
  return new WxError('request:fail net::ERR_INTERNET_DISCONNECTED');
}
