import { type BeforeApplicationShutdown, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { DiscoveryService } from '@nestjs/core';
import { SchedulerRegistry } from '@nestjs/schedule';
import { ClockMonitor } from '../common/time/clock-monitor.js';
import { Metrics } from '../common/metrics/metrics.js';
import { ScheduledJob } from './scheduled-job.js';
import { defineGauge, defineHistogram } from '../common/metrics/metric-definitions.js';

/** The label is not `job`, because Prometheus adds a label with that name. */
type JobLabels = Readonly<Record<'task', string>>;

const TICK_DURATION = defineHistogram<JobLabels>({
  name: 'job_tick_duration_seconds',
  help: 'Duration of one job run on this instance, until no row is due or all workers are busy',
  labelNames: ['task'],
  series: [], // the scheduler knows the jobs
  buckets: [0.01, 0.1, 0.5, 1, 5, 15, 60, 300],
});

const LAST_TICK = defineGauge<JobLabels>({
  name: 'job_last_tick_timestamp_seconds',
  help: 'End of the last run of the job on this instance, by the machine clock; before the first run, the process start',
  labelNames: ['task'],
});

/** Runs every `ScheduledJob` at its interval, and stops them before the process ends. */
@Injectable()
export class JobScheduler implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private jobs: ScheduledJob[] = [];

  constructor(
    private readonly discovery: DiscoveryService,
    private readonly registry: SchedulerRegistry,
    private readonly metrics: Metrics,
    private readonly clockMonitor: ClockMonitor,
  ) {}

  onApplicationBootstrap(): void {
    const providers = this.discovery.getProviders().map(({ instance }): unknown => instance);
    this.jobs = [...new Set(providers.filter((provider) => provider instanceof ScheduledJob))];
    for (const job of this.jobs) this.schedule(job);
  }

  async beforeApplicationShutdown(): Promise<void> {
    for (const name of this.registry.getIntervals()) this.registry.deleteInterval(name);
    await Promise.all(this.jobs.map((job) => job.stop()));
  }

  private schedule(job: ScheduledJob): void {
    const { task } = job;
    this.metrics.zero(TICK_DURATION, { task });
    this.metrics.set(LAST_TICK, { task }, Date.now() / 1000);
    let isRunning = false;
    const runOnce = async (): Promise<void> => {
      if (isRunning) return; // the earlier run is still in progress and is counted when it ends
      isRunning = true;
      const beganAt = performance.now();
      this.clockMonitor.checkForJump();
      try {
        await job.run();
      } finally {
        isRunning = false;
      }
      this.metrics.observe(TICK_DURATION, { task }, (performance.now() - beganAt) / 1000);
      this.metrics.set(LAST_TICK, { task }, Date.now() / 1000);
    };
    this.registry.addInterval(
      task,
      setInterval(() => void runOnce(), job.intervalMs),
    );
  }
}
