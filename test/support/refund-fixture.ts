import { BehaviourSettings } from '../../src/simulator/state/behaviour-settings.js';
import { type TestStaff, logInStaff } from '../contract/support/test-staff.js';
import type { TestBuyer, OrderJson, RefundJson } from './test-buyer.js';
import type { HttpReply } from './http.js';
import { openTestShop, type TestShop, type TestShopOptions } from './test-shop.js';

/** A refund in the admin API. */
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

/** A shop with a buyer, a product for 100 yuan, and an administrator who decides about refunds. */
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

  /** Creates a fixture with a product that no other test uses. */
  private static async create(alice: TestBuyer, shop: TestShop, boss: TestStaff): Promise<RefundFixture> {
    return new RefundFixture(
      shop,
      alice,
      boss,
      await shop.createProduct({ priceFen: PRICE_FEN, stock: INITIAL_STOCK }),
    );
  }

  /** Starts another instance with its own settings, calls `work` with its index, and closes it. */
  async withExtraInstance(changes: Record<string, string>, work: (at: number) => Promise<void>): Promise<void> {
    const { instances } = this.shop;
    const instance = await this.shop.startInstance(changes);
    try {
      await work(instances.indexOf(instance));
    } finally {
      instances.splice(instances.indexOf(instance), 1);
      await instance.app.close();
    }
  }

  /** Returns a fixture for the same shop and administrator with a new buyer and product. */
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

  /** Requests a refund as the buyer and approves it. */
  async createApprovedRefund(order: OrderJson, amountFen?: number): Promise<AdminRefundJson> {
    const refund = await this.alice.requestRefund(order, { ...(amountFen && { amountFen }) });
    return (await this.approveRefund(refund)).body;
  }

  async getAdminRefund({ refundNo }: RefundJson): Promise<AdminRefundJson> {
    return (await this.boss.call<AdminRefundJson>('GET', `refunds/${refundNo}`)).body;
  }

  /** Advances the time and runs the jobs of every instance. */
  async runJobsAfter(time: { seconds?: number; minutes?: number; hours?: number }): Promise<void> {
    await this.shop.wechat.advanceTime(time);
    await this.shop.runJobs();
  }

  /** Prepares the same shop for the next test: clears faults and behaviours of the simulator, and adds a new product. */
  async resetForNextTest(): Promise<RefundFixture> {
    await this.shop.wechat.clearFaults();
    await this.shop.wechat.setBehaviours({ ...new BehaviourSettings() });
    return RefundFixture.create(this.alice, this.shop, this.boss);
  }

  /** Returns the sums of WeChat's ledger for one order, over all its attempts. */
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

  /**
   * Sends the refund's notice, or a forgery of it.
   * @returns for each delivery whether the shop accepted it.
   */
  async sendRefundNotice({ refundNo }: RefundJson, how: Record<string, unknown> = {}): Promise<boolean[]> {
    const { status, body } = await this.shop.wechat.control('POST', `refunds/${refundNo}/notify`, how);
    if (status >= 300) throw new Error(`The simulator did not send the notice: ${JSON.stringify(body)}`);
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
