import { LIVE_ENVIRONMENT } from '../support/fixtures/merchant-environment.js';
import { ServiceProcess } from '../support/service-process.js';
import { findFreeUrl, type TestShop } from '../support/test-shop.js';

/** A process runs on real time, because a test cannot move its clock. */
const PROCESS_ENVIRONMENT = {
  ...LIVE_ENVIRONMENT,
  WECHAT_TIMEOUT_SECONDS: '3',
  RECONCILE_INTERVAL_SECONDS: '1',
};

/** Starts several processes of the service with the database and WeChat of `environment`. */
export async function startProcesses(count: number, environment: Record<string, string>): Promise<ServiceProcess[]> {
  const starts: Promise<ServiceProcess>[] = [];
  for (let n = 0; n < count; n++) {
    const url = await findFreeUrl();
    const own = { PUBLIC_BASE_URL: url, PORT: new URL(url).port };
    starts.push(ServiceProcess.start({ ...PROCESS_ENVIRONMENT, ...environment, ...own }));
  }
  return waitForAll(starts);
}

/** Processes that serve one shop. */
export class InstanceGroup {
  private constructor(
    private readonly shop: TestShop,
    readonly processes: ServiceProcess[],
  ) {}

  /** Starts more processes. They become the shop's instances 0, 1 and so on. */
  static async start(shop: TestShop, count: number, environment: Record<string, string> = {}): Promise<InstanceGroup> {
    const processes = await startProcesses(count, { ...shop.environment, ...PROCESS_ENVIRONMENT, ...environment });
    shop.instances.unshift(...processes.map(({ url }) => shop.firstInstance.withUrl(url)));
    return new InstanceGroup(shop, processes);
  }

  /** Sends SIGTERM: the processes finish their work. */
  async stop(): Promise<void> {
    await Promise.all(this.processes.map((process) => process.stop()));
    this.removeFromShop();
  }

  /** Sends SIGKILL. */
  async kill(): Promise<void> {
    await Promise.all(this.processes.map((process) => process.kill()));
    this.removeFromShop();
  }

  private removeFromShop(): void {
    const urls = this.processes.map(({ url }) => url);
    const rest = this.shop.instances.filter(({ url }) => !urls.includes(url));
    this.shop.instances.splice(0, this.shop.instances.length, ...rest);
  }
}

/** Waits for all starts, and kills the started processes when one of them fails. */
async function waitForAll(starts: Promise<ServiceProcess>[]): Promise<ServiceProcess[]> {
  try {
    return await Promise.all(starts);
  } catch (error) {
    for (const start of await Promise.allSettled(starts)) if (start.status === 'fulfilled') await start.value.kill();
    throw error;
  }
}
