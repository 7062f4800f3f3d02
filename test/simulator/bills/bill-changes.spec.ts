import { gunzipSync } from 'node:zlib';
import { afterAll, beforeEach, describe, expect, it } from '@jest/globals';
import { DAY, NOON, readBill, sha1, TO_READY_SECONDS } from '../support/bill-file.js';
import { type Json, V3Merchant } from '../support/v3-merchant.js';

let shop: V3Merchant;
beforeEach(async () => {
  await (shop as V3Merchant | undefined)?.close();
  shop = await V3Merchant.start({ clock: { now: () => NOON } });
});
afterAll(() => shop.close());

const toReady = (): Promise<void> => shop.advanceClock(TO_READY_SECONDS);
const billsOf = async (day = DAY): Promise<Json> => (await shop.control('GET', `/bills/${day}`)).body;
const change = async (path: string, body: Json): Promise<number> =>
  (await shop.control('POST', `/bills/${path}`, body)).status;
const trade = async (day = DAY) => readBill(String((await billsOf(day))['tradeText']));
const fund = async (day = DAY) => readBill(String((await billsOf(day))['fundText']));
const balance = async (): Promise<unknown> => (await shop.control('GET', '/merchant')).body['balanceFen'];

describe('simulator bills: an external clock', () => {
  it('has what happened before the bill on it, although the clock jumps over both', async () => {
    let now = NOON.getTime();
    const jumping = await V3Merchant.start({ clock: { now: () => new Date(now) } });
    try {
      await jumping.setBehaviours({ refundProcessingSeconds: 86_400 / 2 });
      const { transactionId } = await jumping.createPaidOrder();
      await jumping.refund(transactionId);
      now += 3 * 86_400_000;
      const { body } = await jumping.control('GET', `/bills/${DAY}`);
      expect(readBill(String(body['tradeText'])).lines).toMatchObject([
        { 交易状态: 'SUCCESS' },
        { 退款状态: 'SUCCESS' },
      ]);
    } finally {
      await jumping.close();
    }
  });
});

describe('simulator bills: how a bill is delivered', () => {
  const apply = () => shop.get(`/v3/bill/tradebill?bill_date=${DAY}&tar_type=GZIP`);
  const fileOf = async (answer: Json): Promise<Buffer> => {
    const url = new URL(String(answer['download_url']));
    const authorization = shop.authorization('GET', url.pathname + url.search, '');
    const response = await fetch(url, { headers: { accept: '*/*', 'user-agent': 'test', authorization } });
    return Buffer.from(await response.arrayBuffer());
  };
  beforeEach(async () => {
    await shop.createPaidOrder();
    await toReady();
  });

  it('can be not ready or absent for one kind of bill, and normal again', async () => {
    await shop.control('PUT', `/bills/${DAY}`, { kind: 'TRADE', availability: 'creating' });
    expect((await apply()).json).toMatchObject({ code: 'STATEMENT_CREATING' });
    expect((await shop.get(`/v3/bill/fundflowbill?bill_date=${DAY}`)).status).toBe(200);
    await shop.control('PUT', `/bills/${DAY}`, { availability: 'none' });
    expect((await apply()).json).toMatchObject({ code: 'NO_STATEMENT_EXIST' });
    await shop.control('PUT', `/bills/${DAY}`, { availability: 'normal' });
    expect((await apply()).status).toBe(200);
  });

  it('can have a wrong hash, and the right one again', async () => {
    const { body } = await shop.control('PUT', `/bills/${DAY}`, { damage: 'hash' });
    expect(body).toMatchObject({ trade: { damage: 'hash' }, fund: { damage: 'hash' } });
    const { json } = await apply();
    expect(sha1(gunzipSync(await fileOf(json)))).not.toBe(json['hash_value']);
    await shop.control('PUT', `/bills/${DAY}`, { damage: 'none' });
    const again = (await apply()).json;
    expect(sha1(gunzipSync(await fileOf(again)))).toBe(again['hash_value']);
  });

  it.each(['truncated', 'gzip'])('%s: cannot be uncompressed', async (damage) => {
    await shop.control('PUT', `/bills/${DAY}`, { damage });
    const file = await fileOf((await apply()).json);
    expect(() => gunzipSync(file)).toThrow();
  });

  it('incomplete: ends early although its hash is right', async () => {
    await shop.control('PUT', `/bills/${DAY}`, { damage: 'incomplete' });
    const { json } = await apply();
    const text = gunzipSync(await fileOf(json)).toString();
    expect(sha1(text)).toBe(json['hash_value']);
    expect(text).not.toContain('总交易单数');
  });
});

describe('simulator bills: what a bill says other than what happened', () => {
  it('lacks a line, in both bills and in the balance', async () => {
    const [kept, missing] = [await shop.createPaidOrder(), await shop.createPaidOrder()];
    expect(await balance()).toBe(2560);
    expect(await change('lines', { kind: 'missing-line', out_trade_no: missing.outTradeNo })).toBe(200);
    await toReady();
    expect((await trade()).lines.map((line) => line['商户订单号'])).toEqual([kept.outTradeNo]);
    expect((await trade()).totals).toMatchObject({ 总交易单数: '1', 订单总金额: '12.88' });
    expect((await fund()).lines).toHaveLength(2);
    expect(await balance()).toBe(1280);
  });

  it('lacks a line in one of the two bills', async () => {
    const { outTradeNo } = await shop.createPaidOrder();
    await change('lines', { kind: 'missing-line', out_trade_no: outTradeNo, bills: 'TRADE' });
    const other = await shop.createPaidOrder();
    await change('lines', { kind: 'missing-line', out_trade_no: other.outTradeNo, bills: 'FUND' });
    await toReady();
    expect((await trade()).lines).toMatchObject([{ 商户订单号: other.outTradeNo }]);
    expect((await fund()).lines).toMatchObject([{ 业务凭证号: outTradeNo }, { 业务凭证号: outTradeNo }]);
  });

  it('has another amount with its fee, another fee, or another status', async () => {
    const { outTradeNo, transactionId } = await shop.createPaidOrder();
    const refund = await shop.refund(transactionId);
    const out_refund_no = refund.json['out_refund_no'];
    await change('lines', { kind: 'other-amount', out_trade_no: outTradeNo, fen: 2000 });
    await change('lines', { kind: 'other-fee', out_refund_no, fen: 1 });
    await change('lines', { kind: 'other-status', out_refund_no, status: 'CHANGE' });
    await toReady();
    expect((await trade()).lines).toMatchObject([
      { 订单金额: '20.00', 应结订单金额: '20.00', 手续费: '0.12000' },
      { 申请退款金额: '5.00', 手续费: '-0.01000', 退款状态: 'CHANGE' },
    ]);
    const amounts = (await fund()).lines.map((line) => line['收支金额(元)']);
    expect(amounts).toEqual(['20.00', '0.12', '4.99']);
    expect(await balance()).toBe(2000 - 12 - 499);
  });

  it('has names with any characters, escaped so that a split at commas still works', async () => {
    const { outTradeNo } = await shop.createPaidOrder();
    const name = `"茶,\`叶'\\\r\n\t😀 婕旂ず鍟嗗煄`;
    await change('lines', { kind: 'other-name', out_trade_no: outTradeNo, name });
    await toReady();
    const text = String((await billsOf())['tradeText']);
    const line = text.split('\r\n')[1]?.split(',') ?? [];
    expect(line).toHaveLength(27);
    expect(line[20]).toBe('`\\"茶\\ \\`叶\\\'\\\\\\r\\n\\t😀 婕旂ず鍟嗗煄');
  });

  it('has another column, totals that are wrong, and balances that are wrong', async () => {
    await shop.createPaidOrder();
    const body = { column: '新列', columnValue: 'x', afterColumn: '商户号', totalsOffByFen: 1, balanceOffByFen: -5 };
    expect(await change(`${DAY}/changes`, body)).toBe(200);
    await toReady();
    const { columns, lines, totals } = await trade();
    expect(columns.slice(2, 5)).toEqual(['商户号', '新列', '特约商户号']);
    expect(lines[0]).toMatchObject({ 新列: 'x', 特约商户号: '0' });
    expect(totals['应结订单总金额']).toBe('12.89');
    expect((await fund()).lines.map((line) => line['账户结余(元)'])).toEqual(['12.88', '12.75']);
  });

  it('moves a payment or a refund to the next day’s bills', async () => {
    const { outTradeNo, transactionId } = await shop.createPaidOrder();
    const other = await shop.createPaidOrder();
    const refund = await shop.refund(transactionId);
    await change('late', { out_trade_no: other.outTradeNo });
    await change('late', { out_refund_no: refund.json['out_refund_no'] });
    await shop.advanceClock(2 * 86_400);
    expect((await trade()).lines).toMatchObject([{ 商户订单号: outTradeNo, 交易状态: 'SUCCESS' }]);
    expect((await trade('2026-11-21')).lines).toMatchObject([
      { 交易时间: '2026-11-21 00:00:01', 商户订单号: other.outTradeNo },
      { 交易时间: '2026-11-21 00:00:01', 商户订单号: outTradeNo, 交易状态: 'REFUND' },
    ]);
    expect((await billsOf())['closingFen']).toBe(1280);
    expect(await billsOf('2026-11-21')).toMatchObject({ openingFen: 1280, closingFen: await balance() });
  });

  it('has a payment that no query knows', async () => {
    const extra = { out_trade_no: 'ONLYONBILL01', total_fee: 700 };
    expect(await change('extra-payments', extra)).toBe(200);
    expect(await change('extra-payments', extra)).toBe(409);
    expect((await shop.query('ONLYONBILL01')).status).toBe(404);
    await toReady();
    expect((await trade()).lines).toMatchObject([{ 商户订单号: 'ONLYONBILL01', 订单金额: '7.00', 手续费: '0.04000' }]);
    expect(await balance()).toBe(696);
  });

  it('cannot be changed after it is made', async () => {
    const { outTradeNo } = await shop.createPaidOrder();
    await toReady();
    expect(await change('lines', { kind: 'missing-line', out_trade_no: outTradeNo })).toBe(409);
    expect(await change('late', { out_trade_no: outTradeNo })).toBe(409);
    expect(await change(`${DAY}/changes`, { totalsOffByFen: 1 })).toBe(409);
    const paidAt = NOON.toISOString();
    expect(await change('extra-payments', { out_trade_no: 'TOOLATE0001', total_fee: 1, paidAt })).toBe(409);
    expect((await trade()).lines).toHaveLength(1);
  });

  it('refuses changes that make no sense', async () => {
    const { outTradeNo } = await shop.createPaidOrder();
    expect(await change('lines', { kind: 'missing-line', out_trade_no: 'UNKNOWN' })).toBe(404);
    expect(await change('lines', { kind: 'missing-line' })).toBe(400);
    expect(await change('lines', { kind: 'other-amount', out_trade_no: outTradeNo })).toBe(400);
    expect(await change('lines', { kind: 'other-status', out_trade_no: outTradeNo, status: 'SUCCESS' })).toBe(400);
    expect(await change('today/changes', {})).toBe(400);
    expect((await shop.control('PUT', '/bills/2026-02-30', {})).status).toBe(400);
  });
});
