import type { PhoneHost } from './phone-host.ts';
import { applyChanges } from './set-data.ts';

/** The argument of `Page()`: initial data, lifecycle hooks and methods. */
export type PageDefinition = Record<string, unknown> & { data?: Record<string, unknown> };

/** Lifecycle hooks of a page. */
type LifecycleHook = 'onLoad' | 'onShow' | 'onReady' | 'onHide' | 'onUnload' | 'onPullDownRefresh' | 'onReachBottom';

/** One open page: its data, and the `this` of its methods. */
export class PageInstance {
  private static createdCount = 0;
  readonly id = (PageInstance.createdCount += 1);
  readonly self: Record<string, unknown> & { data: Record<string, unknown> };

  /** @param onChange called after the data changes */
  constructor(
    readonly route: string,
    definition: PageDefinition,
    readonly options: Readonly<Record<string, string>>,
    private readonly onChange: () => void,
    /** Phone functions that the page's buttons use. */
    readonly host: Pick<PhoneHost, 'getPhoneNumber'>,
  ) {
    this.self = {
      ...definition,
      data: structuredClone(definition.data ?? {}),
      route,
      options,
      setData: (changes: Record<string, unknown>, done?: () => void) => {
        this.self.data = applyChanges(this.self.data, changes);
        this.onChange();
        done?.();
      },
    };
  }

  has(name: string): boolean {
    return typeof this.self[name] === 'function';
  }

  /** Does nothing if the page has no such method, as in WeChat. Errors of the page go to the console, as there. */
  callMethod(name: string, ...args: unknown[]): unknown {
    const method = this.self[name];
    return typeof method === 'function'
      ? (method as (...args: unknown[]) => unknown).apply(this.self, args)
      : undefined;
  }

  runHook(moment: LifecycleHook): void {
    this.callMethod(moment, ...(moment === 'onLoad' ? [this.options] : []));
  }
}
