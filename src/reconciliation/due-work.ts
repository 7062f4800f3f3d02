import { Logger } from '@nestjs/common';
import type { Clock } from '../common/clock.js';
import { claimDue, type Due, releaseClaim } from '../database/claim-due.js';
import type { UnitOfWork } from '../database/unit-of-work.js';

/** Rows worked on at the same time, each by a worker that takes the next when it is free: one slow answer of WeChat's holds up nobody else. */
const WORKERS = 10;
/** Rows of one tick at most, so that a tick ends. */
const ROWS_A_TICK = 1000;
/** On the way out, work in flight gets this long before its claims are given back. */
const FAREWELL_MS = 7000;

export interface DueWorkOptions<Row extends Due> {
  name: string;
  entity: new () => Row;
  /** Longer than one row's work can take. */
  leaseMs: number;
  /** Must say when the row is due next, or end its waiting. When it throws, the row is due again as its lease ends. */
  work: (row: Row) => Promise<void>;
}

/** Does what is due, row by row under a lease. Any number of instances may tick at once, and any may die anywhere in it. */
export class DueWork<Row extends Due> {
  private readonly log: Logger;
  private readonly inHand = new Map<number, Row>();
  private running: Promise<number> | null = null;
  private isStopping = false;

  constructor(
    private readonly clock: Clock,
    private readonly unitOfWork: UnitOfWork,
    private readonly options: DueWorkOptions<Row>,
  ) {
    this.log = new Logger(options.name);
  }

  /** One tick. While one runs, another joins it. Never throws. @returns how many rows were worked on. */
  tick(): Promise<number> {
    this.running ??= this.drain().finally(() => (this.running = null));
    return this.running;
  }

  /** Takes nothing new, waits for what is in flight, and gives back what does not end in time. */
  async stop(): Promise<void> {
    this.isStopping = true;
    let timer: NodeJS.Timeout | undefined;
    const farewell = new Promise((resolve) => (timer = setTimeout(resolve, FAREWELL_MS)));
    await Promise.race([this.running, farewell]);
    clearTimeout(timer);
    const now = this.clock.now();
    for (const row of this.inHand.values()) {
      await this.unitOfWork.run((tx) => releaseClaim(tx, this.options.entity, row, now)).catch(() => undefined);
    }
  }

  private async drain(): Promise<number> {
    let count = 0;
    let isOver = false;
    // One claim after the other, so that our own workers do not race for the same row; the first that finds none is the last.
    let line: Promise<Row | undefined> = Promise.resolve(undefined);
    const claimNext = (): Promise<Row | undefined> => {
      line = line.then(async () => {
        if (isOver || this.isStopping) return undefined;
        const row = await this.claimOne();
        count += row ? 1 : 0;
        isOver = row === undefined || count >= ROWS_A_TICK;
        return row;
      });
      return line;
    };
    const worker = async (): Promise<void> => {
      for (let row = await claimNext(); row; row = await claimNext()) await this.workOn(row);
    };
    // All of them: a tick that ended before its last row would let the process stop in the middle of it.
    const ends = await Promise.allSettled(Array.from({ length: WORKERS }, worker));
    const failure = ends.find((end) => end.status === 'rejected');
    if (failure) this.log.warn(`Could not look for due work, the next tick will: ${String(failure.reason)}`);
    return count;
  }

  /** Another instance may have been faster with the first that is due; then the next is tried. */
  private async claimOne(): Promise<Row | undefined> {
    for (;;) {
      const now = this.clock.now();
      const until = new Date(now.getTime() + this.options.leaseMs);
      const lease = { now, until };
      const { row, isAnyDue } = await this.unitOfWork.run((tx) => claimDue(tx, this.options.entity, lease));
      if (row || !isAnyDue) return row;
    }
  }

  private async workOn(row: Row): Promise<void> {
    this.inHand.set(row.id, row);
    try {
      await this.options.work(row);
    } catch (error) {
      this.log.warn(`Row ${row.id} stays undone until its lease ends: ${String(error)}`);
    } finally {
      this.inHand.delete(row.id);
    }
  }
}
