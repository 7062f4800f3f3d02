import { Injectable } from '@nestjs/common';
import { SimulatorSettings } from '../simulator-settings.js';
import { Behaviours } from '../state/behaviours.js';
import { Fields } from './wire/fields.js';
import { isSignType, signatureOf, SignType } from './wire/signer.js';
import { readXml } from './wire/xml-reader.js';

/** A request with a valid signature. */
export interface SignedRequest {
  readonly fields: Fields;
  readonly signType: SignType;
}

export interface RefusedRequest {
  /** The text for return_msg. */
  readonly refusal: string;
  readonly signatureOk?: false;
}

const ENVELOPE = ['appid', 'mch_id', 'nonce_str', 'sign'];

/** The checks before a call is performed. The behaviour `trimsTexts` removes white space around every value first. */
@Injectable()
export class RequestChecker {
  constructor(
    private readonly settings: SimulatorSettings,
    private readonly behaviours: Behaviours,
  ) {}

  /** In WeChat's order: method, empty body, UTF-8, XML, required elements, appid and mch_id, signature. */
  check(method: string, body: Buffer, required: readonly string[]): SignedRequest | RefusedRequest {
    if (method !== 'POST') return { refusal: '请使用post方法' };
    if (body.length === 0) return { refusal: 'post数据为空' };
    const text = decodeUtf8(body);
    if (text === undefined) return { refusal: '编码格式错误' };
    const fields = parseFields(text, this.behaviours.current.trimsTexts);
    if (fields === undefined) return { refusal: 'XML格式错误' };
    const missing = [...ENVELOPE, ...required].find((name) => (fields.get(name) ?? '') === '');
    if (missing !== undefined) return { refusal: `缺少参数${missing}` };
    const refusal = identityRefusal(fields, this.settings);
    return refusal === undefined ? checkSignature(fields, this.settings.merchant.key) : { refusal };
  }
}

/** Any appid that is bound to the merchant is valid, independent of the appid of the order. */
function identityRefusal(fields: Fields, settings: SimulatorSettings): string | undefined {
  const appid = fields.get('appid') ?? '';
  if (appid.length > 32) return 'appid参数长度有误';
  if (!settings.isMerchantAppid(appid)) return 'appid不存在';
  const mchId = fields.get('mch_id') ?? '';
  if (!/^\d{8,10}$/.test(mchId)) return 'mch_id参数格式错误';
  if (mchId !== settings.merchant.mch_id) return '商户号mch_id与appid不匹配';
  return undefined;
}

function checkSignature(fields: Fields, key: string): SignedRequest | RefusedRequest {
  const signType = fields.get('sign_type') ?? '';
  const type = signType === '' ? 'MD5' : signType;
  if (!isSignType(type) || fields.get('sign') !== signatureOf(fields, key, type)) {
    return { refusal: '签名错误', signatureOk: false };
  }
  return { fields, signType: type };
}

function decodeUtf8(body: Buffer): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(body);
  } catch {
    return undefined;
  }
}

function parseFields(text: string, trimsTexts: boolean): Fields | undefined {
  try {
    const fields = readXml(text);
    return trimsTexts ? new Map([...fields].map(([name, value]) => [name, value.trim()])) : fields;
  } catch {
    return undefined;
  }
}
