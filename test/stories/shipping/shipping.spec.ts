import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { OutboxEntry } from '../../../src/outbox/outbox-entry.entity.js';
import type { OrderJson, ProblemJson } from '../../support/clients/test-buyer.js';
import { crashAtEveryBoundary } from '../../support/database/crash-at-every-boundary.js';
import { PRICE_FEN, ShippingFixture, YTO, ZTO } from '../../support/fixtures/shipping-fixture.js';

let fixture: ShippingFixture;
beforeAll(async () => {
  fixture = await ShippingFixture.open({ instances: 2 });
});
afterEach(() => fixture.shop.wechat.clearFaults());
afterAll(() => fixture.shop.close());

describe('shipping', () => {
  it('a shipment is uploaded again when WeChat does not have the payment yet', async () => {
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

  it('a shipment is visible to its buyer only', async () => {
    const order = await fixture.createShippableOrder();
    await fixture.createShipment(order);
    const parcels = await fixture.alice.call('GET', `orders/${order.orderNo}/shipments`);
    expect(parcels.body).toEqual({ items: [{ ...ZTO, shippedAt: expect.any(String) }], nextCursor: null });
    const bob = await fixture.shop.createUser('bob');
    expect((await bob.call('GET', `orders/${order.orderNo}/shipments`)).status).toBe(404);
  });

  it('a shipment that is reported twelve times on two instances is created and uploaded once', async () => {
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

  it('concurrent shipments are separate, and the last one is uploaded last', async () => {
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

  it('an upload without a response is queried first, so that the one reship is not used up', async () => {
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

  it('an upload without a response is queried first also when staff retry it', async () => {
    const order = await fixture.createShippableOrder();
    await fixture.shop.wechat.failNext({ endpoint: 'upload_shipping_info', kind: 'reset', when: 'after' });
    await fixture.shop.wechat.failNext({ endpoint: 'get_order', kind: 'err_code', errCode: '40097' });
    await fixture.createShipment(order);
    await fixture.shop.runJobs();
    await fixture.runJobsUntilIdle(order);
    const errorText = { en: expect.stringContaining('carrier'), zh: expect.stringContaining('快递公司') };
    expect(await fixture.listShipments(order)).toMatchObject([
      { state: 'NEEDS_ATTENTION', errorCode: '40097', errorText },
    ]);
    const { body } = await fixture.boss.call<{ items: object[] }>('GET', `orders/${order.orderNo}/events`);
    expect(body.items).toContainEqual(
      expect.objectContaining({ type: 'SHIPPING_QUERY', errorText: expect.objectContaining(errorText) }),
    );
    // Another tracking number would use the reship if WeChat has the first one.
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
    expect((await fixture.reship(order, 1, { trackingNo: 'ZT9' })).body).toMatchObject({ state: 'WAITING' });
    await fixture.runJobsUntilIdle(order);
    expect(await fixture.listTrackingNosAtWechat(order)).toEqual(['ZT9']);
  });

  it('an upload that never arrived is sent again after the query', async () => {
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
    ['10060003', 'NEEDS_ATTENTION'],
    ['10060004', 'NEEDS_ATTENTION'],
    ['10060005', 'NEEDS_ATTENTION'],
    ['10060031', 'NEEDS_ATTENTION'],
    ['268485227', 'NEEDS_ATTENTION'],
    ['40097', 'NEEDS_ATTENTION'],
    ['47001', 'NEEDS_ATTENTION'],
    ['61003', 'NEEDS_ATTENTION'],
    ['44990', 'WAITING'],
    ['45009', 'WAITING'],
    ['10060001', 'WAITING'],
    ['-1', 'WAITING'],
  ])('after errcode %s the shipment is %s', async (errCode, state) => {
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

  it('staff correct and retry a shipment that WeChat has refused', async () => {
    const order = await fixture.createShippableOrder();
    await fixture.shop.wechat.failNext({ endpoint: 'upload_shipping_info', kind: 'err_code', errCode: '40097' });
    await fixture.createShipment(order);
    await fixture.shop.runJobs();
    expect((await fixture.retryShipment(order, 1, { carrier: 'STO', trackingNo: 'ST1' })).body).toMatchObject({
      shipmentNo: 1,
      state: 'WAITING',
      carrier: 'STO',
      trackingNo: 'ST1',
      errorCode: null,
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

  it('a shipment can be corrected once after all of them were uploaded', async () => {
    const order = await fixture.createShippableOrder();
    await fixture.createShipment(order, { ...ZTO, isLast: false });
    expect((await fixture.reship<ProblemJson>(order, 1, { trackingNo: 'ZT9' })).body.code).toBe('RESHIP_TOO_EARLY');
    await fixture.createShipment(order, YTO);
    expect((await fixture.reship<ProblemJson>(order, 1, { trackingNo: 'ZT9' })).body.code).toBe('RESHIP_TOO_EARLY');
    await fixture.runJobsUntilIdle(order);
    expect((await fixture.reship<ProblemJson>(order, 1, { trackingNo: ZTO.trackingNo })).status).toBe(400);
    expect((await fixture.reship<ProblemJson>(order, 1, { ...YTO, kind: undefined })).body.code).toBe(
      'VALIDATION_FAILED',
    );

    const replies = await Promise.all([1, 2, 3, 4].map((n) => fixture.reship(order, 1, { trackingNo: `ZT9${n}` })));
    expect(replies.filter(({ status }) => status === 200)).toHaveLength(1);
    const corrected = replies.find(({ status }) => status === 200)?.body.trackingNo ?? '';
    await fixture.shop.wechat.failNext({ endpoint: 'upload_shipping_info', kind: 'reset', when: 'after' });
    await fixture.runJobsUntilIdle(order);
    expect(await fixture.listShipments(order)).toMatchObject([
      { trackingNo: corrected, isReship: true, state: 'UPLOADED' },
      { trackingNo: YTO.trackingNo, isReship: false, state: 'UPLOADED' },
    ]);
    expect(await fixture.listTrackingNosAtWechat(order)).toEqual([corrected, YTO.trackingNo]);
    expect((await fixture.getShippingAtWechat(order)).order.shipping).toMatchObject({ finish_shipping_count: 2 });
    expect((await fixture.reship<ProblemJson>(order, 1, { trackingNo: 'ZT8' })).body.code).toBe('RESHIP_USED');
  });

  it('of four concurrent re-ships one succeeds, the others are rejected with RESHIP_USED', async () => {
    const order = await fixture.createShippableOrder();
    const more = ['ZT2', 'ZT3', 'ZT4'].map((trackingNo) => ({ ...ZTO, trackingNo, isLast: false }));
    for (const parcel of [...more, YTO]) await fixture.createShipment(order, parcel);
    await fixture.runJobsUntilIdle(order);
    const replies = await Promise.all(
      [1, 2, 3, 4].map((n) => fixture.reship<ProblemJson>(order, n, { trackingNo: `ZT9${n}` })),
    );
    expect(replies.map(({ body }) => body.code).filter(Boolean)).toEqual(['RESHIP_USED', 'RESHIP_USED', 'RESHIP_USED']);
  });

  it('a shipment can be reported as the last one afterwards', async () => {
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

describe('shipping: refused shipments', () => {
  const getRefusal = async (order: OrderJson, parcel: object = ZTO): Promise<ProblemJson> =>
    (await fixture.createShipment<ProblemJson>(order, parcel)).body;

  it('an order that is unpaid, closed or unknown cannot be shipped', async () => {
    const order = await fixture.alice.createOrder({ productId: fixture.tea });
    expect(await getRefusal(order)).toMatchObject({ status: 409, code: 'ORDER_NOT_SHIPPABLE' });
    await fixture.alice.cancelOrder(order);
    expect((await getRefusal(order)).detail).toContain('cannot be shipped: closed');
    expect(await getRefusal({ ...order, orderNo: 'NOSUCHORDER' })).toMatchObject({ code: 'ORDER_NOT_FOUND' });
  });

  it('an order whose whole payment is refunded or reserved for refunds cannot be shipped', async () => {
    const order = await fixture.createShippableOrder();
    const refund = await fixture.alice.requestRefund(order);
    expect((await getRefusal(order)).detail).toContain('its money is being refunded');
    await fixture.boss.call('POST', `refunds/${refund.refundNo}/approve`, {});
    expect((await getRefusal(order)).detail).toContain('its money is being refunded');
    await fixture.runJobsAfter({ hours: 1 });
    expect((await getRefusal(order)).detail).toContain('refunded in full');
  });

  it('a partly refunded order can be shipped', async () => {
    const order = await fixture.createShippableOrder();
    await fixture.alice.requestRefund(order, { amountFen: PRICE_FEN });
    expect((await fixture.createShipment(order)).status).toBe(201);
  });

  it('a shipment is not uploaded when the order is refunded before', async () => {
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
    expect(await fixture.listShipments(order)).toMatchObject([
      { state: 'NOT_REQUIRED', errorCode: 'REFUNDED', errorText: { zh: '款项已全部退回' } },
    ]);
  });

  it.each([
    ['without a tracking number', { kind: 'EXPRESS', carrier: 'ZTO' }, 'trackingNo'],
    ['without a carrier', { kind: 'EXPRESS', trackingNo: '1' }, 'carrier'],
    ['with trackingNo null', { ...ZTO, trackingNo: null }, 'trackingNo'],
    ['with carrier null', { ...ZTO, carrier: null }, 'carrier'],
    ['by SF with receiverContact null', { ...ZTO, carrier: 'SF', receiverContact: null }, 'receiverContact'],
    ['by SF without a contact', { kind: 'EXPRESS', carrier: 'SF', trackingNo: '1' }, 'receiverContact'],
    ['with an invalid contact', { ...ZTO, receiverContact: 'Alice' }, 'receiverContact'],
    ['of self-pickup with a tracking number', { kind: 'SELF_PICKUP', trackingNo: '1' }, 'trackingNo'],
    ['that is virtual and not the last one', { kind: 'VIRTUAL', isLast: false }, 'isLast'],
    ['of an unknown kind', { kind: 'PIGEON' }, 'kind'],
    ['with an itemDesc that is too long', { ...ZTO, itemDesc: '茶'.repeat(121) }, 'itemDesc'],
    ['with a trackingNo that ends in a space', { ...ZTO, trackingNo: '1 ' }, 'trackingNo'],
    ['with an unknown field', { ...ZTO, colour: 'red' }, 'colour'],
  ])('a shipment %s is rejected', async (_what, parcel, field) => {
    const order = await fixture.createShippableOrder();
    expect((await getRefusal(order, parcel)).errors).toMatchObject([{ field }]);
  });

  it("the buyer's phone number is masked in responses and at WeChat", async () => {
    const order = await fixture.createShippableOrder();
    const parcel = { kind: 'EXPRESS', carrier: 'SF', trackingNo: 'SF1', receiverContact: '138 0013 8000' };
    expect((await fixture.createShipment(order, parcel)).body).toMatchObject({ receiverContact: '138****8000' });
    await fixture.runJobsUntilIdle(order);
    const [entry] = (await fixture.getShippingAtWechat(order)).order.shipping?.shipping_list ?? [];
    expect(entry?.contact).toEqual({ receiver_contact: '138****8000' });
  });

  it('an order has at most fifteen shipments, all of one kind', async () => {
    const order = await fixture.createShippableOrder();
    await fixture.createShipment(order, { ...ZTO, isLast: false });
    expect((await getRefusal(order, { kind: 'SELF_PICKUP' })).errors).toMatchObject([{ field: 'kind' }]);
    for (let parcel = 2; parcel <= 15; parcel++) {
      await fixture.createShipment(order, { ...ZTO, trackingNo: `ZT${parcel}`, isLast: false });
    }
    expect((await getRefusal(order, YTO)).detail).toContain('as many shipments as WeChat allows');
  });
});

describe('shipping: separate shops', () => {
  let ownFixture: ShippingFixture;
  afterEach(() => ownFixture.shop.close());

  it('two shipments are uploaded once although an instance crashes between any two steps', async () => {
    ownFixture = await ShippingFixture.open();
    const scenario = async (at: number): Promise<OrderJson> => {
      const order = await ownFixture.createShippableOrder();
      await ownFixture.createShipment(order, { ...ZTO, isLast: false });
      await ownFixture.createShipment(order, YTO);
      for (let tick = 0; tick < 3; tick++) {
        await ownFixture.shop.wechat.advanceTime({ seconds: 15 });
        await ownFixture.shop.instances[at]?.runJobs();
      }
      return order;
    };
    const boundaries = await crashAtEveryBoundary(ownFixture.shop, scenario, async (order) => {
      await ownFixture.runJobsUntilIdle(order);
      expect(await ownFixture.listShipmentStates(order)).toEqual(['UPLOADED', 'UPLOADED']);
      expect(await ownFixture.getShippingAtWechat(order)).toMatchObject({
        order: {
          shipping: {
            delivery_mode: 2,
            finish_shipping: true,
            finish_shipping_count: 1,
            shipping_list: [{ tracking_no: ZTO.trackingNo }, { tracking_no: YTO.trackingNo }],
          },
        },
        isReshipUsed: false,
      });
    });
    expect(boundaries).toBeGreaterThan(10);
  });

  it('a shipment becomes NEEDS_ATTENTION when WeChat does not list the payment within a day', async () => {
    ownFixture = await ShippingFixture.open();
    await ownFixture.shop.wechat.setBehaviours({ shippingIndexSeconds: 86_400 });
    const order = await ownFixture.createPaidOrder();
    await ownFixture.createShipment(order);
    for (let hour = 0; hour < 26; hour++) {
      if (hour === 20) expect(await ownFixture.listShipmentStates(order)).toEqual(['WAITING']);
      if (hour === 20)
        await ownFixture.shop.wechat.failNext({
          endpoint: 'upload_shipping_info',
          kind: 'err_code',
          errCode: '10060001',
          times: 20,
        });
      await ownFixture.runJobsAfter({ hours: 1 });
    }
    expect(await ownFixture.listShipments(order)).toMatchObject([{ state: 'NEEDS_ATTENTION', errorCode: '10060001' }]);
  });

  it('SHIPPING_UPLOAD=off uploads nothing', async () => {
    ownFixture = await ShippingFixture.open({ environment: { SHIPPING_UPLOAD: 'off' } });
    const order = await ownFixture.createShippableOrder();
    expect((await ownFixture.createShipment(order)).body).toMatchObject({ state: 'NOT_REQUIRED' });
    await ownFixture.runJobsAfter({ hours: 1 });
    expect([await ownFixture.listShipmentStates(order), await ownFixture.listUploads(order)]).toEqual([
      ['NOT_REQUIRED'],
      [],
    ]);
    expect((await ownFixture.retryShipment<ProblemJson>(order, 1)).body.code).toBe('SHIPMENT_NOT_RETRYABLE');
    expect((await ownFixture.retryShipment(order, 1, { trackingNo: 'ZT2' })).body).toMatchObject({
      state: 'NOT_REQUIRED',
      trackingNo: 'ZT2',
    });
  });

  it('a shipment that was not uploaded cannot be retried once WeChat has the whole order', async () => {
    ownFixture = await ShippingFixture.open();
    Object.assign(ownFixture.shop.environment, { SHIPPING_UPLOAD: 'off' });
    await ownFixture.shop.startInstance();
    const order = await ownFixture.createShippableOrder();
    expect((await ownFixture.createShipment(order, { ...ZTO, isLast: false }, 1)).body).toMatchObject({
      state: 'NOT_REQUIRED',
    });
    await ownFixture.shop.instances.pop()?.app.close();
    await ownFixture.createShipment(order, YTO);
    await ownFixture.runJobsUntilIdle(order);
    expect(await ownFixture.listShipmentStates(order)).toEqual(['NOT_REQUIRED', 'UPLOADED']);
    expect((await ownFixture.retryShipment<ProblemJson>(order, 1)).body.code).toBe('SHIPMENT_NOT_RETRYABLE');
    await ownFixture.runJobsUntilIdle(order);
    expect(await ownFixture.getShippingAtWechat(order)).toMatchObject({
      order: { order_state: 2, shipping: { finish_shipping: true } },
      isReshipUsed: false,
    });
    expect((await ownFixture.reship(order, 1, { trackingNo: 'ZT9' })).body).toMatchObject({ state: 'WAITING' });
    await ownFixture.runJobsUntilIdle(order);
    expect([await ownFixture.listShipmentStates(order), await ownFixture.listTrackingNosAtWechat(order)]).toEqual([
      ['UPLOADED', 'UPLOADED'],
      ['ZT9', YTO.trackingNo],
    ]);
  });
});
