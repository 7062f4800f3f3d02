/** The clock from which the simulator derives its own time. */
export interface BaseClock {
  now(): Date;
}

interface ScheduledTask {
  at: number;
  /** Keeps tasks with the same time in the order in which they were scheduled. */
  order: number;
  run: () => void;
}

/** Longest delay that `setTimeout` accepts, in milliseconds. */
const MAX_TIMER_MS = 2_147_483_647;
/** Interval at which an external clock is polled while tasks wait, in real milliseconds. It may jump at any time. */
const EXTERNAL_CLOCK_POLL_MS = 15;

/**
 * WeChat's time. It can run faster than the machine's clock, stand still (speed 0) or jump ahead; it never goes back. A
 * scheduled task runs when this clock reaches its time. A jump over several tasks runs them in order.
 */
export class SimulatorClock {
  private speedNow: number;
  private anchorVirtual: number;
  private anchorBase: number;
  private tasks: ScheduledTask[] = [];
  private scheduledCount = 0;
  private timer: NodeJS.Timeout | undefined;
  private readonly base: BaseClock;
  private readonly isExternal: boolean;

  constructor(base?: BaseClock, speed = 1) {
    this.base = base ?? { now: () => new Date() };
    this.isExternal = base !== undefined;
    this.speedNow = speed;
    this.anchorBase = this.base.now().getTime();
    this.anchorVirtual = this.anchorBase;
  }

  now(): Date {
    const passed = (this.base.now().getTime() - this.anchorBase) * this.speedNow;
    return new Date(Math.floor(this.anchorVirtual + passed));
  }

  /** Virtual seconds per second of the base clock. */
  get speed(): number {
    return this.speedNow;
  }

  setSpeed(speed: number): void {
    if (!Number.isFinite(speed) || speed < 0) throw new RangeError('speed must be 0 or more');
    this.anchor(this.now().getTime());
    this.speedNow = speed;
    this.rescheduleTimer();
  }

  /** Jumps ahead by virtual milliseconds, and runs the tasks that are due before it returns. */
  advance(ms: number): void {
    if (!Number.isFinite(ms) || ms < 0) throw new RangeError('time cannot go back');
    this.anchor(this.now().getTime() + ms);
    this.runDue();
  }

  /**
   * Runs a task when the clock reaches the given time (soon, if that is in the past). The returned function cancels it.
   */
  schedule(moment: Date, run: () => void): () => void {
    const task = { at: moment.getTime(), order: this.scheduledCount++, run };
    this.tasks.push(task);
    this.rescheduleTimer();
    return () => {
      this.tasks = this.tasks.filter((other) => other !== task);
    };
  }

  /** Sets the timer for the next task, in place of an earlier timer. An external clock is polled, because it may jump. */
  private rescheduleTimer(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    const delayMs = this.nextDelayMs();
    if (delayMs === undefined) return;
    this.timer = setTimeout(() => {
      this.runDue();
    }, delayMs);
    this.timer.unref();
  }

  /** Runs the tasks that are due. Only needed after a jump of an external clock, which is polled. */
  runOverdue(): void {
    this.runDue();
  }

  /** Cancels all scheduled tasks. */
  cancelAll(): void {
    this.tasks = [];
    this.rescheduleTimer();
  }

  private anchor(virtual: number): void {
    this.anchorBase = this.base.now().getTime();
    this.anchorVirtual = virtual;
  }

  /** Real milliseconds until the next check; undefined when no task can become due by itself. */
  private nextDelayMs(): number | undefined {
    if (this.tasks.length === 0) return undefined;
    const first = this.tasks.reduce((earliest, task) => Math.min(earliest, task.at), Infinity);
    const missingMs = first - this.now().getTime();
    if (missingMs <= 0) return 0;
    if (this.isExternal) return EXTERNAL_CLOCK_POLL_MS;
    if (this.speedNow === 0) return undefined;
    return Math.min(Math.ceil(missingMs / this.speedNow), MAX_TIMER_MS);
  }

  private runDue(): void {
    const now = this.now().getTime();
    const due = this.tasks.filter((task) => task.at <= now).sort((a, b) => a.at - b.at || a.order - b.order);
    this.tasks = this.tasks.filter((task) => task.at > now);
    for (const task of due) task.run();
    this.rescheduleTimer();
  }
}
