import { describe, expect, it } from '@jest/globals';
import { fieldText } from './field-text.js';

describe('audit log: text of a field', () => {
  it('shows every amount in yuan, wherever Fen stands in its name', () => {
    expect(fieldText('amountFen', 1250)).toBe('¥12.50');
    expect(fieldText('maxRefundFenPerDay', 1_000_000)).toBe('¥10,000.00');
  });

  it('shows other numbers and texts as they are, and nothing for what is not there', () => {
    expect([fieldText('stock', 7), fieldText('name', '龙井'), fieldText('note', null)]).toEqual(['7', '龙井', '']);
  });
});
