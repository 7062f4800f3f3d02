import { createHash } from 'node:crypto';
import { Agent, request } from 'node:http';
import { UnitOfWork } from '../../src/database/unit-of-work.js';
import type { DeskRefundJson } from '../support/refund-shop.js';
import { PRICE_FEN, RefundShop } from '../support/refund-shop.js';
import { call } from '../support/http.js';
import type { OrderJson } from '../support/customer.js';
import type { NoticeFacts } from '../support/paid-notice.js';
import type { RefundFacts } from '../support/refund-notice.js';

/** Milliseconds in which every answer is there. */
const PROMISED_MS = 1000;
/** What hangs does so each time; a machine or a disk that is busy with other things lets one of these through. */
const TRIES = 5;
/** Milliseconds: the longest breath that a machine may take. Whatever hangs takes longer than this. */
const HANGS_AFTER_MS = 15_000;

/** Tables in which nothing may change, whatever strangers send. Sessions, failed logins and the journal may grow. */
const MONEY = ['orders', 'order_items', 'payments', 'refunds', 'products', 'stock_movements', 'admins', 'audit_log'];

/** Connections are kept: ten thousand cases must not use up the machine's ports. */
const agent = new Agent({ keepAlive: true });

export interface RawReply {
  status: number;
  text: string;
}

export interface RawCall {
  method?: string;
  path: string;
  headers?: Record<string, string | string[]>;
  body?: Buffer | string;
}

/** A shop with something to lose: an order that waits for its money, and a paid one with a refund on its way. */
export class FuzzedShop {
  private digest = '';

  private constructor(
    readonly world: RefundShop,
    readonly pending: OrderJson,
    readonly paid: OrderJson,
    readonly payment: NoticeFacts,
    readonly refund: RefundFacts,
    readonly tokens: { user: string; staff: string },
  ) {}

  static async opens(): Promise<FuzzedShop> {
    const world = await RefundShop.opens();
    const paid = await world.sells();
    await world.shop.wechat.behaves({ refundEnds: 'PROCESSING' });
    const refund = await world.getsBack(paid, 4000);
    const pending = await world.alice.orders({ productId: world.tea });
    const { outTradeNo } = await world.alice.begins(pending);
    const payment = { outTradeNo, transactionId: '4200002911202611215567890199', totalFee: PRICE_FEN };
    const tokens = { user: world.alice.token, staff: world.boss.login.token };
    const facts = { ...payment, openid: world.alice.openid };
    const shop = new FuzzedShop(world, pending, paid, facts, await factsOf(world, paid, refund), tokens);
    await shop.remembers();
    return shop;
  }

  /** From now on nothing may change in the books. */
  async remembers(): Promise<void> {
    this.digest = await this.booksDigest();
  }

  /**
   * One call over a socket, as its bytes are. A late answer is asked for again.
   * @throws when the answer is a server's fault, does not come, or is late each time.
   */
  async takes(call: RawCall): Promise<RawReply> {
    const late: number[] = [];
    while (late.length < TRIES) {
      const { reply, took } = await this.sends(call);
      if (took <= PROMISED_MS) return reply;
      late.push(Math.round(took));
    }
    throw new Error(`${call.method ?? 'POST'} ${call.path}: late each time, ${late.join(', ')} ms`);
  }

  private async sends({
    method = 'POST',
    path,
    headers = {},
    body,
  }: RawCall): Promise<{ reply: RawReply; took: number }> {
    const began = performance.now();
    const reply = await send(this.world.shop.url, { method, path, headers, body: Buffer.from(body ?? '') });
    if (reply.status >= 500) throw new Error(`${method} ${path}: ${reply.status} ${reply.text.slice(0, 300)}`);
    return { reply, took: performance.now() - began };
  }

  /** After all cases: the books are as they were, and the service is well. */
  async isUnharmed(): Promise<{ books: boolean; ready: number; works: boolean }> {
    const { world } = this;
    const ready = (await call(`${world.shop.url}/readyz`)).status;
    const books = (await this.booksDigest()) === this.digest;
    const works = (await world.alice.sees(this.paid)).orderNo === this.paid.orderNo;
    return { books, ready, works };
  }

  closes(): Promise<void> {
    agent.destroy();
    return this.world.shop.closes();
  }

  private booksDigest(): Promise<string> {
    return this.world.shop.first.app.get(UnitOfWork).read(async (manager) => {
      const hash = createHash('sha256');
      for (const table of MONEY) {
        const rows: unknown = await manager.query(`SELECT * FROM ${table} ORDER BY id`);
        hash.update(`${table}${JSON.stringify(rows)}`);
      }
      return hash.digest('hex');
    });
  }
}

async function factsOf(world: RefundShop, paid: OrderJson, refund: DeskRefundJson): Promise<RefundFacts> {
  const [payment] = await world.shop.paymentsOf(paid.orderNo);
  const { outTradeNo = '', transactionId = '' } = payment ?? {};
  const { refundNo: outRefundNo, wechatRefundId, amountFen: refundFee } = refund;
  const numbers = { outRefundNo, wechatRefundId: wechatRefundId ?? '', outTradeNo, transactionId: transactionId ?? '' };
  return { ...numbers, refundFee, totalFee: PRICE_FEN, status: 'SUCCESS' };
}

function send(url: string, { method, path, headers, body }: Required<RawCall>): Promise<RawReply> {
  return new Promise((resolve, reject) => {
    const { hostname, port } = new URL(url);
    const all = { 'content-length': String(body.length), ...headers };
    const outgoing = request(
      { agent, hostname, port, method, path, headers: all, timeout: HANGS_AFTER_MS },
      (incoming) => {
        const chunks: Buffer[] = [];
        incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
        incoming.on('error', reject);
        incoming.on('end', () => resolve({ status: incoming.statusCode ?? 0, text: Buffer.concat(chunks).toString() }));
      },
    );
    outgoing.on('timeout', () => outgoing.destroy(new Error(`${method} ${path} hangs`)));
    outgoing.on('error', reject);
    outgoing.end(body);
  });
}
