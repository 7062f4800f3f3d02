import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { sendRequest } from '../tools/client/http.ts';
import type { Certificates } from '../tools/client/simulator-client.ts';
import { freePort } from '../tools/process/local-server.ts';
import { ManagedProcess, serviceFlags } from '../tools/process/managed-process.ts';
import { SimulatorProcess } from '../tools/process/simulator-process.ts';
import { assertThat, DemoFailedError } from './assertions.ts';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const SERVICE = join(ROOT, 'dist/server/main.js');
const VERIFY = join(ROOT, 'dist/server/verify.js');

const START_TIMEOUT_MS = 60_000;
const STOP_TIMEOUT_MS = 15_000;
/** The end of the log that is shown when the shop does not start. */
const LOG_LINES = 20;

/** A number of payments and refunds that are not finished. */
export interface OpenCounts {
  payments: number;
  refunds: number;
}

/**
 * A shop that the demo starts itself, because it restarts it with other settings: a service in live mode with an SQLite
 * database in a temporary folder, and a simulator as WeChat that survives the restarts. Neither outlives the demo.
 */
export class SecondShop {
  readonly url: string;
  readonly wechat: SimulatorProcess;
  readonly credentials = { username: 'admin', password: randomSecret() };
  readonly #folder: string;
  readonly #settings: Record<string, string>;
  readonly #keyV3: Record<string, string>;
  readonly #keyV2: Record<string, string>;
  #settingsNow: Record<string, string> = {};
  #child: ManagedProcess | null = null;

  private constructor(folder: string, wechat: SimulatorProcess, port: number, merchant: Merchant, keys: Certificates) {
    this.url = `http://127.0.0.1:${port}`;
    this.wechat = wechat;
    this.#folder = folder;
    this.#keyV2 = { WECHAT_API_KEY: merchant.WECHAT_API_KEY };
    this.#keyV3 = {
      WECHAT_API_V3_KEY: merchant.WECHAT_API_V3_KEY,
      WECHAT_PAY_PUBLIC_KEY_BASE64: base64(keys.v3.public_key),
      WECHAT_PAY_PUBLIC_KEY_ID: keys.v3.public_key_id,
    };
    const { WECHAT_APP_ID, WECHAT_APP_SECRET, WECHAT_MCH_ID } = merchant;
    this.#settings = {
      PATH: process.env['PATH'] ?? '',
      NODE_ENV: 'production',
      SEED_DEMO_DATA: 'true',
      HOST: '127.0.0.1',
      PORT: String(port),
      PUBLIC_BASE_URL: this.url,
      DATABASE_URL: `sqlite:${join(folder, 'shop.sqlite')}`,
      ADMIN_BOOTSTRAP_USERNAME: this.credentials.username,
      ADMIN_BOOTSTRAP_PASSWORD: this.credentials.password,
      WECHAT_MODE: 'live',
      WECHAT_APP_ID,
      WECHAT_APP_SECRET,
      WECHAT_MCH_ID,
      ...wechat.serviceSettings,
      WECHAT_CA_BASE64: base64(keys.ca),
      WECHAT_MCH_CERT_BASE64: base64(keys.merchant.cert),
      WECHAT_MCH_KEY_BASE64: base64(keys.merchant.key),
      // Short, because this shop lives in real time.
      RECONCILE_INTERVAL_SECONDS: '1',
      REFUND_QUERY_BACKOFF_SECONDS: '2,4,8',
    };
  }

  /** Starts its WeChat; `restart` starts the service. @throws DemoFailedError if the project is not built. */
  static async open(): Promise<SecondShop> {
    for (const file of [SERVICE, VERIFY])
      if (!existsSync(file)) throw new DemoFailedError(`${file} is missing. Build it first:\n\n  npm run build`);
    const folder = mkdtempSync(join(tmpdir(), 'wx-checkout-demo-'));
    // Also when the demo fails or is interrupted. Its processes are killed before, by an earlier listener.
    process.on('exit', () => {
      rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
    });
    const merchant = newMerchant();
    const log = join(folder, 'simulator.log');
    const wechat = await SimulatorProcess.start({ app: ROOT, directory: folder, environment: merchant, log });
    await wechat.setBehaviours({ replyRule: 'strict', jsapiArguments: 'mini-program' });
    return new SecondShop(folder, wechat, await freePort(), merchant, await wechat.getCertificates());
  }

  /** Stops the service, if it runs, and starts it with the keys of these protocols; new payments begin with `newPayments`. */
  async restart({ keys, newPayments }: { keys: ('v2' | 'v3')[]; newPayments: 'v2' | 'v3' }): Promise<void> {
    await this.#stopService();
    this.#settingsNow = {
      ...this.#settings,
      ...(keys.includes('v2') && this.#keyV2),
      ...(keys.includes('v3') && this.#keyV3),
      WECHAT_PAY_PROTOCOL: newPayments,
    };
    const log = join(this.#folder, 'service.log');
    const args = [...serviceFlags(), SERVICE];
    this.#child = new ManagedProcess({ args, environment: this.#settingsNow, directory: this.#folder, log });
    try {
      await this.#child.waitUntilReady(START_TIMEOUT_MS, `${this.url}/readyz`);
    } catch (error) {
      const lines = readFileSync(log, 'utf8').trim().split('\n').slice(-LOG_LINES);
      throw new DemoFailedError(`The second shop did not start: ${String(error)}\n${lines.join('\n')}`);
    }
  }

  /** What is open with API v2 by `npm run verify`, which must find no violation. */
  async verify(): Promise<OpenCounts> {
    const options = { env: this.#settingsNow, cwd: this.#folder };
    const { stdout } = await promisify(execFile)(process.execPath, [VERIFY, '--json'], options).catch(
      (error: unknown) => {
        throw new DemoFailedError(`verify failed: ${String(error)}\n${outputOf(error)}`);
      },
    );
    const { channels } = JSON.parse(stdout) as {
      channels: { channel: string; openPayments: number; openRefunds: number }[];
    };
    const v2 = channels.find(({ channel }) => channel === 'wechat-v2');
    assertThat(v2 !== undefined, 'verify must list the payments of API v2');
    return { payments: v2.openPayments, refunds: v2.openRefunds };
  }

  /** The same by the metric `wx_checkout_open_at_wechat`. */
  async readMetric(): Promise<OpenCounts> {
    const { text } = await sendRequest(`${this.url}/metrics`);
    const lines = text.split('\n').filter((line) => line.startsWith('wx_checkout_open_at_wechat{'));
    const valueOf = (kind: string): number => {
      const line = lines.find((each) => each.includes('"wechat-v2"') && each.includes(`"${kind}"`));
      return Number(line?.split(' ').at(-1));
    };
    return { payments: valueOf('payment'), refunds: valueOf('refund') };
  }

  async close(): Promise<void> {
    await this.#stopService();
    await this.wechat.stop();
  }

  async #stopService(): Promise<void> {
    const end = (await this.#child?.stop(STOP_TIMEOUT_MS)) ?? 0;
    this.#child = null;
    assertThat(end === 0, `The second shop must stop with exit code 0, but it ended with ${end}`);
  }
}

type Merchant = ReturnType<typeof newMerchant>;

/** An invented merchant. The lengths are those of WeChat: 32 characters. */
function newMerchant() {
  return {
    WECHAT_APP_ID: 'wx8888888888888888',
    WECHAT_APP_SECRET: randomSecret(),
    WECHAT_MCH_ID: '1900000109',
    WECHAT_API_KEY: randomSecret(),
    WECHAT_API_V3_KEY: randomSecret(),
  };
}

function randomSecret(): string {
  return randomBytes(16).toString('hex');
}

function base64(text: string): string {
  return Buffer.from(text).toString('base64');
}

function outputOf(error: unknown): string {
  return typeof error === 'object' && error !== null && 'stdout' in error ? String(error.stdout) : '';
}
