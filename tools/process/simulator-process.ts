import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Agent } from 'undici';
import { createSender } from '../client/http.ts';
import { SimulatorClient } from '../client/simulator-client.ts';
import { freePort } from './local-server.ts';
import { ManagedProcess } from './managed-process.ts';

/** Long enough for a machine that is busy with other checks. */
const START_TIMEOUT_MS = 60_000;
const STOP_TIMEOUT_MS = 10_000;

interface SimulatorOptions {
  /** The folder that contains the built project. */
  app: string;
  /** More settings, for example the merchant. */
  environment: Record<string, string>;
  ports?: [port: number, refundPort: number];
  /** The working directory, where the simulator would read a file named .env. */
  directory?: string;
  log?: string;
}

/** The simulator as a separate process, and its control API. */
export class SimulatorProcess extends SimulatorClient {
  readonly refundUrl: string;
  readonly #child: ManagedProcess;

  private constructor(url: string, refundUrl: string, child: ManagedProcess) {
    const dispatcher = new Agent({ connections: 128, keepAliveTimeout: 10_000 });
    super(url, createSender({ dispatcher, timeoutMs: 60_000 }));
    this.refundUrl = refundUrl;
    this.#child = child;
  }

  static async start({ app, environment, directory = tmpdir(), ...options }: SimulatorOptions) {
    const [port, refundPort] = options.ports ?? [await freePort(), await freePort()];
    const child = new ManagedProcess({
      args: [join(app, 'packages/wechat-pay-simulator/dist/main.js')],
      environment: {
        PATH: process.env['PATH'] ?? '',
        SIMULATOR_PORT: String(port),
        SIMULATOR_REFUND_PORT: String(refundPort),
        ...environment,
      },
      directory,
      ...(options.log !== undefined && { log: options.log }),
    });
    const wechat = new SimulatorProcess(`http://127.0.0.1:${port}`, `https://127.0.0.1:${refundPort}`, child);
    await child.waitUntilReady(START_TIMEOUT_MS, `${wechat.url}/_control/clock`);
    return wechat;
  }

  /** The settings of a service that uses this simulator as WeChat. */
  get serviceSettings(): Record<string, string> {
    return {
      WECHAT_API_BASE_URL: this.url,
      WECHAT_PAY_BASE_URL: this.url,
      WECHAT_PAY_CERT_BASE_URL: this.refundUrl,
    };
  }

  /** All issued session keys in the simulator's log. They must appear in no log or response. */
  async getSessionKeys(): Promise<string[]> {
    const messages = await this.listMessages({ path: 'jscode2session' });
    return messages.flatMap(({ answer }) => /"session_key":"([^"]+)"/.exec(answer?.body ?? '')?.[1] ?? []);
  }

  async stop(): Promise<void> {
    await this.#child.stop(STOP_TIMEOUT_MS);
  }
}
