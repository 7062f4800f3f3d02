import { describe, expect, it } from '@jest/globals';
import { fullTime } from '../../utils/time.js';
import { en } from '../../i18n/en.js';
import { zh } from '../../i18n/zh.js';
import { formatField, type FieldTextContext } from './format-field.js';

const context: FieldTextContext = {
  t: zh,
  carriers: new Map([['YTO', '圆通速递']]),
  names: new Map([
    ['A1', 'boss'],
    ['P1', '龙井'],
  ]),
};
const text = (name: string, value: unknown): string => formatField(name, value, context);

describe('audit log: formatField', () => {
  it('shows amounts in yuan if the field name contains Fen', () => {
    expect(text('amountFen', 1250)).toBe('¥12.50');
    expect(text('maxRefundFenPerDay', 1_000_000)).toBe('¥10,000.00');
  });

  it('shows other numbers and texts unchanged, and nothing for null', () => {
    expect([text('stock', 7), text('name', '龙井'), text('note', null)]).toEqual(['7', '龙井', '']);
  });

  it('translates states, kinds, roles, permissions, booleans, carriers, accounts and quantities', () => {
    expect([text('status', 'REQUESTED'), text('state', 'WAITING'), text('role', 'VIEWER')]).toEqual([
      ...['待审批', '待上传微信', '只读'],
    ]);
    expect([text('kind', 'EXPRESS'), text('carrier', 'YTO'), text('responsibleId', 'A1')]).toEqual([
      ...['快递', '圆通速递', 'boss'],
    ]);
    expect(text('scopes', ['orders:read', 'refunds:write'])).toBe('查看订单、退款');
    expect([text('isLast', true), text('onSale', false)]).toEqual(['是', '否']);
    const items = [
      { productId: 'P1', quantity: 2 },
      { productId: 'P2', quantity: 1 },
    ];
    expect(text('returnItems', items)).toBe('龙井 2 件、P2 1 件');
    expect(formatField('returnItems', items, { ...context, t: en })).toBe('龙井 × 2, P2 × 1');
  });

  it("shows times in the browser's time zone, for any field", () => {
    const at = '2026-11-30T02:00:00.000Z';
    expect([text('createdAt', at), text('unknown', at)]).toEqual([fullTime(at), fullTime(at)]);
  });

  it('shows unknown fields and values without their names', () => {
    expect(text('constructor', 'constructor')).toBe('constructor');
    expect(text('status', 'constructor')).toBe('constructor');
    expect(text('apiKeys', [{ name: 'ERP', disabled: true }])).toBe('ERP、是');
  });
});
