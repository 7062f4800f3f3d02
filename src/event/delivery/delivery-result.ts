import type { DueDelivery } from './delivery-batch.js';
import type { SendResult } from './event-exchange.js';
import { parseRetryAfter, retryDelaySeconds } from './retry-schedule.js';

const GONE = 410;

/** One attempt with its answer. */
export interface AttemptRecord {
  delivery: DueDelivery;
  at: Date;
  durationMs: number;
  result: Exclude<SendResult, { kind: 'aborted' }>;
}

export type AttemptOutcome =
  | { kind: 'delivered' }
  | { kind: 'retry'; afterSeconds: number; retryAfterSeconds: number; isGone: boolean }
  | { kind: 'failed'; retryAfterSeconds: number; isGone: boolean };

export function isAccepted(result: AttemptRecord['result']): boolean {
  return result.kind === 'answered' && result.statusCode >= 200 && result.statusCode < 300;
}

/** What follows from an attempt. @param now the time at which the answer came. */
export function outcomeOf({ delivery, result }: AttemptRecord, now: Date): AttemptOutcome {
  if (isAccepted(result)) return { kind: 'delivered' };
  const isAnswered = result.kind === 'answered';
  const retryAfterSeconds = isAnswered ? parseRetryAfter(result.retryAfter, now) : 0;
  const isGone = isAnswered && result.statusCode === GONE;
  const afterSeconds = retryDelaySeconds(delivery.attempts + 1, retryAfterSeconds);
  return afterSeconds === null
    ? { kind: 'failed', retryAfterSeconds, isGone }
    : { kind: 'retry', afterSeconds, retryAfterSeconds, isGone };
}
