import { describe, expect, it } from '@jest/globals';
import { carrierCode } from './carrier-code.js';

const carriers = [
  { code: 'SF', name: 'SF Express', nameZh: '顺丰速运' },
  { code: 'ZTO', name: 'ZTO Express', nameZh: '中通快递' },
  { code: 'YTO', name: 'YTO Express', nameZh: '圆通速递' },
  { code: 'YD', name: 'Yunda Express', nameZh: '韵达速递' },
  { code: 'YZPY', name: 'China Post parcels', nameZh: '邮政快递包裹' },
];

describe('carrierCode', () => {
  it.each([
    ['圆通', 'YTO'],
    ['圆通速递', 'YTO'],
    ['中通快递 · ZTO', 'ZTO'],
    [' yto ', 'YTO'],
    ['SF Express', 'SF'],
    ['韵达', 'YD'],
    ['Yunda', 'YD'],
    ['YUNDA', 'YD'],
    ['China Post', 'YZPY'],
    ['ANE', 'ANE'],
    ['UND', 'UND'],
    ['Express', null],
    ['快递', null],
    ['达达', null],
    ['', null],
  ])('%j becomes %j', (typed, code) => {
    expect(carrierCode(typed, carriers)).toBe(code);
  });

  it.each(carriers)('finds $nameZh by its code and both names', ({ code, name, nameZh }) => {
    for (const typed of [code, name, nameZh]) expect(carrierCode(typed, carriers)).toBe(code);
  });
});
