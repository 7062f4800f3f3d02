import { Agent, request } from 'undici';
import { ManagedProcess } from './managed-process.js';
import { isResponding, waitUntil } from './wait.js';

/**
 * @typedef {{ out_refund_no: string, refund_id: string, refund_status: string, refund_fee: number }} LedgerRefund
 * @typedef {{ out_trade_no: string, trade_state: string, transaction_id: string | null, paidFen: number, refundedFen: number,
 *   refundingFen: number, abnormalFen: number, refunds: LedgerRefund[] }} LedgerLine
 */

/** The simulator as a separate process, and its control API. */
export class SimulatorProcess {
  #agent = new Agent({ connections: 128, keepAliveTimeout: 10_000 });

  /**
   * @param {string} url
   * @param {string} refundUrl
   */
  constructor(url, refundUrl) {
    this.url = url;
    this.refundUrl = refundUrl;
  }

  /**
   * @param {{ app: string, log: string, directory: string, ports: [number, number], seed: number, merchant: Record<string, string> }} options
   */
  static async start({ app, log, directory, ports: [port, refundPort], seed, merchant }) {
    const child = new ManagedProcess({
      args: [`${app}/dist/src/simulator/main.js`],
      environment: {
        PATH: process.env['PATH'] ?? '',
        SIMULATOR_PORT: String(port),
        SIMULATOR_REFUND_PORT: String(refundPort),
        SIMULATOR_SEED: String(seed),
        ...merchant,
      },
      directory,
      log,
    });
    const wechat = new SimulatorProcess(`http://127.0.0.1:${port}`, `https://127.0.0.1:${refundPort}`);
    await waitUntil('the simulator to answer', 30_000, () => {
      if (child.exitStatus !== null) throw new Error(`The simulator ended (${child.exitStatus}).`);
      return isResponding(`${wechat.url}/_control/clock`);
    });
    return wechat;
  }

  /**
   * @param {'GET' | 'POST' | 'PUT' | 'DELETE'} method
   * @param {string} path below /_control/
   * @param {object} [body]
   * @returns {Promise<any>} the answer, or `{ refused: status }`
   */
  async control(method, path, body) {
    const answer = await request(`${this.url}/_control/${path}`, {
      method,
      dispatcher: this.#agent,
      ...(body && { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
    });
    const text = await answer.body.text();
    if (answer.statusCode >= 400) return { refused: answer.statusCode, text };
    return text === '' ? {} : JSON.parse(text);
  }

  /** @returns {Promise<LedgerLine[]>} */
  async getLedger() {
    return (await this.control('GET', 'ledger')).items;
  }

  /** All issued session keys in the simulator's log. They must appear in no log or answer. @returns {Promise<string[]>} */
  async getSessionKeys() {
    const { items } = await this.control('GET', 'messages?path=jscode2session');
    return items.flatMap((/** @type {{ answer?: { body: string } }} */ { answer }) => {
      return /"session_key":"([^"]+)"/.exec(answer?.body ?? '')?.[1] ?? [];
    });
  }
}
