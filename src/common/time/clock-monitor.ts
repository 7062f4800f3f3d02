import { Injectable, Logger } from '@nestjs/common';
import { Clock, type TimeSource } from './clock.js';
import { defineGauge } from '../metrics/metric-definitions.js';
import { Metrics } from '../metrics/metrics.js';

const CLOCK_UNTRUSTED = defineGauge({
  name: 'clock_untrusted',
  help: "1 while this instance's clock jumped or differs from the clock of the database or WeChat; purging is paused",
  labelNames: [],
});

/** Tolerated difference between two clocks, and tolerated jump of one. WeChat uses the same limit for signed messages. */
const TOLERANCE_MS = 5 * 60_000;
/** A clock that jumped is trusted again after this time if no other clock contradicts it. */
const TRUST_AGAIN_AFTER_MS = 60 * 60_000;
/** After a longer downtime, a start cannot distinguish a stopped service from a wrong clock. */
const MAX_DOWNTIME_MS = 86_400_000;

/** Clocks that the local clock is compared with. WeChat's time comes from the `Date` header of its responses. */
export type ReferenceClock = 'the database' | 'WeChat';

interface ClockReading {
  source: TimeSource;
  atMs: number;
  steadyMs: number;
}

/**
 * Detects that the clock jumped or differs from other clocks. While the clock is not trusted, no rows are purged by age
 * and, in live mode, no order expires: both can wait, and neither can be undone.
 */
@Injectable()
export class ClockMonitor {
  private readonly log = new Logger(ClockMonitor.name);
  private readonly offsets = new Map<ReferenceClock, number>();
  private last: ClockReading | null = null;
  /** The sum of all jumps since the clock was last trusted. */
  private jumpMs = 0;
  /** Time of the last jump by the monotonic clock; null while the clock is trusted. */
  private jumpedAtMs: number | null = null;

  constructor(
    private readonly clock: Clock,
    private readonly metrics: Metrics,
  ) {}

  /** Compares the time since the last call with the monotonic clock. Must be called every few seconds. */
  checkForJump(): void {
    const { source } = this.clock;
    const reading = { source, atMs: this.clock.now().getTime(), steadyMs: this.clock.steadyMs() };
    const { last } = this;
    this.last = reading;
    if (last?.source !== source) {
      this.resetJumps(); // a different time source is not a jump
      return;
    }
    const stepMs = reading.atMs - last.atMs - (reading.steadyMs - last.steadyMs);
    if (Math.abs(stepMs) > TOLERANCE_MS) this.recordJump(stepMs);
    this.updateMetric();
  }

  /** Called at the start. @param lastSeenAt the last trusted time of any instance; null in a new database. */
  checkDowntime(lastSeenAt: Date | null): void {
    this.checkForJump();
    const pauseMs = lastSeenAt === null ? 0 : this.clock.now().getTime() - lastSeenAt.getTime();
    if (pauseMs > MAX_DOWNTIME_MS) this.recordJump(pauseMs);
    this.updateMetric();
  }

  /**
   * @param theirs the current time of the other clock. If WeChat's time agrees, the clock is trusted again after a
   * jump.
   */
  compareWith(other: ReferenceClock, theirs: Date): void {
    if (this.clock.areJumpsDeliberate) return;
    this.checkForJump();
    const offsetMs = this.clock.now().getTime() - theirs.getTime();
    const wasFar = isFar(this.offsets.get(other) ?? 0);
    this.offsets.set(other, offsetMs);
    if (isFar(offsetMs) && !wasFar)
      this.log.error(`The clock differs by ${secondsOf(offsetMs)} s from the clock of ${other}`);
    if (other === 'WeChat' && !isFar(offsetMs)) this.resetJumps();
    this.updateMetric();
  }

  /** One sentence that says why the clock is not trusted; null while it is trusted. */
  get untrustedReason(): string | null {
    const isLikeWechat = !isFar(this.offsets.get('WeChat') ?? Infinity);
    for (const [other, offsetMs] of this.offsets) {
      // WeChat's clock decides about payments: if the local clock agrees with it, the database clock is wrong.
      if (isFar(offsetMs) && !isLikeWechat)
        return `The clock differs by ${secondsOf(offsetMs)} s from the clock of ${other}.`;
    }
    if (this.jumpedAtMs === null || this.clock.steadyMs() - this.jumpedAtMs > TRUST_AGAIN_AFTER_MS) return null;
    return `The clock jumped by ${secondsOf(this.jumpMs)} s, and WeChat has not confirmed it.`;
  }

  private recordJump(stepMs: number): void {
    for (const [other, offsetMs] of this.offsets) this.offsets.set(other, offsetMs + stepMs);
    this.jumpMs += stepMs;
    if (!isFar(this.jumpMs)) {
      this.log.warn('The clock was set back to its time before the jump');
      this.resetJumps();
      return;
    }
    this.jumpedAtMs = this.clock.steadyMs();
    const line = `The clock jumped by ${secondsOf(stepMs)} s. Purging by age is paused until the time is confirmed`;
    if (this.clock.areJumpsDeliberate) this.log.debug(line);
    else this.log.error(line);
  }

  private resetJumps(): void {
    this.jumpMs = 0;
    this.jumpedAtMs = null;
  }

  private updateMetric(): void {
    this.metrics.set(CLOCK_UNTRUSTED, {}, this.untrustedReason === null ? 0 : 1);
  }
}

function isFar(ms: number): boolean {
  return Math.abs(ms) > TOLERANCE_MS;
}

function secondsOf(ms: number): number {
  return Math.round(ms / 1000);
}
