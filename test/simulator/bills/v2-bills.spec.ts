import { gunzipSync } from 'node:zlib';
import { afterAll, beforeEach, describe, expect, it } from '@jest/globals';
import { request } from 'undici';
import { CertificateWithKey } from '../../../packages/wechat-pay-simulator/src/certificates/simulator-certificates.js';
import { DAY, NOON, readBill, TO_READY_SECONDS } from '../support/bill-file.js';
import { MerchantServer } from '../support/merchant-server.js';
import { APPID, fromXml, hasValidSignature, KEY, MCH_ID, Message, OPENID, SECRET, toXml } from '../support/signing.js';
import { V1AppServer } from '../support/v1-app-server.js';
import { MOBILE_MERCHANT, PARTNER } from '../support/v1-signing.js';

let shop: MerchantServer;
beforeEach(async () => {
  await (shop as MerchantServer | undefined)?.close();
  shop = await MerchantServer.start({ clock: { now: () => NOON }, behaviours: { varyShape: false } });
});
afterAll(() => shop.close());

const BILL_DATE = DAY.replaceAll('-', '');
const FUND_FLOW = { bill_date: BILL_DATE, account_type: 'Basic', sign_type: 'HMAC-SHA256' };
const download = (changes: Message = {}): Promise<string> =>
  shop.callRaw('downloadbill', shop.signed({ bill_date: BILL_DATE, ...changes }));
const toReady = (): Promise<void> => shop.advanceClock(TO_READY_SECONDS);

describe('simulator v2 bills: the trade bill', () => {
  it('has the payments and refunds of the Beijing day with fees, as text without a signature', async () => {
    const { outTradeNo, transactionId } = await shop.createPaidOrder(
      { attach: 'shop=1', device_info: 'WEB' },
      { couponFen: 100 },
    );
    await shop.placeOrder(); // unpaid orders are not on it
    await shop.advanceClock(60);
    const refund = await shop.refund(shop.buildRefund(outTradeNo, { refund_fee: '644' }));
    await toReady();
    const { lines, totals } = readBill(await download());
    expect(lines).toEqual([
      expect.objectContaining({
        交易时间: `${DAY} 12:00:00`,
        公众账号ID: APPID,
        特约商户号: '0',
        设备号: 'WEB',
        微信订单号: transactionId,
        商户订单号: outTradeNo,
        用户标识: OPENID,
        交易类型: 'JSAPI',
        交易状态: 'SUCCESS',
        应结订单金额: '11.88',
        代金券金额: '0.00',
        微信退款单号: '0',
        退款状态: '',
        商品名称: '演示商城-文具',
        商户数据包: 'shop=1',
        手续费: '0.07000',
        费率: '0.60%',
        订单金额: '12.88',
        申请退款金额: '0.00',
      }),
      expect.objectContaining({
        交易时间: `${DAY} 12:01:00`,
        交易状态: 'REFUND',
        应结订单金额: '0.00',
        微信退款单号: refund['refund_id'],
        商户退款单号: refund['out_refund_no'],
        退款金额: '5.94',
        充值券退款金额: '0.00',
        退款类型: 'ORIGINAL',
        退款状态: 'SUCCESS',
        手续费: '-0.04000',
        订单金额: '0.00',
        申请退款金额: '6.44',
      }),
    ]);
    expect(totals).toEqual({
      总交易单数: '2',
      应结订单总金额: '11.88',
      退款总金额: '5.94',
      充值券退款总金额: '0.00',
      手续费总金额: '0.03000',
      订单总金额: '12.88',
      申请退款总金额: '6.44',
    });
  });

  it.each([
    ['the mch_id', PARTNER, 1],
    ['another number, which has its own bills', '1900000555', 0],
  ])('has a payment of v1 if the number of v1 is %s', async (_what, partner, count) => {
    await shop.close();
    const merchant = { ...MOBILE_MERCHANT, appid: APPID, secret: SECRET, mch_id: MCH_ID, key: KEY, partner };
    shop = await MerchantServer.start({ clock: { now: () => NOON }, merchant });
    const { outTradeNo } = await new V1AppServer(shop).placeOrder({ partner });
    await shop.control('POST', `/orders/${outTradeNo}/pay`, { notify: 'lost' });
    const v2 = await shop.createPaidOrder();
    await toReady();
    const numbers = readBill(await download()).lines.map((line) => line['商户订单号']);
    expect(numbers).toEqual([...Array<string>(count).fill(outTradeNo), v2.outTradeNo]);
    const { body } = await shop.control('GET', `/bills/${DAY}`);
    expect(body).toMatchObject({ openingFen: 0, closingFen: 1280 * (1 + count) });
    expect((await shop.control('GET', '/merchant')).body).toMatchObject({ balanceFen: 2560 });
  });

  it('counts coupons that are settled as coupons', async () => {
    const { outTradeNo } = await shop.createPaidOrder({}, { couponFen: 100, couponType: 'CASH' });
    await shop.refund(shop.buildRefund(outTradeNo));
    await toReady();
    const { lines, totals } = readBill(await download());
    expect(lines).toMatchObject([
      { 应结订单金额: '12.88', 代金券金额: '1.00', 手续费: '0.08000' },
      { 退款金额: '12.88', 充值券退款金额: '1.00', 手续费: '-0.08000' },
    ]);
    expect(totals).toMatchObject({ 充值券退款总金额: '1.00', 手续费总金额: '0.00000' });
  });

  it.each([
    ['SUCCESS', 20, ['SUCCESS']],
    ['REFUND', 29, ['REFUND']],
    ['ALL', 27, ['SUCCESS', 'REFUND']],
  ])('of type %s has %d columns and the lines %j', async (bill_type, columns, states) => {
    const { outTradeNo } = await shop.createPaidOrder();
    await shop.refund(shop.buildRefund(outTradeNo));
    await toReady();
    const bill = readBill(await download({ bill_type }));
    expect(bill.columns).toHaveLength(columns);
    expect(bill.lines.map((line) => line['交易状态'])).toEqual(states);
    expect(bill.totals['总交易单数']).toBe(String(states.length));
  });

  it('is gzip on request, without a Content-Encoding', async () => {
    await shop.createPaidOrder();
    await toReady();
    const response = await fetch(`${shop.wechat.url}/pay/downloadbill`, {
      method: 'POST',
      body: toXml(shop.signed({ bill_date: BILL_DATE, tar_type: 'GZIP' })),
    });
    expect(response.headers.get('content-encoding')).toBeNull();
    const bytes = Buffer.from(await response.arrayBuffer());
    expect(gunzipSync(bytes).toString()).toBe(await download());
  });

  it('never changes: a refund that is processing when it is made stays so', async () => {
    const { outTradeNo } = await shop.createPaidOrder();
    await shop.setBehaviours({ refundEnds: 'PROCESSING' });
    const { out_refund_no: refundNo = '' } = await shop.refund(shop.buildRefund(outTradeNo));
    await toReady();
    const first = await download();
    expect(readBill(first).lines[1]).toMatchObject({ 退款状态: 'PROCESSING' });
    await shop.control('POST', `/refunds/${refundNo}/state`, { state: 'SUCCESS' });
    await shop.setBehaviours({ billLineEnd: 'LF', billBom: true, billColumns: 'older', feeBasisPoints: 100 });
    expect(await download()).toBe(first);
  });

  it.each([
    ['REFUNDCLOSE', 'FAIL'],
    ['CHANGE', 'CHANGE'],
  ])('shows a refund in status %s as %s', async (refundEnds, shown) => {
    await shop.setBehaviours({ refundEnds });
    const { outTradeNo } = await shop.createPaidOrder();
    await shop.refund(shop.buildRefund(outTradeNo));
    await toReady();
    expect(readBill(await download()).lines[1]).toMatchObject({ 退款状态: shown });
  });

  it('can have a BOM, LF, the older columns and another fee rate', async () => {
    await shop.setBehaviours({ billLineEnd: 'LF', billBom: true, billColumns: 'older', feeBasisPoints: 38 });
    await shop.createPaidOrder();
    await toReady();
    const text = await download();
    expect(text).not.toContain('\r');
    const response = await fetch(`${shop.wechat.url}/pay/downloadbill`, {
      method: 'POST',
      body: toXml(shop.signed({ bill_date: BILL_DATE })),
    });
    expect(
      Buffer.from(await response.arrayBuffer())
        .subarray(0, 3)
        .toString('hex'),
    ).toBe('efbbbf');
    expect(readBill(text).lines[0]).toMatchObject({
      总金额: '12.88',
      企业红包金额: '0.00',
      手续费: '0.05000',
      费率: '0.38%',
    });
  });
});

describe('simulator v2 bills: the fund-flow bill', () => {
  const fundFlow = async (
    changes: Message = {},
    certificate: CertificateWithKey = shop.wechat.certificates.merchant,
  ): Promise<string> =>
    (await shop.callWithCertificate('/pay/downloadfundflow', { ...FUND_FLOW, ...changes }, certificate)).text;

  it('leads from the opening to the closing balance, with fees, refunds, top-ups and withdrawals', async () => {
    await shop.control('POST', '/merchant/top-up', { fen: 10_000 });
    const { outTradeNo, transactionId } = await shop.createPaidOrder();
    const refund = await shop.refund(shop.buildRefund(outTradeNo, { refund_fee: '500' }));
    await shop.control('POST', '/merchant/withdraw', { fen: 2_000 });
    await toReady();
    const { lines, totals } = readBill(await fundFlow());
    const shown = lines.map((line) =>
      ['业务类型', '收支类型', '收支金额(元)', '账户结余(元)'].map((name) => line[name]),
    );
    expect(shown).toEqual([
      ['充值', '收入', '100.00', '100.00'],
      ['交易', '收入', '12.88', '112.88'],
      ['扣除交易手续费', '支出', '0.08', '112.80'],
      ['退款', '支出', '4.97', '107.83'],
      ['提现', '支出', '20.00', '87.83'],
    ]);
    expect(lines[1]).toMatchObject({
      微信支付业务单号: transactionId,
      业务凭证号: outTradeNo,
      资金变更提交申请人: 'system',
    });
    expect(lines[3]).toMatchObject({
      微信支付业务单号: refund['refund_id'],
      备注: '退款总金额5.00元;含手续费0.03元',
      资金变更提交申请人: '1900000109API',
      业务凭证号: refund['out_refund_no'],
    });
    expect(totals).toEqual({
      资金流水总笔数: '5',
      收入笔数: '2',
      收入金额: '112.88',
      支出笔数: '3',
      支出金额: '25.05',
    });
    expect((await shop.control('GET', '/merchant')).body).toMatchObject({ balanceFen: 8783 });
  });

  it('shows a returned fee in a row of its own, and the money of a closed refund on the day when it came back', async () => {
    await shop.setBehaviours({ refundFeeRow: 'own', refundEnds: 'REFUNDCLOSE', refundProcessingSeconds: 86_400 });
    const { outTradeNo } = await shop.createPaidOrder();
    await shop.refund(shop.buildRefund(outTradeNo));
    await shop.advanceClock(86_400);
    const types = (text: string): unknown[] =>
      readBill(text).lines.map((line) => [line['业务类型'], line['收支金额(元)'], line['账户结余(元)']]);
    expect(types(await fundFlow())).toEqual([
      ['交易', '12.88', '12.88'],
      ['扣除交易手续费', '0.08', '12.80'],
      ['退还交易手续费', '0.08', '12.88'],
      ['退款', '12.88', '0.00'],
    ]);
    await shop.advanceClock(86_400);
    expect(types(await fundFlow({ bill_date: '20261121' }))).toEqual([['退款关闭', '12.80', '12.80']]);
  });

  it('needs the merchant’s certificate and HMAC-SHA256, and has three requests a second', async () => {
    await shop.createPaidOrder();
    await toReady();
    const bare = await shop.callWithCertificate('/pay/downloadfundflow', FUND_FLOW, null);
    expect([bare.status, bare.type]).toEqual([400, 'text/html']);
    const other = await fromXml(await fundFlow({}, shop.wechat.certificates.otherMerchant));
    expect(other).toMatchObject({ result_code: 'FAIL', err_code: 'CERT_ERROR' });
    expect(await fromXml(await fundFlow({ sign_type: 'MD5' }))).toMatchObject({ return_code: 'FAIL' });
    for (let n = 0; n < 3; n++) expect(readBill(await fundFlow()).lines).toHaveLength(2);
    const fourth = await fromXml(await fundFlow());
    expect(fourth).toMatchObject({ err_code: 'FREQUENCY_LIMITED' });
    expect(hasValidSignature(fourth)).toBe(true);
  });

  it('is refused with signed errors: no entries, not ready, another account', async () => {
    expect(await fromXml(await fundFlow())).toMatchObject({ err_code: 'PARAM_ERROR' }); // today
    await shop.advanceClock(86_400 / 2 + 60);
    expect(await fromXml(await fundFlow())).toMatchObject({ err_code: 'BILL_CREATING' });
    await toReady();
    expect(await fromXml(await fundFlow())).toMatchObject({ err_code: 'NO_BILL_EXIST', err_code_des: '账单不存在' });
    await shop.createPaidOrder();
    await shop.advanceClock(86_400);
    const date = '20261121';
    expect(readBill(await fundFlow({ bill_date: date })).lines).toHaveLength(2);
    expect(await fromXml(await fundFlow({ bill_date: date, account_type: 'Fees' }))).toMatchObject({
      err_code: 'NO_BILL_EXIST',
    });
  });
});

describe('simulator v2 bills: refusals', () => {
  const refusalOf = async (changes: Message = {}): Promise<Message> => fromXml(await download(changes));

  it('are XML without a signature: before 10:00, without trade, and for wrong parameters', async () => {
    const { outTradeNo } = await shop.createPaidOrder();
    expect(outTradeNo).not.toBe('');
    expect(await refusalOf()).toEqual({ return_code: 'FAIL', return_msg: 'invalid bill_date', error_code: '20001' });
    await shop.advanceClock(TO_READY_SECONDS - 1);
    expect(await refusalOf()).toEqual({ return_code: 'FAIL', return_msg: 'Bill Creating' });
    await shop.advanceClock(1);
    expect(await download()).toContain(outTradeNo);
    expect(await refusalOf({ bill_date: '20261119' })).toEqual({
      return_code: 'FAIL',
      return_msg: 'No Bill Exist',
      error_code: '20002',
    });
    expect(await refusalOf({ bill_type: 'REFUND' })).toMatchObject({ return_msg: 'No Bill Exist' });
    expect(await refusalOf({ bill_type: 'RECHARGE_REFUND' })).toMatchObject({ return_msg: 'No Bill Exist' });
    expect(await refusalOf({ bill_type: 'OTHER' })).toMatchObject({ return_msg: 'invalid bill_type' });
    expect(await refusalOf({ tar_type: 'ZIP' })).toMatchObject({ return_msg: 'invalid tar_type, Only GZIP supported' });
    expect(await refusalOf({ bill_date: '20260819' })).toMatchObject({ return_msg: 'invalid bill_date' });
    expect(await refusalOf({ sign: 'WRONG' })).toMatchObject({ return_msg: 'sign error', error_code: '20001' });
    expect(await refusalOf({ bill_date: '' })).toMatchObject({ return_msg: 'missing parameter' });
  });

  it('come in the same form from faults, and a file can be damaged', async () => {
    await shop.createPaidOrder();
    await toReady();
    await shop.addFault({ endpoint: 'downloadbill', kind: 'SYSTEMERROR' });
    expect(await refusalOf()).toEqual({ return_code: 'FAIL', return_msg: 'system error', error_code: '20003' });
    await shop.addFault({
      endpoint: 'downloadbill',
      kind: 'err_code',
      errCode: '20007',
      errCodeDes: '当前商户号账单API权限已经关闭',
    });
    expect(await refusalOf()).toMatchObject({ error_code: '20007', return_msg: '当前商户号账单API权限已经关闭' });
    const whole = await download();
    await shop.addFault({ endpoint: 'downloadbill', kind: 'truncated' });
    const half = await download();
    expect(half.length).toBeLessThan(whole.length);
    expect(whole.startsWith(half.slice(0, 100))).toBe(true);
    await shop.addFault({ endpoint: 'downloadbill', kind: 'html' });
    const response = await request(`${shop.wechat.url}/pay/downloadbill`, {
      method: 'POST',
      body: toXml(shop.signed({ bill_date: BILL_DATE })),
    });
    expect(response.statusCode).toBe(502);
    await response.body.dump();
  });
});
