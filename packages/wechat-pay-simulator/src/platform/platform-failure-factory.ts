import { Injectable } from '@nestjs/common';
import { SeededRandom } from '../random.js';

export interface PlatformFailure {
  errcode: number;
  errmsg: string;
}

const TEXTS: Readonly<Record<number, string>> = {
  [-1]: 'system error',
  40001: 'invalid credential, access_token is invalid or not latest',
  40002: 'invalid grant_type',
  40003: 'invalid openid',
  40013: 'invalid appid',
  40014: 'invalid access_token',
  40029: 'invalid code',
  40037: 'invalid template_id',
  40125: 'invalid appsecret',
  40163: 'code been used',
  40164: 'invalid ip 203.0.113.9 ipv6 ::ffff:203.0.113.9, not in whitelist',
  40226: 'code blocked',
  41001: 'access_token missing',
  41002: 'appid missing',
  41004: 'appsecret missing',
  41008: 'missing code',
  40097: 'invalid args',
  41030: 'invalid page',
  42001: 'access_token expired',
  43001: 'require GET method',
  43002: 'require POST method',
  43101: 'user refuse to accept the msg',
  45009: 'reach max api daily quota limit',
  45011: 'api minute-quota reach limit, must slower, retry next minute',
  47001: 'data format error',
  49001: 'not same appid with appid of access_token',
  49002: 'empty openid or transid',
  49003: 'not match openid with appid',
  49004: 'not match signature',
  10060001: '支付单不存在',
  10060003: '支付单已使用重新发货机会',
  10060004: '支付单处于不可发货的状态',
  10060005: '物流类型有误',
  10060006: '非快递发货时不允许分拆发货',
  10060007: '分拆发货模式下必须填写 is_all_delivered',
  10060008: '商品描述 item_desc 字段不能为空',
  10060009: '商品描述 item_desc 字段太长',
  10060010: '订单状态不允许提醒收货',
  10060015: '该订单已提醒过收货',
  10060023: '发货信息未更新',
  10060024: '物流信息列表太长',
  10060031: '该笔支付单不属于 openid 所指定的用户',
  268485226: '快递单号 tracking_no 不能为空',
  268485227: '快递公司 express_company 不能为空',
  268485228: '统一发货模式下，物流信息列表长度必须为1',
  47003: 'argument invalid!',
};

/** Creates refusals of the platform: HTTP 200 with an errcode, a text and the id of the request. */
@Injectable()
export class PlatformFailureFactory {
  constructor(private readonly random: SeededRandom) {}

  create(errcode: number, text = TEXTS[errcode] ?? 'error'): PlatformFailure {
    const rid = [8, 8, 8].map((length) => this.random.hex(length)).join('-');
    return { errcode, errmsg: `${text}, rid: ${rid}` };
  }
}
