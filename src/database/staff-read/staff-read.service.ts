import {
  applyDecorators,
  type CallHandler,
  type ExecutionContext,
  Injectable,
  type NestInterceptor,
  UseInterceptors,
} from '@nestjs/common';
import { lastValueFrom, type Observable, of } from 'rxjs';
import { BoundedQueue } from '../../common/bounded-queue.js';
import { DomainError } from '../../common/problem/domain-error.js';
import { Metrics } from '../../common/metrics/metrics.js';
import { defineLimitCounter } from '../../common/metrics/metric-definitions.js';
import { parseDatabaseUrl } from '../../config/database-url.js';
import { Settings } from '../../config/settings.js';
import { UnitOfWork } from '../unit-of-work.js';

const STAFF_READ_LIMIT_REACHED = defineLimitCounter('staff-reads');

/** Reads in the queue. More would wait longer than a person does. */
const MAX_QUEUE_LENGTH = 20;
const RETRY_AFTER_SECONDS = 5;

/**
 * Runs lists and sums for staff and API keys, a few at the same time per instance, because they may read every row of the
 * database and must not delay buyers.
 */
@Injectable()
export class StaffReadService {
  private readonly queue: BoundedQueue;

  constructor(
    private readonly settings: Settings,
    private readonly unitOfWork: UnitOfWork,
    metrics: Metrics,
  ) {
    // SQLite has one connection, so a buyer would wait for all running reads.
    const isSqlite = parseDatabaseUrl(settings.DATABASE_URL)?.dialect === 'sqlite';
    const concurrency = isSqlite ? 1 : settings.staff.STAFF_READ_CONCURRENCY;
    const createError = (): DomainError => {
      metrics.increment(STAFF_READ_LIMIT_REACHED);
      return new DomainError('SERVICE_UNAVAILABLE', { retryAfterSeconds: RETRY_AFTER_SECONDS });
    };
    this.queue = new BoundedQueue({ concurrency, maxWaiting: MAX_QUEUE_LENGTH, createError });
  }

  /** @throws DomainError SERVICE_UNAVAILABLE if the queue is full or a statement times out; otherwise the error of `read`. */
  run<T>(read: () => Promise<T>): Promise<T> {
    return this.queue.run(() => this.unitOfWork.limitReads(this.settings.staff.STAFF_READ_TIMEOUT_SECONDS, read));
  }
}

@Injectable()
class StaffReadInterceptor implements NestInterceptor {
  constructor(private readonly reads: StaffReadService) {}

  async intercept(_context: ExecutionContext, next: CallHandler): Promise<Observable<unknown>> {
    return of(await this.reads.run(() => lastValueFrom<unknown>(next.handle())));
  }
}

/** For a route that lists or sums rows for staff: see `StaffReadService`. */
export const StaffRead = (): MethodDecorator => applyDecorators(UseInterceptors(StaffReadInterceptor));
