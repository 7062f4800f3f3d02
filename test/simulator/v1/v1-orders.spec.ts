import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { beijingStamp } from '../../../packages/wechat-pay-simulator/src/beijing-time.js';
import { MerchantServer } from '../support/merchant-server.js';
import { APPID, OPENID, SECRET } from '../support/signing.js';
import { V1AppServer } from '../support/v1-app-server.js';
import { MOBILE_APPID, MOBILE_MERCHANT, packageOf, PARTNER, sha1Of } from '../support/v1-signing.js';

type Json = Record<string, unknown>;

let shop: MerchantServer;
let app: V1AppServer;
beforeAll(async () => {
  shop = await MerchantServer.start();
  app = new V1AppServer(shop);
});
beforeEach(async () => {
  await shop.control('POST', '/reset');
  app.clearToken();
});
afterAll(() => shop.close());

const orderSeen = async (outTradeNo: string): Promise<Json> =>
  (await shop.control('GET', `/orders/${outTradeNo}`)).body;

const infoOf = async (outTradeNo: string): Promise<Json> => (await app.query(outTradeNo))['order_info'] as Json;

describe('simulator v1 orders: genprepay', () => {
  it('creates an order in the same store as v2 orders', async () => {
    const order = app.buildOrder({ attach: 'v1 demo' });
    expect(await app.prepay(order)).toEqual({
      prepayid: expect.stringMatching(/^1201000000\d{6}[0-9a-f]{16}$/),
      errcode: 0,
      errmsg: 'Success',
    });
    expect(await orderSeen(order['out_trade_no'] ?? '')).toMatchObject({
      protocol: 'v1',
      appid: MOBILE_APPID,
      trade_type: 'APP',
      trade_state: 'NOTPAY',
      total_fee: 1288,
      parameters: { body: '演示商品', attach: 'v1 demo', bank_type: 'WX' },
    });
  });

  it('reads a package in the charset that it names', async () => {
    const order = app.buildOrder({ input_charset: 'GBK', attach: '测试' });
    await app.prepay(order);
    expect(await orderSeen(order['out_trade_no'] ?? '')).toMatchObject({
      parameters: { body: '演示商品', attach: '测试' },
    });
    // Encoded in one charset and signed in another: the signature does not match the bytes.
    const { out_trade_no } = app.buildOrder();
    const pack = packageOf({ ...order, out_trade_no: out_trade_no ?? '', sign: '0'.repeat(32) });
    expect(await app.prepay({}, { package: pack })).toMatchObject({ errcode: 49004 });
  });

  it.each([
    ['a package that was encoded again after it was signed', (pack: string) => pack.replaceAll('%3A', '%3a')],
    ['a package with another price', (pack: string) => pack.replace('total_fee=1288', 'total_fee=1')],
  ])('refuses %s', async (_what, change) => {
    const pack = packageOf(app.buildOrder());
    const around = { appid: MOBILE_APPID, noncestr: 'n', traceid: 't', timestamp: 1795234800 };
    const app_signature = sha1Of({ ...around, package: pack, timestamp: '1795234800' });
    expect(await app.prepay({}, { ...around, package: pack, app_signature })).toMatchObject({ errcode: 0 });
    expect(await app.prepay({}, { ...around, package: change(pack), app_signature })).toMatchObject({ errcode: 49004 });
  });

  it('accepts a package with lower-case encoding if that was signed', async () => {
    const pack = packageOf(app.buildOrder()).replace(/%[0-9A-F]{2}/g, (encoded) => encoded.toLowerCase());
    expect(await app.prepay({}, { package: pack })).toMatchObject({ errcode: 0 });
  });

  it.each<[number, string, Json]>([
    [49004, 'another app_signature', { app_signature: '0'.repeat(40) }],
    [49004, 'another sign_method', { sign_method: 'md5' }],
    [40013, 'an unknown appid', { appid: 'wx0000000000000000' }],
    [49001, 'an appid other than the token’s', { appid: APPID }],
    [40097, 'no noncestr', { noncestr: '' }],
    [40097, 'an invalid package', { package: 'total_fee' }],
  ])('responds with errcode %i to %s', async (errcode, _what, around) => {
    expect(await app.prepay({}, around)).toMatchObject({ errcode });
    expect(await shop.listItems('/orders')).toEqual([]);
  });

  it.each<[string, Record<string, string>]>([
    ['bank_type', { bank_type: 'CMB' }],
    ['body', { body: '茶'.repeat(43) }],
    ['body', { body: '' }],
    ['partner', { partner: '1900000999' }],
    ['out_trade_no', { out_trade_no: 'no spaces' }],
    ['total_fee', { total_fee: '12.88' }],
    ['total_fee', { total_fee: '0' }],
    ['product_fee', { product_fee: '1000', transport_fee: '287' }],
    ['fee_type', { fee_type: 'CNY' }],
    ['notify_url', { notify_url: 'https://shop.example.com/notify?from=wechat' }],
    ['spbill_create_ip', { spbill_create_ip: 'localhost' }],
    ['time_expire', { time_expire: '20261321120000' }],
  ])('names the invalid parameter %s: %j', async (name, changes) => {
    expect(await app.prepay(changes)).toMatchObject({
      errcode: 40097,
      errmsg: expect.stringContaining(`invalid args: ${name}`),
    });
  });

  it('limits a text by the bytes of its charset: 64 Chinese characters fit in GBK', async () => {
    expect(await app.prepay({ body: '茶'.repeat(64), input_charset: 'GBK' })).toMatchObject({ errcode: 0 });
    expect(await app.prepay({ body: '茶'.repeat(65), input_charset: 'GBK' })).toMatchObject({ errcode: 40097 });
  });

  it('requires a token of this app: not a missing, unknown, expired or mini-program token', async () => {
    expect(await app.prepay({}, {}, '')).toMatchObject({ errcode: 41001 });
    expect(await app.prepay({}, {}, 'invented')).toMatchObject({ errcode: 40001 });
    const query = `grant_type=client_credential&appid=${APPID}&secret=${SECRET}`;
    const answer = (await (await fetch(`${shop.wechat.url}/cgi-bin/token?${query}`)).json()) as Json;
    expect(await app.prepay({}, {}, String(answer['access_token']))).toMatchObject({ errcode: 49001 });
    const token = await app.accessToken();
    expect(await app.prepay({}, {}, token)).toMatchObject({ errcode: 0 });
    await shop.advanceClock(7200);
    expect(await app.prepay({}, {}, token)).toMatchObject({ errcode: 42001 });
  });

  it('returns the same prepayid for the same order, and refuses its number for another order', async () => {
    const order = app.buildOrder();
    const { prepayid } = await app.prepay(order);
    expect(await app.prepay({ ...order, spbill_create_ip: '203.0.113.8' })).toMatchObject({ prepayid, errcode: 0 });
    expect(await app.prepay({ ...order, total_fee: '1' })).toMatchObject({ errcode: 40097 });
    const again = { trade_type: 'APP', openid: '', out_trade_no: order['out_trade_no'] ?? '' };
    expect(await shop.call('unifiedorder', shop.buildOrder(again))).toMatchObject({ err_code: 'INVALID_REQUEST' });
    await app.pay(String(prepayid));
    expect(await app.prepay(order)).toMatchObject({ errcode: 40097, errmsg: expect.stringContaining('order paid') });
  });

  it('accepts faults before and after the effect', async () => {
    const order = app.buildOrder();
    const about = { endpoint: 'genprepay', out_trade_no: order['out_trade_no'] };
    await shop.addFault({ ...about, kind: 'SYSTEMERROR' });
    expect(await app.prepay(app.buildOrder())).toMatchObject({ errcode: 0 });
    expect(await app.prepay(order)).toMatchObject({ errcode: -1 });
    expect((await shop.control('GET', `/orders/${order['out_trade_no'] ?? ''}`)).status).toBe(404);
    await shop.addFault({ ...about, kind: 'err_code', errCode: '42001', when: 'after' });
    expect(await app.prepay(order)).toMatchObject({ errcode: 42001 });
    expect(await orderSeen(order['out_trade_no'] ?? '')).toMatchObject({ trade_state: 'NOTPAY' });
    await shop.addFault({ ...about, kind: 'echo_other_order' });
    const { prepayid } = await app.prepay(order);
    expect(prepayid).not.toBe((await orderSeen(order['out_trade_no'] ?? ''))['prepay_id']);
  });

  it('responds with an errcode to any invalid body and creates no order', async () => {
    const token = await app.accessToken();
    const value = fc.oneof(fc.string(), fc.integer(), fc.constant(null), fc.constant({}), fc.constant(['a']));
    const names = ['appid', 'traceid', 'noncestr', 'package', 'timestamp', 'sign_method', 'app_signature'];
    const message = fc.record(Object.fromEntries(names.map((name) => [name, value])), { requiredKeys: [] });
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(
          message.map((said) => JSON.stringify(said)),
          fc.string(),
        ),
        async (body) => {
          const address = `${shop.wechat.url}/pay/genprepay?access_token=${token}`;
          const response = await fetch(address, { method: 'POST', body });
          expect(response.status).toBe(200);
          expect(((await response.json()) as Json)['errcode']).toBeGreaterThan(0);
        },
      ),
      { numRuns: 60 },
    );
    expect(await shop.listItems('/orders')).toEqual([]);
  });

  it('is in the exchange log with its order and without its token', async () => {
    const { outTradeNo } = await app.placeOrder();
    const [message] = await shop.listItems(`/messages?out_trade_no=${outTradeNo}`);
    expect(message).toMatchObject({ path: '/pay/genprepay', verdict: 'SUCCESS' });
    expect(JSON.stringify(message)).not.toContain(await app.accessToken());
  });
});

describe('simulator v1 orders: the app', () => {
  it('pays with arguments that its server signed by SHA1', async () => {
    const { outTradeNo, prepayId } = await app.placeOrder();
    const paid = await app.pay(prepayId);
    const day = beijingStamp(shop.wechat.clock.now()).slice(0, 8);
    expect(paid).toMatchObject({ errMsg: 'requestPayment:ok', out_trade_no: outTradeNo });
    expect(paid['transaction_id']).toMatch(new RegExp(`^${PARTNER}${day}\\d{10}$`));
    expect(await app.pay(prepayId)).toMatchObject({ reason: 'ORDERPAID' });
  });

  it.each(['Sign=WXpay', 'Sign=a=1&b=2&sign=2DE4044E85731D578CA6B869AA09F971'])(
    'accepts the package %s',
    async (spelling) => {
      const { prepayId } = await app.placeOrder();
      const payRequest = app.buildPayRequest(prepayId, { package: spelling });
      expect((await shop.control('POST', '/cashier/app', { openid: OPENID, payRequest })).body).toMatchObject({
        errMsg: 'requestPayment:ok',
      });
    },
  );

  it.each<[string, Record<string, string>]>([
    ['sign', { sign: '0'.repeat(40) }],
    ['appid', { appid: APPID }],
    ['partnerid', { partnerid: '1900000999' }],
    ['package', { package: 'prepay_id=x' }],
    ['timestamp', { timestamp: 'now' }],
    ['noncestr', { noncestr: '' }],
    ['prepayid', { prepayid: '1201000000000000' }],
  ])('is refused for a wrong %s', async (reason, changes) => {
    const { outTradeNo, prepayId } = await app.placeOrder();
    const payRequest = app.buildPayRequest(prepayId, changes);
    const result = (await shop.control('POST', '/cashier/app', { openid: OPENID, payRequest })).body;
    expect(result).toMatchObject({ reason });
    expect(await orderSeen(outTradeNo)).toMatchObject({ trade_state: 'NOTPAY' });
  });

  it('cannot pay after time_expire, even after the same order again, and the order stays open', async () => {
    const time_expire = beijingStamp(new Date(shop.wechat.clock.now().getTime() + 600_000));
    const order = app.buildOrder({ time_expire });
    const { prepayid } = await app.prepay(order);
    await shop.advanceClock(601);
    expect(await app.pay(String(prepayid))).toMatchObject({ reason: 'time_expire' });
    expect(await app.prepay(order)).toMatchObject({ prepayid });
    expect(await app.pay(String(prepayid))).toMatchObject({ reason: 'time_expire' });
    expect(await infoOf(order['out_trade_no'] ?? '')).toMatchObject({ ret_code: 0, trade_state: '1' });
    await shop.setBehaviours({ v1TimeExpire: 'as-v2' });
    await app.prepay(order);
    expect(await app.pay(String(prepayid))).toMatchObject({ errMsg: 'requestPayment:ok' });
  });

  it('pays as a user that the mini-program knows under another openid', async () => {
    const { outTradeNo, prepayId } = await app.placeOrder();
    await app.pay(prepayId);
    const [user] = await shop.listItems('/users');
    expect(user).toMatchObject({ openid: OPENID, mobileOpenid: expect.stringMatching(/^o[\w-]{27}$/) });
    expect(await orderSeen(outTradeNo)).toMatchObject({ transaction: { openid: user?.['mobileOpenid'] } });
    expect(user?.['mobileOpenid']).not.toBe(OPENID);
  });
});

describe('simulator v1 orders: the order query', () => {
  it('returns the paid amount, the discount and all other fields of a paid order', async () => {
    const { outTradeNo, transactionId } = await app.createPaidOrder({ attach: '测试' }, { couponFen: 88 });
    expect(await app.query(outTradeNo)).toEqual({
      errcode: 0,
      errmsg: 'ok',
      order_info: {
        ret_code: 0,
        ret_msg: '',
        input_charset: 'UTF-8',
        trade_state: '0',
        trade_mode: '1',
        partner: PARTNER,
        bank_type: '2011',
        bank_billno: expect.stringMatching(/^\d{15}$/),
        total_fee: '1200',
        fee_type: '1',
        transaction_id: transactionId,
        out_trade_no: outTradeNo,
        is_split: 'false',
        is_refund: 'false',
        attach: '测试',
        time_end: expect.stringMatching(/^\d{14}$/),
        transport_fee: '0',
        product_fee: '1288',
        discount: '88',
        rmb_total_fee: '',
      },
    });
  });

  it('returns the state of an open and a closed order, and not found for an unknown one or another appid’s', async () => {
    const { outTradeNo } = await app.placeOrder();
    expect(await infoOf(outTradeNo)).toMatchObject({ ret_code: 0, trade_state: '1', transaction_id: '' });
    await shop.control('POST', `/orders/${outTradeNo}/state`, { state: 'CLOSED' });
    expect(await infoOf(outTradeNo)).toMatchObject({ ret_code: 0, trade_state: '6' });
    expect(await infoOf('NOSUCHORDER')).toMatchObject({ ret_code: 88222005 });
    expect(await infoOf((await shop.placeOrder()).outTradeNo)).toMatchObject({ ret_code: 88222005 });
    await shop.setBehaviours({ v1UnpaidAnswer: 'ret_code' });
    expect(await infoOf((await app.placeOrder()).outTradeNo)).toMatchObject({ ret_code: 88222005 });
  });

  it('does not report a payment before it is visible', async () => {
    const { outTradeNo } = await app.createPaidOrder({}, { visibleAfterSeconds: 5 });
    expect(await infoOf(outTradeNo)).toMatchObject({ trade_state: '1' });
    await shop.advanceClock(5);
    expect(await infoOf(outTradeNo)).toMatchObject({ trade_state: '0' });
  });

  it('verifies the caller, and can be made to respond for another order', async () => {
    const { outTradeNo, transactionId } = await app.createPaidOrder();
    const other = await app.createPaidOrder();
    expect(await app.query(outTradeNo, { app_signature: 'x' })).toMatchObject({ errcode: 49004 });
    const unsigned = packageOf({ out_trade_no: outTradeNo, partner: PARTNER, sign: '0'.repeat(32) });
    expect(await app.query(outTradeNo, { package: unsigned })).toMatchObject({ errcode: 49004 });
    await shop.addFault({ endpoint: 'v1-orderquery', kind: 'echo_other_order', out_trade_no: outTradeNo });
    expect(await infoOf(outTradeNo)).toMatchObject({ transaction_id: other.transactionId });
    expect(await infoOf(outTradeNo)).toMatchObject({ transaction_id: transactionId });
  });

  it('has the same path as the v2 query, which still responds with XML', async () => {
    const { outTradeNo } = await shop.placeOrder();
    expect(await shop.query(outTradeNo)).toMatchObject({ trade_state: 'NOTPAY' });
    const empty = await fetch(`${shop.wechat.url}/pay/orderquery`, { method: 'POST' });
    expect(await empty.text()).toContain('post数据为空');
    const json = await fetch(`${shop.wechat.url}/pay/orderquery`, { method: 'POST', body: '{}' });
    expect(await json.json()).toMatchObject({ errcode: 41001 });
  });
});

describe('simulator v1 orders: a v1 order in v2 calls', () => {
  it('is found by orderquery and closed by closeorder', async () => {
    const { outTradeNo, prepayId } = await app.placeOrder();
    const about = { appid: MOBILE_APPID, out_trade_no: outTradeNo };
    expect(await shop.call('orderquery', about)).toMatchObject({ appid: MOBILE_APPID, trade_state: 'NOTPAY' });
    expect(await shop.call('closeorder', about)).toMatchObject({ result_code: 'SUCCESS' });
    expect(await app.pay(prepayId)).toMatchObject({ reason: 'ORDERCLOSED' });
  });

  it('is unknown with v1OrdersInV2, but can be refunded by transaction_id', async () => {
    await shop.setBehaviours({ v1OrdersInV2: 'unknown', refundProcessingSeconds: 0 });
    const { outTradeNo, transactionId } = await app.createPaidOrder();
    const about = { appid: MOBILE_APPID, out_trade_no: outTradeNo };
    expect(await shop.call('orderquery', about)).toMatchObject({ err_code: 'ORDERNOTEXIST' });
    expect(await shop.refund(shop.buildRefund(outTradeNo, about))).toMatchObject({ err_code: 'ORDERNOTEXIST' });
    expect(await shop.call('closeorder', about)).toMatchObject({ err_code: 'ORDERNOTEXIST' });
    const byNumber = { appid: MOBILE_APPID, out_trade_no: '', transaction_id: transactionId, refund_fee: '500' };
    const refund = shop.buildRefund(outTradeNo, byNumber);
    expect(await shop.refund(refund)).toMatchObject({ appid: MOBILE_APPID, result_code: 'SUCCESS', refund_fee: '500' });
    expect(await infoOf(outTradeNo)).toMatchObject({ trade_state: '0', is_refund: 'true' });
    expect((await shop.control('GET', '/ledger')).body).toMatchObject({ totals: { paidFen: 1288, paidOrders: 1 } });
    expect((await shop.control('GET', '/merchant')).body).toMatchObject({ balanceFen: 783 }); // 1288 − 8 (fee) − 500 + 3
  });
});

describe('simulator v1 orders: delivernotify', () => {
  it('stores the shipping report for the right payment and payer', async () => {
    const { outTradeNo, transactionId } = await app.createPaidOrder();
    const [user] = await shop.listItems('/users');
    const message = {
      openid: user?.['mobileOpenid'],
      transid: transactionId,
      out_trade_no: outTradeNo,
      timestamp: undefined,
      deliver_timestamp: '1795235000',
      deliver_status: '1',
      deliver_msg: 'ok',
    };
    expect(await app.call('delivernotify', { ...message, transid: '1' })).toMatchObject({ errcode: 49002 });
    expect(await app.call('delivernotify', { ...message, openid: OPENID })).toMatchObject({ errcode: 49003 });
    expect(await app.call('delivernotify', { ...message, deliver_status: '2' })).toMatchObject({ errcode: 40097 });
    expect(await app.call('delivernotify', message)).toEqual({ errcode: 0, errmsg: 'ok' });
    expect(await orderSeen(outTradeNo)).toMatchObject({ delivery: { isDelivered: true, message: 'ok' } });
  });
});

it('simulator v1 orders: the merchant number can differ between v1 and v2', async () => {
  const other = await MerchantServer.start({ merchant: { ...MOBILE_MERCHANT, partner: '1200000333' } });
  try {
    const itsApp = new V1AppServer(other);
    expect(await itsApp.prepay()).toMatchObject({ errcode: 40097, errmsg: expect.stringContaining('partner') });
    expect(await itsApp.prepay({ partner: '1200000333' })).toMatchObject({ errcode: 0 });
  } finally {
    await other.close();
  }
});
