/** A job that every instance runs at an interval. `JobScheduler` finds each provider that extends this class. */
export abstract class ScheduledJob {
  /** The job's label in the metrics. */
  abstract readonly task: string;
  abstract readonly intervalMs: number;

  /** The next run is skipped while one is in progress. */
  abstract run(): Promise<unknown>;

  /** Ends work in progress before the process ends. */
  stop(): Promise<void> {
    return Promise.resolve();
  }
}
