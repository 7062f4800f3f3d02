import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { ProblemJson } from '../../support/clients/test-buyer.js';
import { PaymentOrderFixture } from '../../support/fixtures/payment-order-fixture.js';
import { expectProblem } from '../support/expect-problem.js';

const SHOP_APP = 'wx8888888888888888';
const [EXTRA_APP, OTHER_EXTRA_APP, UNKNOWN_APP] = ['wx6666666666666666', 'wx5555555555555555', 'wx1111111111111111'];

describe('POST /server/api/payment-orders: appId', () => {
  let fixture: PaymentOrderFixture;
  beforeAll(async () => {
    const environment = { WECHAT_EXTRA_APP_IDS: `${EXTRA_APP},${OTHER_EXTRA_APP}` };
    fixture = await PaymentOrderFixture.open({ environment });
  });
  afterAll(() => fixture.shop.close());

  const openid = 'oPayer';
  const fieldsOf = ({ errors = [] }: { errors?: { field: string }[] | undefined }): string[] =>
    errors.map(({ field }) => field);

  it.each([[SHOP_APP], [EXTRA_APP], [OTHER_EXTRA_APP]])('payment order: accepts the app %s', async (appId) => {
    const created = await fixture.create({ appId, payer: { openid } });
    expect(created).toMatchObject({ appId, payer: { openid } });
    expect(await fixture.get(created)).toEqual(created);
    const { body } = await fixture.boss.call('GET', `orders/${created.orderNo}`);
    expect(body).toMatchObject({ appId, payerOpenid: openid });
  });

  it.each([UNKNOWN_APP, 'wx1', '', 42, null])('payment order: rejects the app %j', async (appId) => {
    const reply = await fixture.tryCreate<ProblemJson>({ appId, payer: { openid } });
    expect(fieldsOf(expectProblem(reply, 400, 'VALIDATION_FAILED'))).toEqual(['appId']);
  });

  it.each([
    [undefined, EXTRA_APP],
    [EXTRA_APP, undefined],
    [EXTRA_APP, SHOP_APP],
    [EXTRA_APP, OTHER_EXTRA_APP],
    [EXTRA_APP, UNKNOWN_APP],
  ])('payment order: a repetition with another app is rejected and names appId: %s, %s', async (first, again) => {
    const facts = { payer: { openid } };
    const { merchantOrderNo } = await fixture.create({ ...facts, ...(first && { appId: first }) });
    const reply = await fixture.tryCreate<ProblemJson>({ ...facts, merchantOrderNo, ...(again && { appId: again }) });
    expect(fieldsOf(expectProblem(reply, 409, 'MERCHANT_ORDER_NO_TAKEN'))).toEqual(['appId']);
  });

  it.each([
    [EXTRA_APP, EXTRA_APP],
    [undefined, SHOP_APP],
    [SHOP_APP, undefined],
  ])('payment order: a repetition with the same app returns the order: %s, %s', async (first, again) => {
    const facts = { payer: { openid } };
    const { merchantOrderNo, orderNo } = await fixture.create({ ...facts, ...(first && { appId: first }) });
    const reply = await fixture.tryCreate({ ...facts, merchantOrderNo, ...(again && { appId: again }) });
    expect(reply).toMatchObject({ status: 200, body: { orderNo } });
  });

  it('payment order: a code is exchanged in the shop’s own app only, and is not used up otherwise', async () => {
    const { code, openid: owner } = await fixture.shop.wechat.createLoginCode(
      'ocode0000000000000000000000001'.slice(0, 28),
    );
    const refused = await fixture.tryCreate<ProblemJson>({ appId: EXTRA_APP, payer: { code } });
    const problem = expectProblem(refused, 400, 'VALIDATION_FAILED');
    expect(fieldsOf(problem)).toEqual(['payer.code']);
    expect(problem.detail).toContain('payer.openid');
    const order = await fixture.create({ appId: EXTRA_APP, payer: undefined });
    const body = { tradeType: 'JSAPI', payer: { code } };
    const atPay = await fixture.call<ProblemJson>(order, 'pay', body);
    expect(fieldsOf(expectProblem(atPay, 400, 'VALIDATION_FAILED'))).toEqual(['payer.code']);
    expect(await fixture.create({ appId: SHOP_APP, payer: { code } })).toMatchObject({ payer: { openid: owner } });
  });
});
