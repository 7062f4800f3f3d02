import { tmpdir } from 'node:os';
import { freePort, startServer, stopServer } from './processes.js';
import { liveEnvironment, MERCHANT, ROOT } from './settings.js';

/** The simulator in its own process, with the benchmark's merchant. */
export class SimulatedWechat {
  #child;

  /**
   * @param {import('node:child_process').ChildProcess} child
   * @param {string} url
   * @param {string} refundUrl
   */
  constructor(child, url, refundUrl) {
    this.#child = child;
    this.url = url;
    this.refundUrl = refundUrl;
  }

  static async start() {
    const [port, refundPort] = [await freePort(), await freePort()];
    const url = `http://127.0.0.1:${port}`;
    const { child } = await startServer({
      script: `${ROOT}dist/src/simulator/main.js`,
      environment: liveEnvironment({
        SIMULATOR_PORT: String(port),
        SIMULATOR_REFUND_PORT: String(refundPort),
        WECHAT_API_KEY: MERCHANT.key,
      }),
      readyUrl: `${url}/_control/clock`,
      directory: tmpdir(),
    });
    return new SimulatedWechat(child, url, `https://127.0.0.1:${refundPort}`);
  }

  /** The settings of a service that uses this simulator. @returns {Record<string, string>} */
  get environment() {
    return {
      WECHAT_API_BASE_URL: this.url,
      WECHAT_PAY_BASE_URL: this.url,
      WECHAT_PAY_CERT_BASE_URL: this.refundUrl,
    };
  }

  stop() {
    return stopServer(this.#child);
  }
}
