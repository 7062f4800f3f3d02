import { BehaviourSettings } from '../../src/simulator/state/behaviour-settings.js';
import { type TestStaff, logInStaff } from '../contract/support/test-staff.js';
import type { TestBuyer, OrderJson, RefundJson } from './test-buyer.js';
import type { HttpReply } from './http.js';
import { openTestShop, type TestShop, type TestShopOptions } from './test-shop.js';

/** A refund as staff get it. */
export interface AdminRefundJson extends RefundJson {
  requestedFen: number;
  sendCount: number;
  errorCode: string | null;
  wechatRefundId: string | null;
}

/** One line of WeChat's ledger. */
interface LedgerLineJson {
  out_trade_no: string;
  paidFen: number;
  refundedFen: number;
  refundingFen: number;
  refunds: unknown[];
}

export const PRICE_FEN = 10_000;
export const INITIAL_STOCK = 5;

/** A shop with somebody who has paid 100 yuan for tea, and somebody who decides about refunds. */
export class RefundFixture {
  private constructor(
    readonly shop: TestShop,
    readonly alice: TestBuyer,
    readonly boss: TestStaff,
    readonly tea: string,
  ) {}

  static async open({ environment = {}, ...options }: TestShopOptions = {}): Promise<RefundFixture> {
    const shop = await openTestShop({ ...options, environment: { SESSION_TTL_SECONDS: '2592000', ...environment } });
    return RefundFixture.create(await shop.createUser('alice'), shop, await logInStaff(shop, 'boss'));
  }

  /** With a tea on the shelf that no other story buys. */
  private static async create(alice: TestBuyer, shop: TestShop, boss: TestStaff): Promise<RefundFixture> {
    return new RefundFixture(
      shop,
      alice,
      boss,
      await shop.createProduct({ priceFen: PRICE_FEN, stock: INITIAL_STOCK }),
    );
  }

  /** One more instance, with settings of its own, for as long as the work takes, which is told its place. */
  async withExtraInstance(changes: Record<string, string>, work: (at: number) => Promise<void>): Promise<void> {
    const { instances } = this.shop;
    const another = await this.shop.startInstance(changes);
    try {
      await work(instances.indexOf(another));
    } finally {
      instances.splice(instances.indexOf(another), 1);
      await another.app.close();
    }
  }

  /** The same shop and boss, with another Alice, and tea that only she buys. */
  async withNewBuyer(): Promise<RefundFixture> {
    return RefundFixture.create(await this.shop.createUser('alice'), this.shop, this.boss);
  }

  async createPaidOrder(): Promise<OrderJson> {
    const order = await this.alice.createOrder({ productId: this.tea });
    await this.alice.pay(order);
    const { body } = await this.alice.syncOrder(order);
    if (body.status !== 'PAID') throw new Error(`The order is ${body.status}`);
    return body;
  }

  approveRefund<T = AdminRefundJson>({ refundNo }: RefundJson, body: object = {}, at = 0): Promise<HttpReply<T>> {
    return this.boss.call<T>('POST', `refunds/${refundNo}/approve`, body, at);
  }

  rejectRefund<T = AdminRefundJson>({ refundNo }: RefundJson, reason = '已发货'): Promise<HttpReply<T>> {
    return this.boss.call<T>('POST', `refunds/${refundNo}/reject`, { reason });
  }

  retryRefund<T = AdminRefundJson>({ refundNo }: RefundJson): Promise<HttpReply<T>> {
    return this.boss.call<T>('POST', `refunds/${refundNo}/retry`);
  }

  /** Asks for money back and has it approved. */
  async createApprovedRefund(order: OrderJson, amountFen?: number): Promise<AdminRefundJson> {
    const refund = await this.alice.requestRefund(order, { ...(amountFen && { amountFen }) });
    return (await this.approveRefund(refund)).body;
  }

  async getAdminRefund({ refundNo }: RefundJson): Promise<AdminRefundJson> {
    return (await this.boss.call<AdminRefundJson>('GET', `refunds/${refundNo}`)).body;
  }

  /** Lets time pass and the jobs of every instance run. */
  async runJobsAfter(time: { seconds?: number; minutes?: number; hours?: number }): Promise<void> {
    await this.shop.wechat.advanceTime(time);
    await this.shop.runJobs();
  }

  /** The next story in the same shop: with a tea of its own, and a WeChat that has got over the story before. */
  async restart(): Promise<RefundFixture> {
    await this.shop.wechat.clearFaults();
    await this.shop.wechat.setBehaviours({ ...new BehaviourSettings() });
    return RefundFixture.create(this.alice, this.shop, this.boss);
  }

  /** What WeChat's ledger says of one order of ours, over all attempts. */
  async getLedger({ orderNo }: OrderJson): Promise<{ paidFen: number; refundedFen: number; refunds: number }> {
    const { body } = await this.shop.wechat.control('GET', 'ledger');
    const lines = (body as { items: LedgerLineJson[] }).items.filter((line) => line.out_trade_no.startsWith(orderNo));
    const sum = (of: (line: LedgerLineJson) => number): number => lines.reduce((total, line) => total + of(line), 0);
    return {
      paidFen: sum(({ paidFen }) => paidFen),
      refundedFen: sum(({ refundedFen, refundingFen }) => refundedFen + refundingFen),
      refunds: sum(({ refunds }) => refunds.length),
    };
  }

  /** Sends the refund's notice, or a forgery of it, and tells which of the sendings the shop accepted. */
  async sendRefundNotice({ refundNo }: RefundJson, how: Record<string, unknown> = {}): Promise<boolean[]> {
    const { status, body } = await this.shop.wechat.control('POST', `refunds/${refundNo}/notify`, how);
    if (status >= 300) throw new Error(`The simulator refuses to notify: ${JSON.stringify(body)}`);
    return (body as { attempts: { isAccepted: boolean }[] }).attempts.map(({ isAccepted }) => isAccepted);
  }

  countRefundCalls(refundNo?: string): Promise<number> {
    return this.countCalls('/secapi/pay/refund', refundNo);
  }

  countRefundQueries(refundNo?: string): Promise<number> {
    return this.countCalls('/pay/refundquery', refundNo);
  }

  private async countCalls(path: string, refundNo?: string): Promise<number> {
    const messages = await this.shop.wechat.getMessages(path);
    return messages.filter(({ request }) => refundNo === undefined || request.includes(refundNo)).length;
  }
}
