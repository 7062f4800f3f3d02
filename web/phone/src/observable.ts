import { useSyncExternalStore } from 'react';

/** Something that components draw, and that tells them when it has changed. */
export abstract class Observable {
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

/** Draws the component anew whenever one of these changes. */
export function useObservable(observable: Observable): void {
  useSyncExternalStore(observable.subscribe, observable.currentVersion);
}
