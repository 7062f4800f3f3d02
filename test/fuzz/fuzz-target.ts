import { createHash } from 'node:crypto';
import { Agent, request } from 'node:http';
import { UnitOfWork } from '../../src/database/unit-of-work.js';
import type { AdminRefundJson } from '../support/fixtures/refund-fixture.js';
import { PRICE_FEN, RefundFixture } from '../support/fixtures/refund-fixture.js';
import { sendRequest } from '../../tools/client/http.js';
import type { OrderJson } from '../support/clients/test-buyer.js';
import type { PaidNoticeInput } from '../support/wechat/paid-notice.js';
import type { RefundNoticeInput } from '../support/wechat/refund-notice.js';

/** Milliseconds within which every request must get a response. */
const MAX_ANSWER_MS = 1000;
/** A slow request is slow each time. The repetitions exclude delays of a busy machine or disk. */
const MAX_ATTEMPTS = 5;
/** Milliseconds after which a request counts as hanging: longer than any pause of the machine. */
const REQUEST_TIMEOUT_MS = 15_000;

/** Tables that no fuzzed request may change. Sessions, failed logins and events may grow. */
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

/** Connections are kept alive, because ten thousand cases would use up the machine's ports. */
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

/**
 * A shop with data that must not change: a pending order with a payment attempt, and a paid order with a pending
 * refund.
 */
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
    const fixture = await RefundFixture.open();
    const paid = await fixture.createPaidOrder();
    await fixture.shop.wechat.setBehaviours({ refundEnds: 'PROCESSING' });
    const refund = await fixture.createApprovedRefund(paid, 4000);
    const pending = await fixture.alice.createOrder({ productId: fixture.tea });
    const { outTradeNo } = await fixture.alice.startPayment(pending);
    const payment = { outTradeNo, transactionId: '4200002911202611215567890199', totalFee: PRICE_FEN };
    const tokens = { user: fixture.alice.token, staff: fixture.boss.login.token };
    const noticeInput = { ...payment, openid: fixture.alice.openid };
    const shop = new FuzzTarget(
      fixture,
      pending,
      paid,
      noticeInput,
      await refundNoticeInputOf(fixture, paid, refund),
      tokens,
    );
    await shop.takeSnapshot();
    return shop;
  }

  /** Records the content of the protected tables, which must not change from now on. */
  async takeSnapshot(): Promise<void> {
    this.snapshotDigest = await this.computeDigest();
  }

  /**
   * Sends one raw request. A late response is requested again.
   * @throws on a 5xx response, on a time-out, or when each response is late.
   */
  async send(call: RawCall): Promise<RawReply> {
    const late: number[] = [];
    while (late.length < MAX_ATTEMPTS) {
      const { reply, took: durationMs } = await this.sendOnce(call);
      if (durationMs <= MAX_ANSWER_MS) return reply;
      late.push(Math.round(durationMs));
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

  /** Checks after all cases: the protected tables are unchanged, and the service is ready and responses. */
  async getState(): Promise<{ books: boolean; ready: number; works: boolean }> {
    const { fixture } = this;
    const ready = (await sendRequest(`${fixture.shop.url}/readyz`)).status;
    const books = (await this.computeDigest()) === this.snapshotDigest;
    const works = (await fixture.alice.getOrder(this.paid)).orderNo === this.paid.orderNo;
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
  fixture: RefundFixture,
  paid: OrderJson,
  refund: AdminRefundJson,
): Promise<RefundNoticeInput> {
  const [payment] = await fixture.shop.getPayments(paid.orderNo);
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
    outgoing.on('timeout', () => outgoing.destroy(new Error(`${method} ${path} timed out`)));
    outgoing.on('error', reject);
    outgoing.end(body);
  });
}
