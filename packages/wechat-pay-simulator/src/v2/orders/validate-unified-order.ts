import { isIP } from 'node:net';
import { readBeijingStamp } from '../../beijing-time.js';
import { BehaviourSettings } from '../../state/behaviour-settings.js';
import { Fields } from '../wire/fields.js';
import { ElementRules, validateElements, validateNotifyUrl } from '../element-rules.js';

/** Maximum length of each element. Source: WeChat Pay v2, unifiedorder. */
const MAX_LENGTHS: ElementRules['maxLengths'] = {
  appid: 32,
  mch_id: 32,
  device_info: 32,
  nonce_str: 32,
  sign: 64,
  sign_type: 32,
  body: 127,
  detail: 6000,
  attach: 127,
  out_trade_no: 32,
  fee_type: 16,
  spbill_create_ip: 64,
  time_start: 14,
  time_expire: 14,
  goods_tag: 32,
  notify_url: 256,
  trade_type: 16,
  product_id: 32,
  limit_pay: 32,
  openid: 128,
  receipt: 8,
  profit_sharing: 16,
  scene_info: 256,
};

const PATTERNS: ElementRules['patterns'] = [
  ['out_trade_no', /^[0-9A-Za-z_\-|*]{6,32}$/, 'out_trade_no参数格式错误'],
  ['total_fee', /^[1-9][0-9]{0,9}$/, 'invalid total_fee'],
  ['fee_type', /^CNY$/, 'fee_type参数格式错误'],
  ['trade_type', /^(JSAPI|NATIVE|APP|MWEB)$/, 'trade_type参数格式错误'],
  ['limit_pay', /^no_credit$/, 'limit_pay参数格式错误'],
  ['receipt', /^Y$/, 'receipt参数格式错误'],
  ['profit_sharing', /^[YN]$/, 'profit_sharing参数格式错误'],
];

/** WeChat's message for the first invalid parameter of an order; undefined when all are valid. */
export function validateUnifiedOrder(fields: Fields, behaviours: Readonly<BehaviourSettings>): string | undefined {
  return (
    validateElements(fields, { maxLengths: MAX_LENGTHS, patterns: PATTERNS }, behaviours.textLimit) ??
    validateTimes(fields) ??
    validateNotifyUrl(fields.get('notify_url') ?? '', behaviours.localNotifyUrl) ??
    validateTradeType(fields) ??
    (isIP(fields.get('spbill_create_ip') ?? '') === 0 ? 'spbill_create_ip参数格式错误' : undefined)
  );
}

/** Validates time_start and time_expire. A time_expire in the past is valid: WeChat checks only the format. */
export function validateTimes(fields: Fields): string | undefined {
  const moments = ['time_start', 'time_expire'].map((name) => {
    const stamp = fields.get(name) ?? '';
    return { name, isGiven: stamp !== '', at: readBeijingStamp(stamp) };
  });
  const unreadable = moments.find(({ isGiven, at }) => isGiven && at === undefined);
  if (unreadable !== undefined) return `${unreadable.name}参数格式错误`;
  const [start, end] = moments;
  if (start?.at === undefined || end?.at === undefined) return undefined;
  return end.at.getTime() - start.at.getTime() < 60_000 ? 'time_expire时间过短，刷卡至少1分钟，其他5分钟' : undefined;
}

function validateTradeType(fields: Fields): string | undefined {
  const has = (name: string): boolean => (fields.get(name) ?? '') !== '';
  switch (fields.get('trade_type')) {
    case 'JSAPI':
      return has('openid') ? undefined : 'JSAPI支付必须传openid';
    case 'NATIVE':
      return has('product_id') ? undefined : '缺少参数product_id';
    case 'MWEB':
      return isCompleteSceneInfo(fields.get('scene_info') ?? '') ? undefined : 'scene_info参数格式错误';
    case undefined:
    default:
      return undefined;
  }
}

/** The required fields of `h5_info` for a website or an app. Source: docs/wechat-protocol.md, v2 §2.1. */
const SCENE_FIELDS: Readonly<Record<string, readonly string[]>> = {
  Wap: ['wap_url', 'wap_name'],
  IOS: ['app_name', 'bundle_id'],
  Android: ['app_name', 'package_name'],
};

function isCompleteSceneInfo(sceneInfo: string): boolean {
  const place = objectIn(objectOf(sceneInfo), 'h5_info');
  const names = SCENE_FIELDS[String(place['type'])];
  return names?.every((name) => typeof place[name] === 'string' && place[name] !== '') ?? false;
}

function objectOf(json: string): Readonly<Record<string, unknown>> {
  try {
    return objectIn({ whole: JSON.parse(json) as unknown }, 'whole');
  } catch {
    return {};
  }
}

function objectIn(parent: Readonly<Record<string, unknown>>, name: string): Readonly<Record<string, unknown>> {
  const value = parent[name];
  return typeof value === 'object' && value !== null ? { ...value } : {};
}
