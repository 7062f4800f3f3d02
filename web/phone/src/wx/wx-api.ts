import type { Modal, PhoneHost, WxRequest } from './phone-host.ts';

interface Callbacks {
  success?: (result: unknown) => void;
  fail?: (error: unknown) => void;
  complete?: (result: unknown) => void;
}

const DEFAULT_TOAST_MS = 1500;

/** The page stack of the mini-program, as far as `wx` changes it. */
interface PageNavigator {
  readonly isAlive: boolean;
  open(url: string): void;
  replace(url: string): void;
  back(delta?: number): void;
  switchTab(url: string): void;
}

/**
 * The part of `wx` that the shop needs, as in base library 3: with callbacks, or with a promise if no callback is given.
 * Other functions are undefined, so that an example that uses them fails visibly.
 */
export function createWx(program: PageNavigator, host: PhoneHost): object {
  /** A closed mini-program receives no callbacks. */
  const whileAlive = <Result>(work: Promise<Result>): Promise<Result> =>
    new Promise((resolve, reject) => {
      work.then(
        (result) => program.isAlive && resolve(result),
        (error: unknown) => program.isAlive && reject(error as Error),
      );
    });

  const twoWays = <Options extends object>(name: string, act: (options: Options) => Promise<object>) => {
    return (args?: Options & Callbacks): Promise<unknown> | undefined => {
      const { success, fail, complete, ...options } = args ?? ({} as Options & Callbacks);
      const work = program.isAlive
        ? whileAlive(act(options as unknown as Options))
        : new Promise<never>(() => undefined);
      const result = work.then((result) => ({ errMsg: `${name}:ok`, ...result }));
      if (!success && !fail && !complete) return result;
      result.then(
        (result) => {
          success?.(result);
          complete?.(result);
        },
        (error: unknown) => {
          fail?.(error);
          complete?.(error);
        },
      );
      return undefined;
    };
  };

  /** For functions that cannot fail and return nothing. */
  const simple = <Options extends object>(name: string, act: (options: Options) => void) =>
    twoWays<Options>(name, (options) => {
      act(options);
      return Promise.resolve({});
    });

  return {
    login: twoWays('login', () => host.login()),
    request: twoWays<WxRequest>('request', (request) => host.request(request)),
    requestPayment: twoWays<Record<string, unknown>>('requestPayment', async (args) => {
      await host.requestPayment(args);
      return {};
    }),
    requestSubscribeMessage: twoWays<{ tmplIds?: string[] }>('requestSubscribeMessage', async ({ tmplIds = [] }) => {
      const isAllowed = await host.requestSubscribeMessage(tmplIds);
      return Object.fromEntries(tmplIds.map((id) => [id, isAllowed ? 'accept' : 'reject']));
    }),
    getStorageSync: (name: string) => host.storage.get(name) ?? '',
    setStorageSync: (name: string, value: unknown) => void host.storage.set(name, value),
    removeStorageSync: (name: string) => void host.storage.delete(name),
    showToast: simple<{ title: string; icon?: 'success' | 'none' | 'loading'; duration?: number }>(
      'showToast',
      (toast) => {
        host.showToast({
          title: toast.title,
          icon: toast.icon ?? 'success',
          durationMs: toast.duration ?? DEFAULT_TOAST_MS,
        });
      },
    ),
    hideToast: simple('hideToast', () => host.showToast(null)),
    showLoading: simple<{ title: string }>('showLoading', ({ title }) => {
      host.showToast({ title, icon: 'loading', durationMs: Infinity });
    }),
    hideLoading: simple('hideLoading', () => host.showToast(null)),
    showModal: twoWays<Partial<Modal>>('showModal', async (modal) => {
      const options = { title: '', content: '', showCancel: true, cancelText: '取消', confirmText: '确定', ...modal };
      const confirm = await host.showModal(options);
      return { confirm, cancel: !confirm };
    }),
    navigateTo: simple<{ url: string }>('navigateTo', ({ url }) => program.open(url)),
    redirectTo: simple<{ url: string }>('redirectTo', ({ url }) => program.replace(url)),
    navigateBack: simple<{ delta?: number }>('navigateBack', ({ delta }) => program.back(delta)),
    switchTab: simple<{ url: string }>('switchTab', ({ url }) => program.switchTab(url)),
    stopPullDownRefresh: simple('stopPullDownRefresh', () => undefined),
  };
}
