import { OutboxEntry } from '../../src/outbox/outbox-entry.entity.js';
import { Refund } from '../../src/refund/refund.entity.js';
import { DEMO_TEMPLATES } from '../../src/simulator/messages/message-templates.js';
import type { OrderJson } from './customer.js';
import { eventually } from './eventually.js';
import { RefundShop } from './refund-shop.js';
import type { ShopOptions } from './shop.js';

const SEND = '/cgi-bin/message/subscribe/send';

/** A message as it lies in the buyer's WeChat. */
export interface MessageJson {
  title: string;
  page: string | null;
  data: Record<string, string>;
  miniprogramState: string;
  lang: string;
}

/** A shop whose buyer Alice may agree to be told what becomes of her money. */
export class MessageShop {
  private constructor(
    readonly desk: RefundShop,
    private readonly sentBefore = 0,
    private readonly lastEntryBefore = 0,
  ) {}

  static async opens(options: ShopOptions = {}): Promise<MessageShop> {
    return new MessageShop(await RefundShop.opens(options));
  }

  /** The same shop with another Alice, of whom nobody has been told anything. What was before does not count here. */
  async withAnotherBuyer(): Promise<MessageShop> {
    const entries = await this.desk.shop.first.all(OutboxEntry);
    const sent = await this.desk.shop.wechat.timesCalled(SEND);
    return new MessageShop(await this.desk.withAnotherCustomer(), sent, Math.max(0, ...entries.map(({ id }) => id)));
  }

  /** WeChat is well again, and nothing is left to be refunded or told that the next buyer's story could stumble over. */
  async settles(): Promise<void> {
    const { shop } = this.desk;
    await shop.wechat.recovers();
    await shop.wechat.behaves({ refundEnds: 'SUCCESS' });
    await eventually(async () => {
      await this.passes({ hours: 1 });
      const refunds = (await shop.first.all(Refund)).filter(({ status }) => status === 'PROCESSING');
      const entries = (await shop.first.all(OutboxEntry)).filter(({ status }) => status === 'WAITING');
      if (refunds.length + entries.length > 0) throw new Error('There is still something under way.');
    });
  }

  /** What Alice taps, so often for each of the five templates. */
  async agrees(times = 1): Promise<void> {
    const ids = DEMO_TEMPLATES.map(({ templateId }) => templateId);
    for (let time = 0; time < times; time++) {
      for (const templateIds of [ids.slice(0, 3), ids.slice(3)]) {
        const path = `users/${this.desk.alice.openid}/consents`;
        const { status } = await this.desk.shop.wechat.control('POST', path, { templateIds });
        if (status !== 201) throw new Error(`Nobody could agree: ${status}`);
      }
    }
  }

  /** A paid order, of which nobody has been told yet. */
  sells(): Promise<OrderJson> {
    return this.desk.sells();
  }

  /** The jobs of every instance run, now or after some time. */
  passes(time: { seconds?: number; minutes?: number; hours?: number } = {}): Promise<void> {
    return this.desk.passes(time);
  }

  /** What has arrived at Alice's phone, in order. */
  async received(): Promise<MessageJson[]> {
    const { body } = await this.desk.shop.wechat.control('GET', `subscribe-messages?openid=${this.desk.alice.openid}`);
    return (body as { items: MessageJson[] }).items;
  }

  async titles(): Promise<string[]> {
    return (await this.received()).map(({ title }) => title);
  }

  async outbox(): Promise<OutboxEntry[]> {
    return (await this.desk.shop.first.all(OutboxEntry)).filter(({ id }) => id > this.lastEntryBefore);
  }

  async timesSent(): Promise<number> {
    return (await this.desk.shop.wechat.timesCalled(SEND)) - this.sentBefore;
  }

  closes(): Promise<void> {
    return this.desk.shop.closes();
  }
}
