import { OutboxEntry } from '../../src/outbox/outbox-entry.entity.js';
import { Refund } from '../../src/refund/refund.entity.js';
import { DEMO_TEMPLATES } from '../../src/simulator/messages/wechat-template-store.js';
import type { OrderJson } from './test-buyer.js';
import { eventually } from './eventually.js';
import { RefundFixture } from './refund-fixture.js';
import type { TestShopOptions } from './test-shop.js';

const SEND_PATH = '/cgi-bin/message/subscribe/send';

/** A subscribe message as the buyer's WeChat shows it. */
export interface MessageJson {
  title: string;
  page: string | null;
  data: Record<string, string>;
  miniprogramState: string;
  lang: string;
}

/** A shop whose buyer Alice may consent to messages about her payments and refunds. */
export class MessageFixture {
  private constructor(
    readonly refundFixture: RefundFixture,
    private readonly sendsBefore = 0,
    private readonly lastEntryBefore = 0,
  ) {}

  static async open(options: TestShopOptions = {}): Promise<MessageFixture> {
    return new MessageFixture(await RefundFixture.open(options));
  }

  /** Returns a fixture for the same shop with a new buyer. Earlier messages and outbox entries are not counted in it. */
  async withNewBuyer(): Promise<MessageFixture> {
    const entries = await this.refundFixture.shop.firstInstance.findAll(OutboxEntry);
    const sent = await this.refundFixture.shop.wechat.countCalls(SEND_PATH);
    return new MessageFixture(
      await this.refundFixture.withNewBuyer(),
      sent,
      Math.max(0, ...entries.map(({ id }) => id)),
    );
  }

  /** Clears all faults and runs the jobs until no refund or message is pending, so that the next test is not affected. */
  async finishPending(): Promise<void> {
    const { shop } = this.refundFixture;
    await shop.wechat.clearFaults();
    await shop.wechat.setBehaviours({ refundEnds: 'SUCCESS' });
    await eventually(async () => {
      await this.runJobsAfter({ hours: 1 });
      const refunds = (await shop.firstInstance.findAll(Refund)).filter(({ status }) => status === 'PROCESSING');
      const entries = (await shop.firstInstance.findAll(OutboxEntry)).filter(({ status }) => status === 'WAITING');
      if (refunds.length + entries.length > 0) throw new Error('A refund or a message is still pending.');
    });
  }

  /** Records the buyer's consent, `times` for each of the five templates. */
  async giveConsent(times = 1): Promise<void> {
    const ids = DEMO_TEMPLATES.map(({ templateId }) => templateId);
    for (let time = 0; time < times; time++) {
      for (const templateIds of [ids.slice(0, 3), ids.slice(3)]) {
        const path = `users/${this.refundFixture.alice.openid}/consents`;
        const { status } = await this.refundFixture.shop.wechat.control('POST', path, { templateIds });
        if (status !== 201) throw new Error(`The consent was not recorded: ${status}`);
      }
    }
  }

  /** Creates a paid order. Its message is not sent yet. */
  createPaidOrder(): Promise<OrderJson> {
    return this.refundFixture.createPaidOrder();
  }

  /** Advances the time and runs the jobs of every instance. */
  runJobsAfter(time: { seconds?: number; minutes?: number; hours?: number } = {}): Promise<void> {
    return this.refundFixture.runJobsAfter(time);
  }

  /** Returns the messages that Alice has received, in order. */
  async getMessages(): Promise<MessageJson[]> {
    const { body } = await this.refundFixture.shop.wechat.control(
      'GET',
      `subscribe-messages?openid=${this.refundFixture.alice.openid}`,
    );
    return (body as { items: MessageJson[] }).items;
  }

  async getTitles(): Promise<string[]> {
    return (await this.getMessages()).map(({ title }) => title);
  }

  async getOutboxEntries(): Promise<OutboxEntry[]> {
    return (await this.refundFixture.shop.firstInstance.findAll(OutboxEntry)).filter(
      ({ id }) => id > this.lastEntryBefore,
    );
  }

  async countSends(): Promise<number> {
    return (await this.refundFixture.shop.wechat.countCalls(SEND_PATH)) - this.sendsBefore;
  }

  close(): Promise<void> {
    return this.refundFixture.shop.close();
  }
}
