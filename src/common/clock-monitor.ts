import { Injectable, Logger } from '@nestjs/common';
import { Clock, type TimeSource } from './clock.js';
import { Metrics } from './metrics.js';

/** How far two clocks may differ, and how far one may be set, without consequences. API v3 of WeChat allows as much. */
const TOLERANCE_MS = 5 * 60_000;
/** A clock that jumped, and that nothing contradicts since, is trusted again after this long. */
const TRUST_AGAIN_AFTER_MS = 60 * 60_000;
/** After a longer pause a start cannot tell a service that was off from a clock that is wrong. */
const MAX_DOWNTIME_MS = 86_400_000;

/** Clocks that ours is compared with. WeChat's comes in the `Date` header of its answers. */
export type ReferenceClock = 'the database' | 'WeChat';

interface ClockReading {
  source: TimeSource;
  atMs: number;
  steadyMs: number;
}

/**
 * Notices that the clock jumped or differs from others. While it is in doubt nothing is deleted for its age, and a live
 * shop closes no order for its time: both can wait, and neither can be undone.
 */
@Injectable()
export class ClockMonitor {
  private readonly log = new Logger(ClockMonitor.name);
  private readonly offsets = new Map<ReferenceClock, number>();
  private last: ClockReading | null = null;
  /** The sum of all jumps since the clock was last trusted. */
  private jumpMs = 0;
  /** Null while it is trusted; otherwise when it jumped last, by the steady clock. */
  private jumpedAtMs: number | null = null;

  constructor(
    private readonly clock: Clock,
    private readonly metrics: Metrics,
  ) {}

  /** Compares the time that passed since the last look with what the steady clock says. To be called every few seconds. */
  checkForJump(): void {
    const { source } = this.clock;
    const reading = { source, atMs: this.clock.now().getTime(), steadyMs: this.clock.steadyMs() };
    const { last } = this;
    this.last = reading;
    if (last?.source !== source) {
      this.resetJumps(); // another clock is no jump
      return;
    }
    const stepMs = reading.atMs - last.atMs - (reading.steadyMs - last.steadyMs);
    if (Math.abs(stepMs) > TOLERANCE_MS) this.recordJump(stepMs);
    this.updateMetric();
  }

  /** At the start. @param lastSeenAt what a trusted clock of any instance said last; null in a new shop. */
  checkDowntime(lastSeenAt: Date | null): void {
    this.checkForJump();
    const pauseMs = lastSeenAt === null ? 0 : this.clock.now().getTime() - lastSeenAt.getTime();
    if (pauseMs > MAX_DOWNTIME_MS) this.recordJump(pauseMs);
    this.updateMetric();
  }

  /** @param theirs the other clock's time at this moment. WeChat's own clock ends a doubt that a jump began. */
  compareWith(other: ReferenceClock, theirs: Date): void {
    if (this.clock.areJumpsDeliberate) return;
    this.checkForJump();
    const offsetMs = this.clock.now().getTime() - theirs.getTime();
    const wasFar = isFar(this.offsets.get(other) ?? 0);
    this.offsets.set(other, offsetMs);
    if (isFar(offsetMs) && !wasFar)
      this.log.error(`The clock differs by ${secondsOf(offsetMs)} s from that of ${other}`);
    if (other === 'WeChat' && !isFar(offsetMs)) this.resetJumps();
    this.updateMetric();
  }

  /** Why the clock is in doubt, in one sentence; null while it is trusted. */
  get untrustedReason(): string | null {
    const isLikeWechat = !isFar(this.offsets.get('WeChat') ?? Infinity);
    for (const [other, offsetMs] of this.offsets) {
      // Payments go by WeChat's clock: where ours agrees with it, the database's is the wrong one.
      if (isFar(offsetMs) && !isLikeWechat)
        return `The clock differs by ${secondsOf(offsetMs)} s from that of ${other}.`;
    }
    if (this.jumpedAtMs === null || this.clock.steadyMs() - this.jumpedAtMs > TRUST_AGAIN_AFTER_MS) return null;
    return `The clock jumped by ${secondsOf(this.jumpMs)} s, and WeChat has not confirmed it.`;
  }

  private recordJump(stepMs: number): void {
    for (const [other, offsetMs] of this.offsets) this.offsets.set(other, offsetMs + stepMs);
    this.jumpMs += stepMs;
    if (!isFar(this.jumpMs)) {
      this.log.warn('The clock is back where it was before it jumped');
      this.resetJumps();
      return;
    }
    this.jumpedAtMs = this.clock.steadyMs();
    const line = `The clock jumped by ${secondsOf(stepMs)} s: nothing is deleted for its age until it is confirmed`;
    if (this.clock.areJumpsDeliberate) this.log.debug(line);
    else this.log.error(line);
  }

  private resetJumps(): void {
    this.jumpMs = 0;
    this.jumpedAtMs = null;
  }

  private updateMetric(): void {
    this.metrics.setClockUntrusted(this.untrustedReason !== null);
  }
}

function isFar(ms: number): boolean {
  return Math.abs(ms) > TOLERANCE_MS;
}

function secondsOf(ms: number): number {
  return Math.round(ms / 1000);
}
