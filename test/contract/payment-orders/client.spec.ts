import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { CheckoutError, WxCheckout } from '@wx-checkout/client';
import { ApiKeyClient } from '../../support/clients/api-key-client.js';
import { openTestShop, type TestShop } from '../../support/test-shop.js';
import { logInStaff } from '../support/test-staff.js';

const SCOPES = ['payments:read', 'payments:write', 'refunds:write', 'events:read'];

let shop: TestShop;
let checkout: WxCheckout;

beforeAll(async () => {
  shop = await openTestShop();
  const { key } = await ApiKeyClient.create(shop, await logInStaff(shop, 'boss'), { scopes: SCOPES });
  checkout = new WxCheckout({ baseUrl: shop.url, apiKey: key.key });
});
afterAll(() => shop.close());

describe('client of the server API', () => {
  it('creates a payment order once per number of the merchant, and finds it by that number', async () => {
    const body = { merchantOrderNo: 'C-1', amountFen: 1288, description: '龙井茶', metadata: { sku: 'tea' } };
    const order = await checkout.createPaymentOrder(body);
    expect(order).toMatchObject({ ...body, status: 'PENDING', origin: 'EXTERNAL', version: 1 });
    expect(await checkout.createPaymentOrder(body)).toEqual(order);
    expect(await checkout.findPaymentOrder('C-1')).toEqual(order);
    expect(await checkout.getPaymentOrder(order.orderNo)).toEqual(order);
    expect(await checkout.findPaymentOrder('C-none')).toBeNull();
  });

  it('pays, synchronizes and refunds a payment order', async () => {
    const order = await checkout.createPaymentOrder({ merchantOrderNo: 'C-2', amountFen: 1000 });
    const payment = await checkout.pay(order.orderNo, { tradeType: 'NATIVE' });
    await shop.wechat.confirmPayment('openid-of-carol', payment.requestPayment);
    expect(await checkout.sync(order.orderNo)).toMatchObject({ status: 'PAID', paidFen: 1000 });
    const refundBody = { amountFen: 300, reason: '少发一件', merchantRefundNo: 'C-2-R1' };
    const refund = await checkout.refund(order.orderNo, refundBody);
    expect(refund).toMatchObject({ amountFen: 300, merchantRefundNo: 'C-2-R1' });
    expect((await checkout.refund(order.orderNo, refundBody)).refundNo).toBe(refund.refundNo);
    expect((await checkout.getRefund(refund.refundNo)).refundNo).toBe(refund.refundNo);
  });

  it('closes a payment order, and throws the code of a refusal', async () => {
    const order = await checkout.createPaymentOrder({ merchantOrderNo: 'C-3', amountFen: 1000 });
    expect(await checkout.close(order.orderNo)).toMatchObject({ status: 'CLOSED', closeReason: 'CANCELLED' });
    const refusals = [
      [() => checkout.pay(order.orderNo, { tradeType: 'NATIVE' }), 409, 'ORDER_NOT_PAYABLE'],
      [() => checkout.reopen(order.orderNo), 409, 'ORDER_NOT_REOPENABLE'],
      [() => checkout.createPaymentOrder({ merchantOrderNo: 'C-3', amountFen: 1 }), 409, 'MERCHANT_ORDER_NO_TAKEN'],
      [() => checkout.getPaymentOrder('none'), 404, 'ORDER_NOT_FOUND'],
    ] as const;
    for (const [call, status, code] of refusals) {
      const error: unknown = await call().catch((thrown: unknown) => thrown);
      expect(error).toBeInstanceOf(CheckoutError);
      expect(error).toMatchObject({ status, code, isRetryable: false });
    }
  });

  it('lists events, and continues with the cursor', async () => {
    const first = await checkout.listEvents({ limit: 1 });
    expect(first.items).toHaveLength(1);
    const next = await checkout.listEvents({ after: first.nextCursor ?? '', limit: 100 });
    expect(next.items[0]?.id).not.toBe(first.items[0]?.id);
  });

  it('reports a service that does not respond as NO_RESPONSE', async () => {
    const nowhere = new WxCheckout({
      baseUrl: 'http://127.0.0.1:9',
      apiKey: 'wxk_test',
      maxAttempts: 2,
      firstDelayMs: 1,
    });
    await expect(nowhere.getPaymentOrder('any')).rejects.toMatchObject({ code: 'NO_RESPONSE', isRetryable: true });
  });
});
