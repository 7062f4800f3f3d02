import { BehaviourSettings } from '../../src/simulator/state/behaviour-settings.js';
import { type Clerk, session } from '../contract/support/clerk.js';
import type { Customer, OrderJson, RefundJson } from './customer.js';
import type { Reply } from './http.js';
import { openShop, type Shop, type ShopOptions } from './shop.js';

/** A refund as staff get it. */
export interface DeskRefundJson extends RefundJson {
  requestedFen: number;
  sendCount: number;
  errorCode: string | null;
  wechatRefundId: string | null;
}

/** One line of WeChat's ledger. */
interface LedgerLine {
  out_trade_no: string;
  paidFen: number;
  refundedFen: number;
  refundingFen: number;
  refunds: unknown[];
}

export const PRICE_FEN = 10_000;
export const STOCK = 5;

/** A shop with somebody who has paid 100 yuan for tea, and somebody who decides about refunds. */
export class RefundShop {
  private constructor(
    readonly shop: Shop,
    readonly alice: Customer,
    readonly boss: Clerk,
    readonly tea: string,
  ) {}

  static async opens({ environment = {}, ...options }: ShopOptions = {}): Promise<RefundShop> {
    const shop = await openShop({ ...options, environment: { SESSION_TTL_SECONDS: '2592000', ...environment } });
    return RefundShop.sellsTeaTo(await shop.welcomes('alice'), shop, await session(shop, 'boss'));
  }

  /** With a tea on the shelf that no other story buys. */
  private static async sellsTeaTo(alice: Customer, shop: Shop, boss: Clerk): Promise<RefundShop> {
    return new RefundShop(shop, alice, boss, await shop.sells({ priceFen: PRICE_FEN, stock: STOCK }));
  }

  /** One more instance, with settings of its own, for as long as the work takes, which is told its place. */
  async withAnother(changes: Record<string, string>, work: (at: number) => Promise<void>): Promise<void> {
    const { instances } = this.shop;
    const another = await this.shop.opensAnother(changes);
    try {
      await work(instances.indexOf(another));
    } finally {
      instances.splice(instances.indexOf(another), 1);
      await another.app.close();
    }
  }

  /** The same shop and boss, with another Alice, and tea that only she buys. */
  async withAnotherCustomer(): Promise<RefundShop> {
    return RefundShop.sellsTeaTo(await this.shop.welcomes('alice'), this.shop, this.boss);
  }

  async sells(): Promise<OrderJson> {
    const order = await this.alice.orders({ productId: this.tea });
    await this.alice.pays(order);
    const { body } = await this.alice.syncs(order);
    if (body.status !== 'PAID') throw new Error(`The order is ${body.status}`);
    return body;
  }

  approves<T = DeskRefundJson>({ refundNo }: RefundJson, body: object = {}, at = 0): Promise<Reply<T>> {
    return this.boss.asks<T>('POST', `refunds/${refundNo}/approve`, body, at);
  }

  rejects<T = DeskRefundJson>({ refundNo }: RefundJson, reason = '已发货'): Promise<Reply<T>> {
    return this.boss.asks<T>('POST', `refunds/${refundNo}/reject`, { reason });
  }

  retries<T = DeskRefundJson>({ refundNo }: RefundJson): Promise<Reply<T>> {
    return this.boss.asks<T>('POST', `refunds/${refundNo}/retry`);
  }

  /** Asks for money back and has it approved. */
  async getsBack(order: OrderJson, amountFen?: number): Promise<DeskRefundJson> {
    const refund = await this.alice.wantsBack(order, { ...(amountFen && { amountFen }) });
    return (await this.approves(refund)).body;
  }

  async deskSees({ refundNo }: RefundJson): Promise<DeskRefundJson> {
    return (await this.boss.asks<DeskRefundJson>('GET', `refunds/${refundNo}`)).body;
  }

  /** Lets time pass and the jobs of every instance run. */
  async passes(time: { seconds?: number; minutes?: number; hours?: number }): Promise<void> {
    await this.shop.wechat.passes(time);
    await this.shop.ticks();
  }

  /** The next story in the same shop: with a tea of its own, and a WeChat that has got over the story before. */
  async goesOn(): Promise<RefundShop> {
    await this.shop.wechat.recovers();
    await this.shop.wechat.behaves({ ...new BehaviourSettings() });
    return RefundShop.sellsTeaTo(this.alice, this.shop, this.boss);
  }

  /** What WeChat's ledger says of one order of ours, over all attempts. */
  async ledgerOf({ orderNo }: OrderJson): Promise<{ paidFen: number; refundedFen: number; refunds: number }> {
    const { body } = await this.shop.wechat.control('GET', 'ledger');
    const lines = (body as { items: LedgerLine[] }).items.filter((line) => line.out_trade_no.startsWith(orderNo));
    const sum = (of: (line: LedgerLine) => number): number => lines.reduce((total, line) => total + of(line), 0);
    return {
      paidFen: sum(({ paidFen }) => paidFen),
      refundedFen: sum(({ refundedFen, refundingFen }) => refundedFen + refundingFen),
      refunds: sum(({ refunds }) => refunds.length),
    };
  }

  /** Sends the refund's notice, or a forgery of it, and tells which of the sendings the shop accepted. */
  async notifies({ refundNo }: RefundJson, how: Record<string, unknown> = {}): Promise<boolean[]> {
    const { status, body } = await this.shop.wechat.control('POST', `refunds/${refundNo}/notify`, how);
    if (status >= 300) throw new Error(`The simulator refuses to notify: ${JSON.stringify(body)}`);
    return (body as { attempts: { isAccepted: boolean }[] }).attempts.map(({ isAccepted }) => isAccepted);
  }

  timesSent(refundNo?: string): Promise<number> {
    return this.calls('/secapi/pay/refund', refundNo);
  }

  timesAsked(refundNo?: string): Promise<number> {
    return this.calls('/pay/refundquery', refundNo);
  }

  private async calls(path: string, refundNo?: string): Promise<number> {
    const messages = await this.shop.wechat.messages(path);
    return messages.filter(({ request }) => refundNo === undefined || request.includes(refundNo)).length;
  }
}
