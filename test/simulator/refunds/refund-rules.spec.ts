import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { MerchantServer } from '../support/merchant-server.js';
import { fromXml, Message } from '../support/signing.js';

let shop: MerchantServer;
beforeAll(async () => {
  shop = await MerchantServer.start({ speed: 0 });
});
beforeEach(() => shop.control('POST', '/reset'));
afterAll(() => shop.close());

describe('simulator refund rules: an invalid parameter', () => {
  it.each<[string, Message, string]>([
    ['no order number', { out_trade_no: '' }, '缺少参数out_trade_no'],
    ['no refund number', { out_refund_no: '' }, '缺少参数out_refund_no'],
    ['no total', { total_fee: '' }, '缺少参数total_fee'],
    ['a total in yuan', { total_fee: '12.88' }, 'invalid total_fee'],
    ['a refund of zero', { refund_fee: '0' }, 'invalid refund_fee'],
    ['more than the total', { refund_fee: '1289' }, 'invalid refund_fee'],
    ['an invalid refund number', { out_refund_no: 'RF 1' }, 'out_refund_no参数格式错误'],
    ['a refund number that is too long', { out_refund_no: 'R'.repeat(65) }, 'out_refund_no参数长度有误'],
    ['a reason that is too long', { refund_desc: '退'.repeat(27) }, 'refund_desc参数长度有误'],
    ['another currency', { refund_fee_type: 'USD' }, 'refund_fee_type参数格式错误'],
    ['an unknown account', { refund_account: 'REFUND_SOURCE_PARTNER' }, 'refund_account参数格式错误'],
    ['a notify_url with a query', { notify_url: 'https://shop.example.com/n?a=1' }, 'invalid notify_url'],
  ])('is refused with return_code FAIL: %s', async (_what, change, return_msg) => {
    const { outTradeNo } = await shop.createPaidOrder();
    const answer = await shop.refund(shop.buildRefund(outTradeNo, change));
    expect(answer).toEqual({ return_code: 'FAIL', return_msg });
    expect(await shop.listItems('/refunds')).toEqual([]);
  });

  it('is PARAM_ERROR with parameterErrors', async () => {
    await shop.setBehaviours({ parameterErrors: 'err_code' });
    const { outTradeNo } = await shop.createPaidOrder();
    expect(await shop.refund(shop.buildRefund(outTradeNo, { refund_fee: '0' }))).toMatchObject({
      err_code: 'PARAM_ERROR',
    });
  });

  it('is reported only after the signature is verified', async () => {
    const { outTradeNo } = await shop.createPaidOrder();
    const { text } = await shop.refundRaw({ ...shop.buildRefund(outTradeNo), sign: 'X' });
    expect(await fromXml(text)).toMatchObject({ return_msg: '签名错误' });
  });
});

describe('simulator refund rules: a refund is refused', () => {
  it('for an unknown or unpaid order, or another number', async () => {
    expect(await shop.refund(shop.buildRefund('NEVERMADE01'))).toMatchObject({ err_code: 'ORDERNOTEXIST' });
    const { outTradeNo } = await shop.placeOrder();
    expect(await shop.refund(shop.buildRefund(outTradeNo))).toMatchObject({
      err_code: 'ORDERNOTEXIST',
      err_code_des: '订单不存在',
    });
    const by = (transaction_id: string): Promise<Message> => shop.refund(shop.buildRefund('', { transaction_id }));
    expect(await by('12')).toMatchObject({ err_code: 'INVALID_TRANSACTIONID' });
    expect(await by('4200000000202611210000000000')).toMatchObject({ err_code: 'ORDERNOTEXIST' });
  });

  it('while its payment is not visible', async () => {
    const { outTradeNo } = await shop.createPaidOrder({}, { visibleAfterSeconds: 5 });
    const refund = shop.buildRefund(outTradeNo);
    expect(await shop.refund(refund)).toMatchObject({ err_code: 'ORDER_NOT_READY' });
    await shop.advanceClock(5);
    expect(await shop.refund(refund)).toMatchObject({ result_code: 'SUCCESS' });
  });

  it('for another total than its own', async () => {
    const { outTradeNo } = await shop.createPaidOrder();
    expect(await shop.refund(shop.buildRefund(outTradeNo, { total_fee: '1289' }))).toMatchObject({
      err_code: 'REFUND_FEE_MISMATCH',
    });
  });

  it('more than a year after it was paid', async () => {
    const { outTradeNo } = await shop.createPaidOrder();
    await shop.advanceClock(365 * 86_400);
    expect(await shop.refund(shop.buildRefund(outTradeNo, { refund_fee: '1' }))).toMatchObject({
      result_code: 'SUCCESS',
    });
    await shop.advanceClock(61);
    expect(await shop.refund(shop.buildRefund(outTradeNo, { refund_fee: '1' }))).toMatchObject({
      err_code: 'TRADE_OVERDUE',
    });
  });

  it('above the paid amount', async () => {
    await shop.setBehaviours({ refundSpacingSeconds: 0 });
    const { outTradeNo } = await shop.createPaidOrder();
    const refund = (refund_fee: string): Promise<Message> => shop.refund(shop.buildRefund(outTradeNo, { refund_fee }));
    expect(await refund('1000')).toMatchObject({ result_code: 'SUCCESS' });
    expect(await refund('289')).toMatchObject({ err_code: 'INVALID_REQUEST', err_code_des: 'refund_fee大于可退金额' });
    await shop.setBehaviours({ tooMuchRefunded: 'REFUND_FEE_INVALID' });
    expect(await refund('289')).toMatchObject({ err_code: 'REFUND_FEE_INVALID' });
    expect(await refund('288')).toMatchObject({ result_code: 'SUCCESS' });
    expect(await refund('1')).toMatchObject({ err_code: 'ERROR', err_code_des: '订单已全额退款' });
    await shop.setBehaviours({ fullyRefunded: 'TRADE_STATE_ERROR' });
    expect(await refund('1')).toMatchObject({ err_code: 'TRADE_STATE_ERROR' });
  });

  it('above the paid amount, over many connections at once', async () => {
    await shop.setBehaviours({ refundSpacingSeconds: 0, invalidRefundsPerSecond: 0 });
    const { outTradeNo } = await shop.createPaidOrder();
    const answers = await Promise.all(
      Array.from({ length: 10 }, () => shop.refund(shop.buildRefund(outTradeNo, { refund_fee: '400' }))),
    );
    expect(answers.filter(({ result_code }) => result_code === 'SUCCESS')).toHaveLength(3);
  });
});

describe('simulator refund rules: the rate limit', () => {
  it('is one refund of an order in a minute', async () => {
    const { outTradeNo } = await shop.createPaidOrder();
    const part = { refund_fee: '1' };
    await shop.refund(shop.buildRefund(outTradeNo, part));
    await shop.advanceClock(59);
    const second = shop.buildRefund(outTradeNo, part);
    expect(await shop.refund(second)).toMatchObject({ err_code: 'FREQUENCY_LIMITED', err_code_des: '频率限制' });
    await shop.advanceClock(1);
    expect(await shop.refund(second)).toMatchObject({ result_code: 'SUCCESS' });
    const other = await shop.createPaidOrder();
    expect(await shop.refund(shop.buildRefund(other.outTradeNo, part))).toMatchObject({ result_code: 'SUCCESS' });
  });

  it('is fifty refunds of an order', async () => {
    await shop.setBehaviours({ refundSpacingSeconds: 0 });
    const { outTradeNo } = await shop.createPaidOrder();
    const part = { refund_fee: '1' };
    for (let n = 0; n < 50; n += 1) {
      expect(await shop.refund(shop.buildRefund(outTradeNo, part))).toMatchObject({ result_code: 'SUCCESS' });
    }
    expect(await shop.refund(shop.buildRefund(outTradeNo, part))).toMatchObject({ err_code: 'INVALID_REQUEST' });
  });

  it('is six invalid requests in a second; after that valid ones are refused too', async () => {
    const { outTradeNo } = await shop.createPaidOrder();
    const good = shop.buildRefund(outTradeNo);
    for (let n = 0; n < 6; n += 1) {
      expect(await shop.refund(shop.buildRefund('NEVERMADE01'))).toMatchObject({ err_code: 'ORDERNOTEXIST' });
    }
    expect(await shop.refund(good)).toMatchObject({ err_code: 'INVALID_REQ_TOO_MUCH' });
    await shop.advanceClock(1);
    expect(await shop.refund(good)).toMatchObject({ result_code: 'SUCCESS' });
  });

  it('is a number of requests per second, and for old orders per minute', async () => {
    await shop.setBehaviours({ refundsPerSecond: 2, oldOrderRefundsPerMinute: 1 });
    const refunds: Message[] = [];
    for (let n = 0; n < 3; n += 1) refunds.push(shop.buildRefund((await shop.createPaidOrder()).outTradeNo));
    const codes = async (): Promise<(string | undefined)[]> => {
      const answers: Message[] = [];
      for (const refund of refunds) answers.push(await shop.refund(refund));
      return answers.map(({ err_code }) => err_code);
    };
    expect(await codes()).toEqual([undefined, undefined, 'FREQUENCY_LIMITED']);
    await shop.control('POST', '/reset');
    await shop.setBehaviours({ oldOrderRefundsPerMinute: 1 });
    refunds.length = 0;
    for (let n = 0; n < 2; n += 1) refunds.push(shop.buildRefund((await shop.createPaidOrder()).outTradeNo));
    await shop.advanceClock(31 * 86_400);
    expect(await codes()).toEqual([undefined, 'FREQUENCY_LIMITED']);
    await shop.advanceClock(60);
    expect(await codes()).toEqual([undefined, undefined]);
  });
});

describe('simulator refund rules: the merchant’s balance', () => {
  it('comes from orders; after a top-up a refund succeeds under the same number', async () => {
    const { outTradeNo } = await shop.createPaidOrder();
    expect((await shop.control('GET', '/merchant')).body).toMatchObject({ balanceFen: 1280 }); // the fee is 8
    await shop.control('PUT', '/merchant', { balanceFen: 1000 });
    const refund = shop.buildRefund(outTradeNo);
    for (let n = 0; n < 8; n += 1) {
      // Repeating the request is valid: the merchant cannot know when the balance is sufficient.
      expect(await shop.refund(refund)).toMatchObject({
        err_code: 'NOTENOUGH',
        err_code_des: '基本账户余额不足，请充值后重新发起',
      });
    }
    expect(await shop.query(outTradeNo)).toMatchObject({ trade_state: 'SUCCESS' });
    await shop.control('POST', '/merchant/top-up', { fen: 280 }); // the refund returns the fee
    expect(await shop.refund(refund)).toMatchObject({ result_code: 'SUCCESS' });
    expect((await shop.control('GET', '/merchant')).body).toMatchObject({ balanceFen: 0 });
  });

  it('can be unlimited', async () => {
    await shop.control('PUT', '/merchant', { balanceFen: null });
    const { outTradeNo } = await shop.createPaidOrder();
    expect(await shop.refund(shop.buildRefund(outTradeNo))).toMatchObject({ result_code: 'SUCCESS' });
    expect((await shop.control('GET', '/merchant')).body).toMatchObject({ balanceFen: null });
  });
});
