import {
  applyDecorators,
  type CallHandler,
  type ExecutionContext,
  Injectable,
  type NestInterceptor,
  UseInterceptors,
} from '@nestjs/common';
import { lastValueFrom, type Observable, of } from 'rxjs';
import { DomainError } from '../common/domain-error.js';
import { Metrics } from '../common/metrics.js';
import { parseDatabaseUrl } from '../config/database-url.js';
import { Settings } from '../config/settings.js';
import { ReadQueue } from './read-queue.js';
import { UnitOfWork } from './unit-of-work.js';

/** Reads that wait for their turn. More would wait longer than a person does. */
const MAX_QUEUE_LENGTH = 20;
const RETRY_AFTER_SECONDS = 5;

/**
 * Lists and sums for staff and for the shop's own programs, a few at a time in this instance: they can look at every row
 * of the shop, and buyers must not wait for them.
 */
@Injectable()
export class StaffReadService {
  private readonly queue: ReadQueue;

  constructor(
    private readonly settings: Settings,
    private readonly unitOfWork: UnitOfWork,
    metrics: Metrics,
  ) {
    // SQLite has one connection, on which a buyer would wait for all reads that are under way.
    const isSqlite = parseDatabaseUrl(settings.DATABASE_URL)?.dialect === 'sqlite';
    this.queue = new ReadQueue(isSqlite ? 1 : settings.STAFF_READ_CONCURRENCY, MAX_QUEUE_LENGTH, () => {
      metrics.limitReached('staff-reads');
      return new DomainError('SERVICE_UNAVAILABLE', { retryAfterSeconds: RETRY_AFTER_SECONDS });
    });
  }

  /** @throws DomainError SERVICE_UNAVAILABLE when too many reads wait, or a statement took too long; what `read` threw. */
  run<T>(read: () => Promise<T>): Promise<T> {
    return this.queue.run(() => this.unitOfWork.limitReads(this.settings.STAFF_READ_TIMEOUT_SECONDS, read));
  }
}

@Injectable()
class StaffReadInterceptor implements NestInterceptor {
  constructor(private readonly reads: StaffReadService) {}

  async intercept(_context: ExecutionContext, next: CallHandler): Promise<Observable<unknown>> {
    return of(await this.reads.run(() => lastValueFrom<unknown>(next.handle())));
  }
}

/** For a route that lists or adds up rows for staff: see `StaffReadService`. */
export const StaffRead = (): MethodDecorator => applyDecorators(UseInterceptors(StaffReadInterceptor));
