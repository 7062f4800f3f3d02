import { LIVE_ENVIRONMENT } from '../support/merchant-environment.js';
import { ServiceProcess } from '../support/service-process.js';
import { findFreeUrl, type TestShop } from '../support/test-shop.js';

/** Real seconds pass in a process: nobody can move its clock. */
const PROCESS_ENVIRONMENT = {
  ...LIVE_ENVIRONMENT,
  WECHAT_TIMEOUT_SECONDS: '3',
  RECONCILE_INTERVAL_SECONDS: '1',
};

/** So many processes of the service at once, on the database and at the WeChat that `environment` names. */
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

  /** So many more, which become the shop's instances number 0, 1 … */
  static async start(shop: TestShop, count: number, environment: Record<string, string> = {}): Promise<InstanceGroup> {
    const processes = await startProcesses(count, { ...shop.environment, ...PROCESS_ENVIRONMENT, ...environment });
    shop.instances.unshift(...processes.map(({ url }) => shop.firstInstance.withUrl(url)));
    return new InstanceGroup(shop, processes);
  }

  /** SIGTERM: what they have begun, they finish. */
  async stop(): Promise<void> {
    await Promise.all(this.processes.map((process) => process.stop()));
    this.removeFromShop();
  }

  /** kill -9. */
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

/** Leaves no process behind when one of them cannot start. */
async function waitForAll(starts: Promise<ServiceProcess>[]): Promise<ServiceProcess[]> {
  try {
    return await Promise.all(starts);
  } catch (error) {
    for (const start of await Promise.allSettled(starts)) if (start.status === 'fulfilled') await start.value.kill();
    throw error;
  }
}
