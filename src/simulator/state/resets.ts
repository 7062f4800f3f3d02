/** Everything that remembers something says here how it forgets, so that a reset misses nothing. */
export class Resets {
  private readonly actions: (() => void)[] = [];

  onReset(forget: () => void): void {
    this.actions.push(forget);
  }

  resetAll(): void {
    for (const forget of this.actions) forget();
  }
}
