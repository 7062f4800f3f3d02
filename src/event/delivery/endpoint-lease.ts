import type { DeliveryBatch } from './delivery-batch.js';
import type { AttemptRecord } from './delivery-result.js';
import type { DeliveryStore } from './delivery-store.js';

/** The lease of one endpoint, which each batch renews when its results are stored. */
export class EndpointLease {
  /** The batch whose results are being stored. */
  private batch: DeliveryBatch | null = null;
  private storing: Promise<Date | null> | null = null;

  /** @param until the end of the lease; null once it is lost. */
  constructor(
    private readonly store: DeliveryStore,
    private until: Date | null,
  ) {}

  /** Its deliveries may still seem to be due. */
  get batchInProgress(): DeliveryBatch | null {
    return this.batch;
  }

  /** Whether a batch may begin now, if necessary after the results are stored. @throws DomainError SERVICE_UNAVAILABLE. */
  async allowsBatch(): Promise<boolean> {
    return this.isLongEnough() || ((await this.settle()) !== null && this.isLongEnough());
  }

  private isLongEnough(): boolean {
    return this.until !== null && this.store.isLongEnough(this.until);
  }

  /** Begins to store results. @throws if it is lost. */
  storeResults(batch: DeliveryBatch, attempts: AttemptRecord[]): void {
    if (this.until === null) throw new Error('The lease is lost.');
    this.batch = batch;
    this.storing = this.store.save(batch, this.until, attempts);
    this.storing.catch(() => undefined); // `settle` throws it, unless another error ends the work before
  }

  /** Waits until the results are stored. @returns its end; null when it is lost. @throws DomainError SERVICE_UNAVAILABLE. */
  async settle(): Promise<Date | null> {
    if (this.storing) this.until = await this.storing;
    this.storing = null;
    this.batch = null;
    return this.until;
  }
}
