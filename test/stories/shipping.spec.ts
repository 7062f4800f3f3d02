import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { OutboxEntry } from '../../src/outbox/outbox-entry.entity.js';
import type { OrderJson, ProblemJson } from '../support/test-buyer.js';
import { crashAtEveryBoundary } from '../support/crash-at-every-boundary.js';
import { PRICE_FEN, ShippingFixture, YTO, ZTO } from '../support/shipping-fixture.js';

let fixture: ShippingFixture;
beforeAll(async () => {
  fixture = await ShippingFixture.open({ instances: 2 });
});
afterEach(() => fixture.shop.wechat.clearFaults());
afterAll(() => fixture.shop.close());

describe('goods that leave', () => {
  it('are told to WeChat, which does not know the payment at first, and is told again', async () => {
    const order = await fixture.createPaidOrder();
    const { status, body } = await fixture.createShipment(order);
    expect(status).toBe(201);
    expect(body).toMatchObject({ shipmentNo: 1, ...ZTO, isLast: true, state: 'WAITING', uploadedAt: null });

    await fixture.shop.runJobs();
    expect(await fixture.listUploadVerdicts(order)).toEqual(['10060001']);
    expect(await fixture.listShipments(order)).toMatchObject([{ state: 'WAITING', errorCode: '10060001' }]);

    await fixture.runJobsAfter({ seconds: 10 });
    expect(await fixture.listShipments(order)).toMatchObject([
      { state: 'UPLOADED', errorCode: null, uploadedAt: expect.any(String) },
    ]);
    const [first, second] = await fixture.listUploads(order);
    expect(first).toMatchObject({ delivery_mode: 1, logistics_type: 1, payer: { openid: fixture.alice.openid } });
    expect(first).not.toHaveProperty('is_all_delivered');
    expect(second?.upload_time).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}\+08:00$/);
    expect(String(second?.upload_time) > String(first?.upload_time)).toBe(true);
    const { order: known } = await fixture.getShippingAtWechat(order);
    expect(known).toMatchObject({ order_state: 2, shipping: { finish_shipping: true, finish_shipping_count: 1 } });
    expect(known.shipping?.shipping_list[0]?.goods_desc).toMatch(/^龙井茶 \w+\*2$/);
    const seen = await fixture.boss.call('GET', `orders/${order.orderNo}`);
    expect(seen.body).toMatchObject({
      shippedAt: expect.any(String),
      shipBy: null,
      shipments: [{ state: 'UPLOADED' }],
    });
  });

  it('are seen by their buyer, and by nobody else', async () => {
    const order = await fixture.createShippableOrder();
    await fixture.createShipment(order);
    const parcels = await fixture.alice.call('GET', `orders/${order.orderNo}/shipments`);
    expect(parcels.body).toEqual({ items: [{ ...ZTO, shippedAt: expect.any(String) }], nextCursor: null });
    const bob = await fixture.shop.createUser('bob');
    expect((await bob.call('GET', `orders/${order.orderNo}/shipments`)).status).toBe(404);
  });

  it('are one parcel however often, and at whatever instance, they are reported', async () => {
    const order = await fixture.createShippableOrder();
    const replies = await Promise.all(
      Array.from({ length: 12 }, (_, index) => fixture.createShipment(order, ZTO, index % 2)),
    );
    expect(new Set(replies.map(({ status }) => status))).toEqual(new Set([201]));
    expect(new Set(replies.map(({ body }) => body.shipmentNo))).toEqual(new Set([1]));
    await fixture.runJobsUntilIdle(order);
    expect((await fixture.createShipment(order)).body).toMatchObject({ shipmentNo: 1, state: 'UPLOADED' });
    await fixture.runJobsUntilIdle(order);
    expect(await fixture.listUploadVerdicts(order)).toEqual(['SUCCESS']);
    const audit = await fixture.boss.call<{ items: object[] }>('GET', `audit-log?action=order.ship&q=${order.orderNo}`);
    expect(audit.body.items).toMatchObject([{ subject: order.orderNo, actor: { username: 'boss' }, before: null }]);
  });

  it('are two parcels when two are reported at once, and WeChat hears of the last one last', async () => {
    const order = await fixture.createShippableOrder();
    const parcels = Array.from({ length: 5 }, (_, index) => ({ ...ZTO, trackingNo: `ZT${index}`, isLast: false }));
    const replies = await Promise.all(parcels.map((parcel, index) => fixture.createShipment(order, parcel, index % 2)));
    expect(replies.map(({ body }) => body.shipmentNo).sort()).toEqual([1, 2, 3, 4, 5]);
    expect((await fixture.createShipment(order, YTO)).body).toMatchObject({ shipmentNo: 6, isLast: true });
    await fixture.runJobsUntilIdle(order);
    const uploads = await fixture.listUploads(order);
    expect(uploads.map(({ is_all_delivered }) => is_all_delivered)).toEqual([false, false, false, false, false, true]);
    const numbers = (await fixture.listShipments(order)).map(({ trackingNo }) => trackingNo);
    expect(uploads.map(({ shipping_list }) => shipping_list[0]?.tracking_no)).toEqual(numbers);
    expect(await fixture.getShippingAtWechat(order)).toMatchObject({ order: { order_state: 2 }, isReshipUsed: false });
  });

  it('whose report got no answer are asked about first, so that the one re-ship is not wasted', async () => {
    const order = await fixture.createShippableOrder();
    await fixture.shop.wechat.failNext({ endpoint: 'upload_shipping_info', kind: 'reset', when: 'after' });
    await fixture.createShipment(order);
    await fixture.shop.runJobs();
    expect(await fixture.listShipmentStates(order)).toEqual(['WAITING']);
    await fixture.runJobsUntilIdle(order);
    expect([
      await fixture.listShipmentStates(order),
      await fixture.listUploadVerdicts(order),
      await fixture.countShippingQueries(order),
    ]).toEqual([['UPLOADED'], ['SUCCESS'], 1]);
    expect(await fixture.getShippingAtWechat(order)).toMatchObject({ isReshipUsed: false });
  });

  it('whose report got no answer are asked about first by whoever tells them again, too', async () => {
    const order = await fixture.createShippableOrder();
    await fixture.shop.wechat.failNext({ endpoint: 'upload_shipping_info', kind: 'reset', when: 'after' });
    await fixture.shop.wechat.failNext({ endpoint: 'get_order', kind: 'err_code', errCode: '40097' });
    await fixture.createShipment(order);
    await fixture.shop.runJobs();
    await fixture.runJobsUntilIdle(order);
    expect(await fixture.listShipments(order)).toMatchObject([{ state: 'STUCK', errorCode: '40097' }]);
    // Another number would be the re-ship, if WeChat has the first one.
    expect((await fixture.retryShipment<ProblemJson>(order, 1, { trackingNo: 'ZT9' })).body.code).toBe(
      'SHIPMENT_NOT_RETRYABLE',
    );
    expect((await fixture.retryShipment(order, 1)).body).toMatchObject({ state: 'WAITING' });
    await fixture.runJobsUntilIdle(order);
    expect([
      await fixture.listShipmentStates(order),
      await fixture.listUploadVerdicts(order),
      await fixture.countShippingQueries(order),
    ]).toEqual([['UPLOADED'], ['SUCCESS'], 2]);
    expect((await fixture.reshipShipment(order, 1, { trackingNo: 'ZT9' })).body).toMatchObject({ state: 'WAITING' });
    await fixture.runJobsUntilIdle(order);
    expect(await fixture.listTrackingNosAtWechat(order)).toEqual(['ZT9']);
  });

  it('whose report never arrived are sent once WeChat says so', async () => {
    const order = await fixture.createShippableOrder();
    await fixture.shop.wechat.failNext({ endpoint: 'upload_shipping_info', kind: 'reset', when: 'before' });
    await fixture.shop.wechat.failNext({ endpoint: 'get_order', kind: 'SYSTEMERROR' });
    await fixture.createShipment(order);
    await fixture.runJobsUntilIdle(order);
    expect([await fixture.listShipmentStates(order), (await fixture.listUploads(order)).length]).toEqual([
      ['UPLOADED'],
      2,
    ]);
  });

  it.each([
    ['10060002', 'UPLOADED'],
    ['10060023', 'UPLOADED'],
    ['10060003', 'STUCK'],
    ['10060004', 'STUCK'],
    ['10060005', 'STUCK'],
    ['10060031', 'STUCK'],
    ['268485227', 'STUCK'],
    ['40097', 'STUCK'],
    ['47001', 'STUCK'],
    ['61003', 'STUCK'],
    ['44990', 'WAITING'],
    ['45009', 'WAITING'],
    ['10060001', 'WAITING'],
    ['-1', 'WAITING'],
  ])('are, after errcode %s, %s', async (errCode, state) => {
    const order = await fixture.createShippableOrder();
    await fixture.shop.wechat.failNext({
      endpoint: 'upload_shipping_info',
      kind: 'err_code',
      errCode,
      errCodeDes: 'no',
    });
    await fixture.createShipment(order);
    await fixture.shop.runJobs();
    expect(await fixture.listShipmentStates(order)).toEqual([state]);
    if (state !== 'WAITING') return;
    await fixture.runJobsUntilIdle(order);
    expect(await fixture.listShipmentStates(order)).toEqual(['UPLOADED']);
  });

  it('that WeChat will not hear of are corrected and told again by staff', async () => {
    const order = await fixture.createShippableOrder();
    await fixture.shop.wechat.failNext({ endpoint: 'upload_shipping_info', kind: 'err_code', errCode: '40097' });
    await fixture.createShipment(order);
    await fixture.shop.runJobs();
    expect((await fixture.retryShipment(order, 1, { carrier: 'STO', trackingNo: 'ST1' })).body).toMatchObject({
      ...{ shipmentNo: 1, state: 'WAITING', carrier: 'STO', trackingNo: 'ST1', errorCode: null },
    });
    await fixture.shop.runJobs();
    expect(await fixture.listShipments(order)).toMatchObject([{ state: 'UPLOADED', carrier: 'STO' }]);
    const entries = (await fixture.shop.firstInstance.findAll(OutboxEntry)).filter(
      ({ topic, subject }) => topic === 'shipping-upload' && subject === order.orderNo,
    );
    expect(entries.map(({ status }) => status)).toEqual(['DROPPED', 'DONE']);
    expect((await fixture.retryShipment<ProblemJson>(order, 1)).body).toMatchObject({ code: 'SHIPMENT_NOT_RETRYABLE' });
    expect((await fixture.retryShipment<ProblemJson>(order, 2)).body).toMatchObject({ code: 'SHIPMENT_NOT_FOUND' });
  });

  it('can be corrected once after all of them left, and never twice', async () => {
    const order = await fixture.createShippableOrder();
    await fixture.createShipment(order, { ...ZTO, isLast: false });
    expect((await fixture.reshipShipment<ProblemJson>(order, 1, { trackingNo: 'ZT9' })).body.code).toBe(
      'RESHIP_TOO_EARLY',
    );
    await fixture.createShipment(order, YTO);
    expect((await fixture.reshipShipment<ProblemJson>(order, 1, { trackingNo: 'ZT9' })).body.code).toBe(
      'RESHIP_TOO_EARLY',
    );
    await fixture.runJobsUntilIdle(order);
    expect((await fixture.reshipShipment<ProblemJson>(order, 1, { trackingNo: ZTO.trackingNo })).status).toBe(400);
    expect((await fixture.reshipShipment<ProblemJson>(order, 1, { ...YTO, kind: undefined })).body.code).toBe(
      'VALIDATION_FAILED',
    );

    const replies = await Promise.all(
      [1, 2, 3, 4].map((n) => fixture.reshipShipment(order, 1, { trackingNo: `ZT9${n}` })),
    );
    expect(replies.filter(({ status }) => status === 200)).toHaveLength(1);
    const right = replies.find(({ status }) => status === 200)?.body.trackingNo ?? '';
    await fixture.shop.wechat.failNext({ endpoint: 'upload_shipping_info', kind: 'reset', when: 'after' });
    await fixture.runJobsUntilIdle(order);
    expect(await fixture.listShipments(order)).toMatchObject([
      { trackingNo: right, isReship: true, state: 'UPLOADED' },
      { trackingNo: YTO.trackingNo, isReship: false, state: 'UPLOADED' },
    ]);
    expect(await fixture.listTrackingNosAtWechat(order)).toEqual([right, YTO.trackingNo]);
    expect((await fixture.getShippingAtWechat(order)).order.shipping).toMatchObject({ finish_shipping_count: 2 });
    expect((await fixture.reshipShipment<ProblemJson>(order, 1, { trackingNo: 'ZT8' })).body.code).toBe('RESHIP_USED');
  });

  it('can be corrected once even when each of them is at the same moment', async () => {
    const order = await fixture.createShippableOrder();
    const more = ['ZT2', 'ZT3', 'ZT4'].map((trackingNo) => ({ ...ZTO, trackingNo, isLast: false }));
    for (const parcel of [...more, YTO]) await fixture.createShipment(order, parcel);
    await fixture.runJobsUntilIdle(order);
    const replies = await Promise.all(
      [1, 2, 3, 4].map((n) => fixture.reshipShipment<ProblemJson>(order, n, { trackingNo: `ZT9${n}` })),
    );
    expect(replies.map(({ body }) => body.code).filter(Boolean)).toEqual(['RESHIP_USED', 'RESHIP_USED', 'RESHIP_USED']);
  });

  it('may turn out to be all that there is', async () => {
    const order = await fixture.createShippableOrder();
    await fixture.createShipment(order, { ...ZTO, isLast: false });
    await fixture.runJobsUntilIdle(order);
    expect(await fixture.getShippingAtWechat(order)).toMatchObject({ order: { order_state: 1 } });
    expect((await fixture.createShipment(order, { ...ZTO, isLast: true })).body).toMatchObject({
      shipmentNo: 1,
      isLast: true,
    });
    await fixture.runJobsUntilIdle(order);
    expect(await fixture.getShippingAtWechat(order)).toMatchObject({ order: { order_state: 2 }, isReshipUsed: false });
    expect((await fixture.createShipment<ProblemJson>(order, YTO)).body).toMatchObject({ code: 'ORDER_NOT_SHIPPABLE' });
  });
});

describe('goods that may not leave', () => {
  const refused = async (order: OrderJson, parcel: object = ZTO): Promise<ProblemJson> =>
    (await fixture.createShipment<ProblemJson>(order, parcel)).body;

  it('are those of orders that nobody paid, that are closed, or that are not there', async () => {
    const order = await fixture.alice.createOrder({ productId: fixture.tea });
    expect(await refused(order)).toMatchObject({ status: 409, code: 'ORDER_NOT_SHIPPABLE' });
    await fixture.alice.cancelOrder(order);
    expect((await refused(order)).detail).toContain('cannot be shipped: closed');
    expect(await refused({ ...order, orderNo: 'NOSUCHORDER' })).toMatchObject({ code: 'ORDER_NOT_FOUND' });
  });

  it('are those whose money is back, or asked for, or on its way', async () => {
    const order = await fixture.createShippableOrder();
    const refund = await fixture.alice.requestRefund(order);
    expect((await refused(order)).detail).toContain('its money is being refunded');
    await fixture.boss.call('POST', `refunds/${refund.refundNo}/approve`, {});
    expect((await refused(order)).detail).toContain('its money is being refunded');
    await fixture.runJobsAfter({ hours: 1 });
    expect((await refused(order)).detail).toContain('refunded in full');
  });

  it('but with some of the money left they may', async () => {
    const order = await fixture.createShippableOrder();
    await fixture.alice.requestRefund(order, { amountFen: PRICE_FEN });
    expect((await fixture.createShipment(order)).status).toBe(201);
  });

  it('are not told to WeChat when the money goes back before it hears of them', async () => {
    const order = await fixture.createShippableOrder();
    await fixture.createShipment(order);
    await fixture.boss.call('POST', `orders/${order.orderNo}/refunds`, { amountFen: 2 * PRICE_FEN, reason: '缺货' });
    await fixture.shop.wechat.failNext({
      endpoint: 'upload_shipping_info',
      kind: 'err_code',
      errCode: '44990',
      times: 3,
    });
    await fixture.runJobsAfter({ seconds: 5 });
    await fixture.runJobsAfter({ minutes: 10 });
    await fixture.runJobsUntilIdle(order);
    expect(await fixture.listShipments(order)).toMatchObject([{ state: 'KEPT', errorCode: 'REFUNDED' }]);
  });

  it.each([
    ['without a number', { kind: 'EXPRESS', carrier: 'ZTO' }, 'trackingNo'],
    ['without a carrier', { kind: 'EXPRESS', trackingNo: '1' }, 'carrier'],
    ['with null for a number', { ...ZTO, trackingNo: null }, 'trackingNo'],
    ['with null for a carrier', { ...ZTO, carrier: null }, 'carrier'],
    ['by SF with null for a contact', { ...ZTO, carrier: 'SF', receiverContact: null }, 'receiverContact'],
    ['by SF without a contact', { kind: 'EXPRESS', carrier: 'SF', trackingNo: '1' }, 'receiverContact'],
    ['with a contact that is none', { ...ZTO, receiverContact: 'Alice' }, 'receiverContact'],
    ['fetched, with a number', { kind: 'SELF_PICKUP', trackingNo: '1' }, 'trackingNo'],
    ['in several virtual parts', { kind: 'VIRTUAL', isLast: false }, 'isLast'],
    ['of no kind', { kind: 'PIGEON' }, 'kind'],
    ['with too long a description', { ...ZTO, itemDesc: '茶'.repeat(121) }, 'itemDesc'],
    ['with a number that has a space at its end', { ...ZTO, trackingNo: '1 ' }, 'trackingNo'],
    ['with something unknown', { ...ZTO, colour: 'red' }, 'colour'],
  ])('are those %s', async (_what, parcel, field) => {
    const order = await fixture.createShippableOrder();
    expect((await refused(order, parcel)).errors).toMatchObject([{ field }]);
  });

  it('reveal no telephone number', async () => {
    const order = await fixture.createShippableOrder();
    const parcel = { kind: 'EXPRESS', carrier: 'SF', trackingNo: 'SF1', receiverContact: '138 0013 8000' };
    expect((await fixture.createShipment(order, parcel)).body).toMatchObject({ receiverContact: '138****8000' });
    await fixture.runJobsUntilIdle(order);
    const [entry] = (await fixture.getShippingAtWechat(order)).order.shipping?.shipping_list ?? [];
    expect(entry?.contact).toEqual({ receiver_contact: '138****8000' });
  });

  it('after the first parcel went by express, go by express', async () => {
    const order = await fixture.createShippableOrder();
    await fixture.createShipment(order, { ...ZTO, isLast: false });
    expect((await refused(order, { kind: 'SELF_PICKUP' })).errors).toMatchObject([{ field: 'kind' }]);
    for (let parcel = 2; parcel <= 15; parcel++) {
      await fixture.createShipment(order, { ...ZTO, trackingNo: `ZT${parcel}`, isLast: false });
    }
    expect((await refused(order, YTO)).detail).toContain('as many parcels as WeChat allows');
  });
});

describe('goods of another shop', () => {
  let world: ShippingFixture;
  afterEach(() => world.shop.close());

  it('in two parcels survive the death of the process at every step between', async () => {
    world = await ShippingFixture.open();
    const story = async (at: number): Promise<OrderJson> => {
      const order = await world.createShippableOrder();
      await world.createShipment(order, { ...ZTO, isLast: false });
      await world.createShipment(order, YTO);
      for (let tick = 0; tick < 3; tick++) {
        await world.shop.wechat.advanceTime({ seconds: 15 });
        await world.shop.instances[at]?.runJobs();
      }
      return order;
    };
    const borders = await crashAtEveryBoundary(world.shop, story, async (order) => {
      await world.runJobsUntilIdle(order);
      expect(await world.listShipmentStates(order)).toEqual(['UPLOADED', 'UPLOADED']);
      expect(await world.getShippingAtWechat(order)).toMatchObject({
        order: {
          shipping: {
            ...{ delivery_mode: 2, finish_shipping: true, finish_shipping_count: 1 },
            shipping_list: [{ tracking_no: ZTO.trackingNo }, { tracking_no: YTO.trackingNo }],
          },
        },
        isReshipUsed: false,
      });
    });
    expect(borders).toBeGreaterThan(10);
  });

  it('for a payment that WeChat does not list within a day wait for a person', async () => {
    world = await ShippingFixture.open();
    await world.shop.wechat.setBehaviours({ shippingIndexSeconds: 86_400 });
    const order = await world.createPaidOrder();
    await world.createShipment(order);
    for (let hour = 0; hour < 26; hour++) {
      if (hour === 20) expect(await world.listShipmentStates(order)).toEqual(['WAITING']);
      if (hour === 20)
        await world.shop.wechat.failNext({
          endpoint: 'upload_shipping_info',
          kind: 'err_code',
          errCode: '10060001',
          times: 20,
        });
      await world.runJobsAfter({ hours: 1 });
    }
    expect(await world.listShipments(order)).toMatchObject([{ state: 'STUCK', errorCode: '10060001' }]);
  });

  it('are not told to WeChat where the shop has switched that off', async () => {
    world = await ShippingFixture.open({ environment: { SHIPPING_UPLOAD: 'off' } });
    const order = await world.createShippableOrder();
    expect((await world.createShipment(order)).body).toMatchObject({ state: 'KEPT' });
    await world.runJobsAfter({ hours: 1 });
    expect([await world.listShipmentStates(order), await world.listUploads(order)]).toEqual([['KEPT'], []]);
    expect((await world.retryShipment<ProblemJson>(order, 1)).body.code).toBe('SHIPMENT_NOT_RETRYABLE');
    expect((await world.retryShipment(order, 1, { trackingNo: 'ZT2' })).body).toMatchObject({
      state: 'KEPT',
      trackingNo: 'ZT2',
    });
  });

  it('and were kept back are not told once WeChat has called the order whole: that would be its re-ship', async () => {
    world = await ShippingFixture.open();
    Object.assign(world.shop.environment, { SHIPPING_UPLOAD: 'off' });
    await world.shop.startInstance();
    const order = await world.createShippableOrder();
    expect((await world.createShipment(order, { ...ZTO, isLast: false }, 1)).body).toMatchObject({ state: 'KEPT' });
    await world.shop.instances.pop()?.app.close();
    await world.createShipment(order, YTO);
    await world.runJobsUntilIdle(order);
    expect(await world.listShipmentStates(order)).toEqual(['KEPT', 'UPLOADED']);
    expect((await world.retryShipment<ProblemJson>(order, 1)).body.code).toBe('SHIPMENT_NOT_RETRYABLE');
    await world.runJobsUntilIdle(order);
    expect(await world.getShippingAtWechat(order)).toMatchObject({
      order: { order_state: 2, shipping: { finish_shipping: true } },
      isReshipUsed: false,
    });
    expect((await world.reshipShipment(order, 1, { trackingNo: 'ZT9' })).body).toMatchObject({ state: 'WAITING' });
    await world.runJobsUntilIdle(order);
    expect([await world.listShipmentStates(order), await world.listTrackingNosAtWechat(order)]).toEqual([
      ['UPLOADED', 'UPLOADED'],
      ['ZT9', YTO.trackingNo],
    ]);
  });
});
