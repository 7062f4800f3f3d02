import { useSyncExternalStore } from 'react';

/** State outside React that notifies its components of changes. */
export abstract class ChangeNotifier {
  private readonly listeners = new Set<() => void>();
  private version = 0;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  readonly currentVersion = (): number => this.version;

  protected notifyListeners(): void {
    this.version += 1;
    for (const listener of this.listeners) listener();
  }
}

/** Renders the component again after each change. */
export function useChangeNotifier(observable: ChangeNotifier): void {
  useSyncExternalStore(observable.subscribe, observable.currentVersion);
}
