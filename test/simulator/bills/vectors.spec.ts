import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from '@jest/globals';
import { escapeText } from '../../../packages/wechat-pay-simulator/src/bills/files/bill-text.js';
import { oldestBillDay } from '../../../packages/wechat-pay-simulator/src/bills/bill-day.js';
import { fundFlowBill } from '../../../packages/wechat-pay-simulator/src/bills/files/fund-flow-bill.js';
import { tradeBill } from '../../../packages/wechat-pay-simulator/src/bills/files/trade-bill.js';
import { TradeRow } from '../../../packages/wechat-pay-simulator/src/bills/trade-row.js';
import { paymentPostings, refundPostings } from '../../../packages/wechat-pay-simulator/src/account/postings.js';
import { BehaviourSettings } from '../../../packages/wechat-pay-simulator/src/state/behaviour-settings.js';
import { MCH_ID } from '../support/signing.js';
import { sha1 } from '../support/bill-file.js';

const style = new BehaviourSettings();
const PAID_AT = new Date('2026-09-21T14:14:20.000Z');
const REFUNDED_AT = new Date('2026-09-21T14:19:30.000Z');
const COMMON = {
  appid: 'wx8888888888888888',
  deviceInfo: '',
  transactionId: '4200009999202609210000000001',
  outTradeNo: 'T20260921000001',
  openid: 'oUpF8uMuAJO_M2pxb1Q9zNjWeS6o',
  tradeType: 'JSAPI',
  bankType: 'OTHERS',
  description: '测试商品-A',
  attach: '',
  feeBasisPoints: 60,
};
const PAYMENT: TradeRow = {
  ...COMMON,
  type: 'PAYMENT',
  at: PAID_AT,
  totalFen: 888,
  settledFen: 888,
  couponFen: 100,
  feeFen: 5,
};
const REFUND: TradeRow = {
  ...COMMON,
  type: 'REFUND',
  at: REFUNDED_AT,
  refundId: '50300009992026092100000000001',
  outRefundNo: 'R20260921000001',
  totalFen: 444,
  settledFen: 444,
  couponFen: 50,
  feeFen: 3,
  status: 'SUCCESS',
  succeededAt: REFUNDED_AT,
};
/** Vector V15 of the documents: a fund-flow bill, gzip in base64. */
const FUND_FLOW =
  'H4sIAAAAAAAC/62SzU7CQBSF9yS8g0tNrs2d6Wgorly6M8YHmI1LV7hxB0FSf0KAUAJoNFHxJxEohgraRn2ZzrR9C1PaCqgxMXE2M+eeyb3fyYzfH/jWrWyOgqYF4q3vvl9Kw3Sdlvt8Ko4vRbkhKmPwnw4CvSafCnJgxaXYr5a9u0EsvEdHXJyANEbSMOdEoNeCq/NFUSouQTjucOw5dfe1HVcm3UWlJc8sWam6dsczhr45dm0bREeXw/tkmt7zzYKojNMpTpGuLqO2TMkCpVnCshSBM4qIqGmaFtqoUYLJIsCJFp3wR9e1O7JVn+7SGInSDfCMkskAJ4jRIbef29vZBQ58e64L+XcmOsNydB20O5GSRyee0/OtlxDRFLoNHBVcSRDVPyFqWRWBr6AaM36DCBl/TxDk87L7Nt0TKKYwMoFiCqOzQdc3N5LbMu9EX4MpjIlScU1UHz7zoYKqKBWBb31NMfsdZd7xuoZsDCB6sDkRNYcI6dMJReSkU1wFTpJHphPq1XTqAyjg1g0WAwAA';

describe('simulator bills: the vectors of the documents', () => {
  it('gives the trade bill V10 byte for byte', () => {
    const input = { type: 'ALL', mchId: MCH_ID, rows: [PAYMENT, REFUND], style } as const;
    const text = tradeBill({ ...input, extraColumns: [], totalsOffByFen: 0 }) ?? '';
    expect(Buffer.byteLength(text)).toBe(1118);
    expect(sha1(text)).toBe('adafa8dead30fc25bddf1d3e34fcaaa8204583a1');
  });

  it('gives the fund-flow bill V15 byte for byte', () => {
    const paid = paymentPostings({
      wechatNo: COMMON.transactionId,
      merchantNo: COMMON.outTradeNo,
      settledFen: 888,
      feeFen: 5,
    });
    const money = {
      wechatNo: '50300009992026092100000000001',
      merchantNo: 'R20260921000001',
      settledFen: 444,
      feeFen: 3,
    };
    const flows = ['1900000109202609210000000001', '1900000109202609210000000002', '4200009999202609210000000001'];
    const entries = [...paid, ...refundPostings(money, '1900000109API', 'inside')].map((posting, n) => ({
      ...posting,
      flowNo: flows[n] ?? '',
      at: n < 2 ? PAID_AT : REFUNDED_AT,
      isBilled: true,
    }));
    const text = fundFlowBill({ openingFen: 100_000, entries, closingFen: 100_442, style, balanceOffByFen: 0 });
    expect(text).toBe(gunzipSync(Buffer.from(FUND_FLOW, 'base64')).toString());
    expect(sha1(text ?? '')).toBe('800fe8d22f7a8b3802c76543b94306cc7d264c9f');
  });

  it('escapes merchant-defined texts as documented, back-ticks and quotes by the kind of line', () => {
    const text = `a,b\`c'd"e\\f\n\r\tg\uE000h\u001Ai😀`;
    expect(escapeText(text, 'PAYMENT', style)).toBe(`a\\ b\\\`c\\'d\\"e\\\\f\\n\\r\\tg\\ h\\\u001Ai😀`);
    expect(escapeText(text, 'REFUND', style)).toBe(`a\\ b\\140c'd\\"e\\\\f\\n\\r\\tg\\ h\\\u001Ai😀`);
    expect(escapeText('a,b`c\n', 'PAYMENT', { billText: 'raw' })).toBe('a,b`c\\n');
  });

  it.each([
    ['2026-11-30T04:00:00.000Z', '2026-08-30'],
    ['2026-05-31T04:00:00.000Z', '2026-02-28'],
    ['2026-02-10T15:59:59.000Z', '2025-11-10'],
    ['2026-02-10T16:00:00.000Z', '2025-11-11'],
  ])('keeps bills for three months: at %s the oldest is %s', (now, day) => {
    expect(oldestBillDay(new Date(now))).toBe(day);
  });
});
