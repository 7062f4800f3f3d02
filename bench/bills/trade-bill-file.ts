import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { orderNoOf, priceFen, seededTransactionIdOf } from '../support/seed-orders.ts';
import { MERCHANT } from '../support/settings.ts';

/** Rows that are written together. */
const ROWS_PER_CHUNK = 200;
/** The rows of a file have no order that the service could use. It has no common factor with a count of rows. */
const STEP = 7919;

const HEADER =
  '交易时间,公众账号ID,商户号,特约商户号,设备号,微信订单号,商户订单号,用户标识,交易类型,交易状态,付款银行,货币种类,' +
  '应结订单金额,代金券金额,微信退款单号,商户退款单号,退款金额,充值券退款金额,退款类型,退款状态,商品名称,商户数据包,' +
  '手续费,费率,订单金额,申请退款金额,费率备注';
const TOTALS_HEADER = '总交易单数,应结订单总金额,退款总金额,充值券退款总金额,手续费总金额,订单总金额,申请退款总金额';

/** The payments of one day. */
export interface BilledDay {
  /** `yyyy-MM-dd` */
  date: string;
  side: string;
  /** The orders `1` to `count` of the side. */
  count: number;
}

/** Writes the compressed bill of a day. @returns the SHA-1 of the uncompressed file */
export async function writeTradeBill(path: string, day: BilledDay): Promise<string> {
  const hash = createHash('sha1');
  const hashed = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      hash.update(chunk);
      done(null, chunk);
    },
  });
  await pipeline(Readable.from(chunksOf(day)), hashed, createGzip({ level: 1 }), createWriteStream(path));
  return hash.digest('hex');
}

/** Seconds after midnight at which order `index` is paid. */
function paidSecondOf(index: number, count: number): number {
  return Math.floor((index * 86_000) / count);
}

function* chunksOf({ date, side, count }: BilledDay): Generator<Buffer> {
  let [text, totalFen, feesFen] = [`${HEADER}\n`, 0, 0];
  for (let row = 0; row < count; row++) {
    const index = ((row * STEP) % count) + 1;
    const fen = priceFen(index);
    const feeFen = Math.round((fen * 6) / 1000);
    totalFen += fen;
    feesFen += feeFen;
    const time = new Date(paidSecondOf(index, count) * 1000).toISOString().slice(11, 19);
    text +=
      `\`${date} ${time},\`${MERCHANT.appid},\`${MERCHANT.mchId},\`0,\`WEB,\`${seededTransactionIdOf(side, index)},` +
      `\`${orderNoOf(side, index)},\`oDemo5pQ0x7Rk2Jw9YtVb3Lz8NcA,\`JSAPI,\`SUCCESS,\`CMB_DEBIT,\`CNY,\`${yuan(fen)},` +
      `\`0.00,\`0,\`0,\`0.00,\`0.00,\`,\`,\`演示商城-文具,\`shop=1&src=mini,\`${yuan(feeFen)}000,\`0.60%,\`${yuan(fen)},\`0.00,\`\n`;
    if (row % ROWS_PER_CHUNK === 0) {
      yield Buffer.from(text);
      text = '';
    }
  }
  const total = yuan(totalFen);
  yield Buffer.from(
    `${text}${TOTALS_HEADER}\n\`${count},\`${total},\`0.00,\`0.00,\`${yuan(feesFen)}000,\`${total},\`0.00\n`,
  );
}

function yuan(fen: number): string {
  return `${Math.floor(fen / 100)}.${String(fen % 100).padStart(2, '0')}`;
}
