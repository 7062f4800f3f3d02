/** The pauses of workers, which end early when the work must not wait. */
export class WorkPauses {
  private readonly ends = new Set<() => void>();
  private hurries = 0;

  /** Whether pauses are skipped. */
  get isHurried(): boolean {
    return this.hurries > 0;
  }

  wait(milliseconds: number): Promise<void> {
    if (this.isHurried) return Promise.resolve();
    return new Promise((resolve) => {
      const end = (): void => {
        clearTimeout(timer);
        this.ends.delete(end);
        resolve();
      };
      const timer = setTimeout(end, milliseconds);
      this.ends.add(end);
    });
  }

  /** Ends all pauses, and skips later ones until `relax`. Each call needs its own `relax`. */
  hurry(): void {
    this.hurries += 1;
    for (const end of this.ends) end();
  }

  relax(): void {
    this.hurries -= 1;
  }
}
