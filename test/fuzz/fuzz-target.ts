import { createHash } from 'node:crypto';
import { Agent, request } from 'node:http';
import { UnitOfWork } from '../../src/database/unit-of-work.js';
import type { AdminRefundJson } from '../support/refund-fixture.js';
import { PRICE_FEN, RefundFixture } from '../support/refund-fixture.js';
import { call } from '../support/http.js';
import type { OrderJson } from '../support/test-buyer.js';
import type { PaidNoticeInput } from '../support/paid-notice.js';
import type { RefundNoticeInput } from '../support/refund-notice.js';

/** Milliseconds in which every answer is there. */
const MAX_ANSWER_MS = 1000;
/** What hangs does so each time; a machine or a disk that is busy with other things lets one of these through. */
const MAX_ATTEMPTS = 5;
/** Milliseconds: the longest breath that a machine may take. Whatever hangs takes longer than this. */
const REQUEST_TIMEOUT_MS = 15_000;

/** Tables in which nothing may change, whatever strangers send. Sessions, failed logins and the journal may grow. */
const PROTECTED_TABLES = [
  'orders',
  'order_items',
  'payments',
  'refunds',
  'products',
  'stock_movements',
  'admins',
  'audit_log',
];

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
export class FuzzTarget {
  private snapshotDigest = '';

  private constructor(
    readonly fixture: RefundFixture,
    readonly pending: OrderJson,
    readonly paid: OrderJson,
    readonly payment: PaidNoticeInput,
    readonly refund: RefundNoticeInput,
    readonly tokens: { user: string; staff: string },
  ) {}

  static async open(): Promise<FuzzTarget> {
    const world = await RefundFixture.open();
    const paid = await world.createPaidOrder();
    await world.shop.wechat.setBehaviours({ refundEnds: 'PROCESSING' });
    const refund = await world.createApprovedRefund(paid, 4000);
    const pending = await world.alice.createOrder({ productId: world.tea });
    const { outTradeNo } = await world.alice.startPayment(pending);
    const payment = { outTradeNo, transactionId: '4200002911202611215567890199', totalFee: PRICE_FEN };
    const tokens = { user: world.alice.token, staff: world.boss.login.token };
    const facts = { ...payment, openid: world.alice.openid };
    const shop = new FuzzTarget(world, pending, paid, facts, await refundNoticeInputOf(world, paid, refund), tokens);
    await shop.takeSnapshot();
    return shop;
  }

  /** From now on nothing may change in the books. */
  async takeSnapshot(): Promise<void> {
    this.snapshotDigest = await this.computeDigest();
  }

  /**
   * One call over a socket, as its bytes are. A late answer is asked for again.
   * @throws when the answer is a server's fault, does not come, or is late each time.
   */
  async send(call: RawCall): Promise<RawReply> {
    const late: number[] = [];
    while (late.length < MAX_ATTEMPTS) {
      const { reply, took } = await this.sendOnce(call);
      if (took <= MAX_ANSWER_MS) return reply;
      late.push(Math.round(took));
    }
    throw new Error(`${call.method ?? 'POST'} ${call.path}: late each time, ${late.join(', ')} ms`);
  }

  private async sendOnce({
    method = 'POST',
    path,
    headers = {},
    body,
  }: RawCall): Promise<{ reply: RawReply; took: number }> {
    const began = performance.now();
    const reply = await sendRaw(this.fixture.shop.url, { method, path, headers, body: Buffer.from(body ?? '') });
    if (reply.status >= 500) throw new Error(`${method} ${path}: ${reply.status} ${reply.text.slice(0, 300)}`);
    return { reply, took: performance.now() - began };
  }

  /** After all cases: the books are as they were, and the service is well. */
  async getState(): Promise<{ books: boolean; ready: number; works: boolean }> {
    const { fixture: world } = this;
    const ready = (await call(`${world.shop.url}/readyz`)).status;
    const books = (await this.computeDigest()) === this.snapshotDigest;
    const works = (await world.alice.getOrder(this.paid)).orderNo === this.paid.orderNo;
    return { books, ready, works };
  }

  close(): Promise<void> {
    agent.destroy();
    return this.fixture.shop.close();
  }

  private computeDigest(): Promise<string> {
    return this.fixture.shop.firstInstance.app.get(UnitOfWork).read(async (manager) => {
      const hash = createHash('sha256');
      for (const table of PROTECTED_TABLES) {
        const rows: unknown = await manager.query(`SELECT * FROM ${table} ORDER BY id`);
        hash.update(`${table}${JSON.stringify(rows)}`);
      }
      return hash.digest('hex');
    });
  }
}

async function refundNoticeInputOf(
  world: RefundFixture,
  paid: OrderJson,
  refund: AdminRefundJson,
): Promise<RefundNoticeInput> {
  const [payment] = await world.shop.getPayments(paid.orderNo);
  const { outTradeNo = '', transactionId = '' } = payment ?? {};
  const { refundNo: outRefundNo, wechatRefundId, amountFen: refundFee } = refund;
  const numbers = { outRefundNo, wechatRefundId: wechatRefundId ?? '', outTradeNo, transactionId: transactionId ?? '' };
  return { ...numbers, refundFee, totalFee: PRICE_FEN, status: 'SUCCESS' };
}

function sendRaw(url: string, { method, path, headers, body }: Required<RawCall>): Promise<RawReply> {
  return new Promise((resolve, reject) => {
    const { hostname, port } = new URL(url);
    const all = { 'content-length': String(body.length), ...headers };
    const outgoing = request(
      { agent, hostname, port, method, path, headers: all, timeout: REQUEST_TIMEOUT_MS },
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
