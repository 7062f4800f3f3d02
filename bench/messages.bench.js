import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { MERCHANT, ROOT } from './settings.js';
import { noticeOf } from './seed-orders.js';
import { median } from './statistics.js';
import { readMessage } from './wechat-message.js';

const WARM_UP_ROUNDS = 3;
const ROUNDS = 15;
const MESSAGES_PER_ROUND = 1000;

/**
 * Signs, writes, parses and verifies one message with MD5 and seventeen fields, with the service's functions and with two
 * libraries. Each does its usual work, so the work differs slightly: tenpay parses asynchronously and trims values;
 * wechatpay-axios-plugin rejects less; both use their own code to sign and compare.
 * @returns {Promise<import('./main.js').Figure[]>}
 */
export async function benchMessages() {
  const { sign: _, ...fields } = readMessage(noticeOf('M', 1));
  /** @type {Record<string, () => unknown>} */
  const contestants = { ours: await ours(fields), tenpay: tenpay(fields), plugin: wechatpayAxiosPlugin(fields) };
  /** @type {Record<string, number[]>} */
  const microseconds = { ours: [], tenpay: [], plugin: [] };
  const names = Object.keys(contestants);
  for (let round = 0; round < WARM_UP_ROUNDS + ROUNDS; round++) {
    for (let turn = 0; turn < names.length; turn++) {
      const name = names[(round + turn) % names.length] ?? '';
      const cost = await costOf(contestants[name] ?? (() => undefined));
      if (round >= WARM_UP_ROUNDS) microseconds[name]?.push(cost);
    }
  }
  const [mine, first, second] = names.map((name) => microseconds[name] ?? []);
  return [
    { name: 'One message, ours ÷ tenpay', value: ratio(mine, first), unit: '', below: 1 },
    { name: 'One message, ours ÷ wechatpay-axios-plugin', value: ratio(mine, second), unit: '', below: 1 },
    { name: '  ours', value: median(mine), unit: 'µs' },
    { name: `  tenpay ${versionOf('tenpay')}`, value: median(first), unit: 'µs' },
    { name: `  wechatpay-axios-plugin ${versionOf('wechatpay-axios-plugin')}`, value: median(second), unit: 'µs' },
  ];
}

/**
 * @param {number[]} mine
 * @param {number[]} theirs round by round
 */
function ratio(mine, theirs) {
  return median(mine.map((cost, round) => cost / (theirs[round] ?? NaN)));
}

/**
 * @param {() => unknown} work false, directly or as a promise, means that a signature was invalid
 * @returns {Promise<number>} microseconds per message
 */
async function costOf(work) {
  const startedAt = performance.now();
  for (let count = 0; count < MESSAGES_PER_ROUND; count++) {
    const outcome = work();
    if ((outcome instanceof Promise ? await outcome : outcome) !== true) throw new Error('A signature is invalid.');
  }
  return ((performance.now() - startedAt) * 1000) / MESSAGES_PER_ROUND;
}

/** @param {Record<string, string>} fields */
async function ours(fields) {
  const { isSigned, sign } = await import(`${ROOT}dist/src/wechat/v2/signature.js`);
  const { buildXml, parseXml } = await import(`${ROOT}dist/src/wechat/v2/xml.js`);
  return () => {
    const text = buildXml({ ...fields, sign: sign(fields, MERCHANT.key, 'MD5') });
    return isSigned(parseXml(text), MERCHANT.key);
  };
}

/** @param {Record<string, string>} fields */
function tenpay(fields) {
  const require = createRequire(import.meta.url);
  const Tenpay = require('tenpay');
  const { buildXML, parseXML } = require('tenpay/lib/util');
  const client = new Tenpay({ appid: MERCHANT.appid, mchid: MERCHANT.mchId, partnerKey: MERCHANT.key });
  return async () => {
    const text = buildXML({ ...fields, sign: client._getSign(fields, 'MD5') });
    const answer = await parseXML(text);
    return answer.sign === client._getSign(answer, 'MD5');
  };
}

/** @param {Record<string, string>} fields */
function wechatpayAxiosPlugin(fields) {
  const { Hash, Transformer } = createRequire(import.meta.url)('wechatpay-axios-plugin');
  return () => {
    const text = Transformer.toXml({ ...fields, sign: Hash.sign('MD5', fields, MERCHANT.key) });
    const answer = Transformer.toObject(text);
    return Hash.equals(Hash.sign('MD5', answer, MERCHANT.key), answer.sign);
  };
}

/** @param {string} library */
function versionOf(library) {
  return JSON.parse(readFileSync(`${ROOT}bench/node_modules/${library}/package.json`, 'utf8')).version;
}
