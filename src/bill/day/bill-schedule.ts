import { startOfBeijingDate } from '../../common/time/beijing-days.js';
import type { Clock } from '../../common/time/clock.js';
import { backOffSeconds } from '../../jobs/back-off.js';
import type { Bill } from '../bill.entity.js';
import { LOOK_BACK_DAYS } from './other-bills.js';

const DAY_MS = 86_400_000;
/** WeChat makes bills from 9:00 on the next day and recommends to download them after 10:00: 10:20 in Beijing. */
const READY_AFTER_MS = DAY_MS + (10 * 60 + 20) * 60_000;
/** The instances of all shops must not start in the same second. */
export const MAX_JITTER_SECONDS = 600;

/** Seconds until a bill is requested again that is not there yet: every half hour on the first day. */
const WAITING_BACKOFF_SECONDS = [...Array<number>(27).fill(1800), 7200];
/** The same for a bill that is incomplete. */
const DOWNLOAD_BACKOFF_SECONDS = [1800, 1800, 3600, 7200, 21_600, 21_600, 43_200, 86_400];
/** The same for payments and refunds whose query had no usable answer. */
const HEAL_BACKOFF_SECONDS = [1800, 3600, 7200, 14_400, 28_800, 86_400, 86_400];
/** Seconds until entries are checked again that wait for another bill. That bill makes the day due at once. */
const SETTLE_SECONDS = 1800;
/**
 * How often a file is requested again that WeChat does not have, or that has failed while the trade bill is there. API v2 gives
 * the same answer for a day without a statement as for a bill that is not made yet.
 */
const MAX_FILE_RETRIES = 4;

/** When WeChat's bill of a day can be expected. */
export function readyAt(date: string): Date {
  return new Date(startOfBeijingDate(date).getTime() + READY_AFTER_MS);
}

/** The seconds of the longest wait; a later date was written by a wrong clock. */
export const LONGEST_WAIT_SECONDS = 2 * 86_400;

/** False when WeChat no longer has the bill of the day. */
export function isStillAtWechat(date: string, now: Date): boolean {
  return startOfBeijingDate(date).getTime() > now.getTime() - LOOK_BACK_DAYS * DAY_MS;
}

/** Whether the job downloads the files again, or only settles and heals what is open. */
export function needsDownload({ status, tradeState, fundState, runNo, comparedRunNo }: Bill): boolean {
  if (status === 'WAITING' || status === 'INCOMPLETE' || tradeState === 'NONE') return true;
  return fundState === 'UNKNOWN' || fundState === 'NOT_READY' || runNo !== comparedRunNo;
}

/** What the next date of a day depends on, besides the day. */
export interface WorkResult {
  /** Queries without a usable answer. */
  unanswered: number;
  /** False when WeChat's "no statement" may only mean that the bill is not made yet. */
  isNoneFinal: boolean;
}

/** True when the fund-flow bill was requested often enough, although WeChat has none for a day on which money moved. */
export function isFundGivenUp({ attempts }: Pick<Bill, 'attempts'>): boolean {
  return attempts >= MAX_FILE_RETRIES - 1;
}

/** When the job works on the day again; null when nothing is left to do. */
export function nextBillCheckAt(bill: Bill, { unanswered, isNoneFinal }: WorkResult, clock: Clock): Date | null {
  const { status, attempts, date, waitingEntries } = bill;
  const afterBackOff = (delays: readonly number[]): Date => clock.secondsFromNow(backOffSeconds(delays, attempts));
  const isDownloadable = isStillAtWechat(date, clock.now());
  if (isDownloadable && (status === 'WAITING' || status === 'INCOMPLETE')) {
    const ready = readyAt(date);
    if (ready > clock.now()) return ready;
    return afterBackOff(status === 'WAITING' ? WAITING_BACKOFF_SECONDS : DOWNLOAD_BACKOFF_SECONDS);
  }
  const dates: Date[] = [];
  const mayComeLater = bill.tradeState === 'NONE' ? !isNoneFinal : needsDownload(bill);
  if (isDownloadable && mayComeLater && attempts < MAX_FILE_RETRIES) dates.push(afterBackOff(DOWNLOAD_BACKOFF_SECONDS));
  if (unanswered > 0 && attempts < HEAL_BACKOFF_SECONDS.length) dates.push(afterBackOff(HEAL_BACKOFF_SECONDS));
  if (waitingEntries > 0) dates.push(clock.secondsFromNow(SETTLE_SECONDS));
  return dates.sort((one, other) => one.getTime() - other.getTime())[0] ?? null;
}
