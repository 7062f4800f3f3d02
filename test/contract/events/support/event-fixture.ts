import { EventDeliveryJob } from '../../../../src/event/delivery/event-delivery.job.js';
import type { HttpResponse } from '../../../../tools/client/http.js';
import type { ServiceSchemas } from '../../../../tools/client/service-client.js';
import { ApiKeyClient } from '../../../support/clients/api-key-client.js';
import { openTestShop, type TestShop, type TestShopOptions } from '../../../support/test-shop.js';
import { logInStaff, type PageJson, type TestStaff } from '../../support/test-staff.js';
import { EventReceiver } from './event-receiver.js';

export type EndpointJson = ServiceSchemas['EventEndpointView'] & { secret?: string };
export type DeliveryJson = ServiceSchemas['EventDeliveryView'];

/** A shop with a program that manages its event endpoints. */
export class EventFixture {
  private readonly receivers: EventReceiver[] = [];

  private constructor(
    readonly shop: TestShop,
    readonly boss: TestStaff,
    readonly program: ApiKeyClient,
  ) {}

  static async open(options: TestShopOptions = {}): Promise<EventFixture> {
    const shop = await openTestShop(options);
    const boss = await logInStaff(shop, 'boss');
    const program = await ApiKeyClient.create(shop, boss, { scopes: ['events:read', 'events:manage'] });
    return new EventFixture(shop, boss, program);
  }

  async close(): Promise<void> {
    for (const receiver of this.receivers) await receiver.stop();
    await this.shop.close();
  }

  async startReceiver(...args: Parameters<typeof EventReceiver.start>): Promise<EventReceiver> {
    const receiver = await EventReceiver.start(...args);
    this.receivers.push(receiver);
    return receiver;
  }

  async createEndpoint(
    url: string,
    body: { types?: string[]; description?: string } = {},
  ): Promise<EndpointJson & { secret: string }> {
    const reply = await this.program.call<EndpointJson & { secret: string }>('POST', 'event-endpoints', {
      url,
      ...body,
    });
    if (reply.status !== 201) throw new Error(`The endpoint was not created: ${JSON.stringify(reply.body)}`);
    return reply.body;
  }

  /** A receiver and its endpoint. */
  async connect(
    answer?: Parameters<typeof EventReceiver.start>[0],
    body: { types?: string[] } = {},
  ): Promise<{ receiver: EventReceiver; endpoint: EndpointJson & { secret: string } }> {
    const receiver = await this.startReceiver(answer);
    return { receiver, endpoint: await this.createEndpoint(receiver.url, body) };
  }

  call<T = Record<string, unknown>>(
    method: 'GET' | 'POST' | 'PATCH' | 'DELETE',
    { id }: { id: string },
    action = '',
    body?: unknown,
  ): Promise<HttpResponse<T>> {
    return this.program.call<T>(method, `event-endpoints/${id}${action}`, body);
  }

  async getEndpoint({ id }: { id: string }): Promise<EndpointJson> {
    const { body } = await this.program.call<PageJson<EndpointJson>>('GET', 'event-endpoints?limit=100');
    const found = body.items.find((endpoint) => endpoint.id === id);
    if (!found) throw new Error(`There is no endpoint ${id}.`);
    return found;
  }

  async listDeliveries(endpoint: { id: string }, query = ''): Promise<DeliveryJson[]> {
    return (await this.call<PageJson<DeliveryJson>>('GET', endpoint, `/deliveries${query}`)).body.items;
  }

  /** Creates an order, which writes `order.created`. Returns its number. */
  async createOrder(): Promise<string> {
    const buyer = await this.shop.createUser('alice');
    return (await buyer.createOrder({ productId: await this.shop.createProduct() })).orderNo;
  }

  /** Delivers everything that is due on every instance. */
  async deliver(): Promise<void> {
    await Promise.all(this.shop.instances.map(({ app }) => app.get(EventDeliveryJob).tick()));
  }
}
