import type { PhoneHost } from './phone-host.ts';
import { applyChanges } from './set-data.ts';

/** What a page's file hands to `Page()`: its first data, its moments and its methods. */
export type PageDefinition = Record<string, unknown> & { data?: Record<string, unknown> };

/** The moments of a page that WeChat calls. */
type LifecycleHook = 'onLoad' | 'onShow' | 'onReady' | 'onHide' | 'onUnload' | 'onPullDownRefresh' | 'onReachBottom';

/** One opened page: the `this` of its methods, and what it shows. */
export class PageInstance {
  private static createdCount = 0;
  readonly id = (PageInstance.createdCount += 1);
  readonly self: Record<string, unknown> & { data: Record<string, unknown> };

  /** @param onChange is told that there is something new to draw */
  constructor(
    readonly route: string,
    definition: PageDefinition,
    readonly options: Readonly<Record<string, string>>,
    private readonly onChange: () => void,
    /** What a button of the page may ask of the phone. */
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

  /** Nothing happens when the page has no such method, as in WeChat. Errors of the page end in the console, as there. */
  callMethod(name: string, ...given: unknown[]): unknown {
    const method = this.self[name];
    return typeof method === 'function'
      ? (method as (...given: unknown[]) => unknown).apply(this.self, given)
      : undefined;
  }

  runHook(moment: LifecycleHook): void {
    this.callMethod(moment, ...(moment === 'onLoad' ? [this.options] : []));
  }
}
