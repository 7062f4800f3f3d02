import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { PRICE_FEN, RefundFixture } from '../../support/fixtures/refund-fixture.js';

/** White space of every kind that was stored before texts were trimmed on input. */
const WHITE_SPACE = ['  ', '\t\n', '\u3000', '\u00a0'];

/** Only v2 signs texts; v3 signs the bytes of the body. */
describe('texts that WeChat trims before it verifies a signature', () => {
  let fixture: RefundFixture;

  beforeAll(async () => {
    fixture = await RefundFixture.open({ environment: { SHOP_NAME: ' 茶馆 ', WECHAT_PAY_PROTOCOL: 'v2' } });
  });
  afterAll(() => fixture.shop.close());
  beforeEach(async () => {
    fixture = await fixture.resetForNextTest();
    await fixture.shop.wechat.setBehaviours({ trimsTexts: true });
  });

  it.each(WHITE_SPACE)('payment: a product stored with %j around its name can be paid', async (blank) => {
    await fixture.shop.rawUpdate(
      `UPDATE products SET name = '${blank}龙井茶${blank}' WHERE product_id = '${fixture.tea}'`,
    );
    expect(await fixture.createPaidOrder()).toMatchObject({ status: 'PAID', paidFen: PRICE_FEN });
  });

  it('payment: a name that is cut behind a blank can be paid', async () => {
    const name = `${'茶'.repeat(38)} ${'茶'.repeat(20)}`; // the 127th byte is the blank
    await fixture.shop.rawUpdate(`UPDATE products SET name = '${name}' WHERE product_id = '${fixture.tea}'`);
    expect(await fixture.createPaidOrder()).toMatchObject({ status: 'PAID' });
  });

  it.each(['不想要了 ', ' 不想要了\n', '\u3000', `${'茶'.repeat(26)} x ${'茶'.repeat(9)}`])(
    'refund: a reason stored as %j is sent without outer white space, and the refund succeeds',
    async (reason) => {
      const order = await fixture.createPaidOrder();
      const refund = await fixture.alice.requestRefund(order);
      await fixture.shop.rawUpdate(`UPDATE refunds SET reason = '${reason}' WHERE refund_no = '${refund.refundNo}'`);
      expect((await fixture.approveRefund(refund)).body).toMatchObject({ status: 'PROCESSING', errorCode: null });
      await fixture.runJobsAfter({ hours: 1 });
      expect(await fixture.getAdminRefund(refund)).toMatchObject({ status: 'SUCCEEDED' });
      const [{ request } = { request: '' }] = (await fixture.shop.wechat.getMessages('/secapi/pay/refund')).filter(
        (message) => message.request.includes(refund.refundNo),
      );
      const [, sent] = /<refund_desc>([^<]*)</.exec(request) ?? [];
      expect(sent).toBe(reason.trim() === '' ? undefined : sent?.trim());
    },
  );

  it('refund: a request that WeChat has received is repeated byte for byte, also with a blank at its end', async () => {
    const order = await fixture.createPaidOrder();
    await fixture.shop.wechat.setBehaviours({ trimsTexts: false });
    await fixture.shop.wechat.failNext({ endpoint: 'refund', kind: 'SYSTEMERROR', when: 'before' });
    const refund = await fixture.createApprovedRefund(order);
    const [{ request: stored } = { request: '' }] = (await fixture.shop.wechat.getMessages('/secapi/pay/refund')).slice(
      -1,
    );
    expect(stored).toContain('<refund_desc>不想要了</refund_desc>');
    await fixture.shop.rawUpdate(
      `UPDATE refunds SET request = REPLACE(request, '不想要了"', '不想要了 "') WHERE refund_no = '${refund.refundNo}'`,
    );
    await fixture.runJobsAfter({ hours: 1 });
    const [{ request: repeated } = { request: '' }] = (
      await fixture.shop.wechat.getMessages('/secapi/pay/refund')
    ).slice(-1);
    expect(repeated).toContain('<refund_desc>不想要了 </refund_desc>');
    expect(await fixture.getLedger(order)).toMatchObject({ refunds: 1, refundedFen: PRICE_FEN });
  });
});
