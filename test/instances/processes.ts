import { LIVE_SHOP } from '../support/merchant-environment.js';
import { ServiceProcess } from '../support/service-process.js';
import { freeUrl, type Shop } from '../support/shop.js';

/** Real seconds pass in a process: nobody can move its clock. */
const LIVE = {
  ...LIVE_SHOP,
  WECHAT_TIMEOUT_SECONDS: '3',
  RECONCILE_INTERVAL_SECONDS: '1',
};

/** So many processes of the service at once, on the database and at the WeChat that `environment` names. */
export async function startProcesses(count: number, environment: Record<string, string>): Promise<ServiceProcess[]> {
  const starts: Promise<ServiceProcess>[] = [];
  for (let n = 0; n < count; n++) {
    const url = await freeUrl();
    const own = { PUBLIC_BASE_URL: url, PORT: new URL(url).port };
    starts.push(ServiceProcess.starts({ ...LIVE, ...environment, ...own }));
  }
  return all(starts);
}

/** Processes that serve one shop. */
export class Crew {
  private constructor(
    private readonly shop: Shop,
    readonly processes: ServiceProcess[],
  ) {}

  /** So many more, which become the shop's instances number 0, 1 … */
  static async joins(shop: Shop, count: number, environment: Record<string, string> = {}): Promise<Crew> {
    const processes = await startProcesses(count, { ...shop.environment, ...LIVE, ...environment });
    shop.instances.unshift(...processes.map(({ url }) => shop.first.as(url)));
    return new Crew(shop, processes);
  }

  /** SIGTERM: what they have begun, they finish. */
  async stops(): Promise<void> {
    await Promise.all(this.processes.map((process) => process.stops()));
    this.leaves();
  }

  /** kill -9. */
  async dies(): Promise<void> {
    await Promise.all(this.processes.map((process) => process.dies()));
    this.leaves();
  }

  private leaves(): void {
    const urls = this.processes.map(({ url }) => url);
    const rest = this.shop.instances.filter(({ url }) => !urls.includes(url));
    this.shop.instances.splice(0, this.shop.instances.length, ...rest);
  }
}

/** Leaves no process behind when one of them cannot start. */
async function all(starts: Promise<ServiceProcess>[]): Promise<ServiceProcess[]> {
  try {
    return await Promise.all(starts);
  } catch (error) {
    for (const start of await Promise.allSettled(starts)) if (start.status === 'fulfilled') await start.value.dies();
    throw error;
  }
}
