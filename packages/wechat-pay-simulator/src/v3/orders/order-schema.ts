import { FieldRule, Schema } from '../body-schema.js';

/** The products and their trade types in answers, which are those of v2. */
export const PRODUCTS = { jsapi: 'JSAPI', app: 'APP', native: 'NATIVE', h5: 'MWEB' } as const;
export type Product = keyof typeof PRODUCTS;

export const OUT_TRADE_NO: FieldRule = {
  label: '商户订单号',
  type: 'string',
  min: 6,
  max: 32,
  pattern: /^[0-9a-zA-Z_\-|*]+$/,
};
export const MCHID: FieldRule = { label: '直连商户号', type: 'string', max: 32, unit: 'characters', required: true };
const NOTIFY_URL = /^https?:\/\/([^\s/?#[\]@]+@)?([^\s/?#@:]+)(?::\d{2,5})?([^\s?#[\]]*)$/;

/** An address for notices. The real one must be public; the syntax check also lets http pass. */
export function notifyUrl(required: boolean): FieldRule {
  return { label: '通知地址', type: 'string', max: 255, unit: 'characters', pattern: NOTIFY_URL, required };
}

const GOODS: Schema = {
  merchant_goods_id: { label: '商户侧商品编码', type: 'string', max: 32, pattern: /^[0-9A-Za-z_-]+$/, required: true },
  wechatpay_goods_id: { label: '微信支付商品编码', type: 'string', max: 32 },
  goods_name: { label: '商品名称', type: 'string', max: 256 },
  quantity: { label: '商品数量', type: 'integer', min: 1, required: true },
  unit_price: { label: '商品单价', type: 'integer', min: 0, required: true },
};

const STORE_INFO: Schema = {
  id: { label: '门店编号', type: 'string', max: 32, required: true },
  name: { label: '门店名称', type: 'string', max: 256 },
  area_code: { label: '地区编码', type: 'string', max: 32 },
  address: { label: '详细地址', type: 'string', max: 512 },
};

const H5_INFO: Schema = {
  type: { label: '场景类型', type: 'string', max: 32, oneOf: ['Wap', 'iOS', 'Android'], required: true },
  app_name: { label: '应用名称', type: 'string', max: 64 },
  app_url: { label: '网站URL', type: 'string', max: 128 },
  bundle_id: { label: 'iOS平台BundleID', type: 'string', max: 128 },
  package_name: { label: 'Android平台PackageName', type: 'string', max: 128 },
};

/** The body of an order request. Source: WeChat Pay v3, creating an order, body. */
export function orderSchema(product: Product): Schema {
  const isH5 = product === 'h5';
  return {
    appid: { label: '公众号ID', type: 'string', max: 32, unit: 'characters', required: true },
    mchid: MCHID,
    description: { label: '商品描述', type: 'string', max: 127, required: true },
    out_trade_no: { ...OUT_TRADE_NO, required: true },
    time_expire: { label: '交易结束时间', type: 'string', max: 64, unit: 'characters' },
    attach: { label: '附加数据', type: 'string', min: 0, max: 128 },
    notify_url: notifyUrl(true),
    goods_tag: { label: '订单优惠标记', type: 'string', max: 32 },
    support_fapiao: { label: '电子发票入口开放标识', type: 'boolean' },
    amount: {
      label: '订单金额',
      type: 'object',
      required: true,
      fields: {
        total: { label: '总金额', type: 'integer', min: 1, required: true },
        currency: { label: '货币类型', type: 'string', max: 16, oneOf: ['CNY'] },
      },
    },
    ...(product === 'jsapi' && {
      payer: {
        label: '支付者',
        type: 'object',
        required: true,
        fields: {
          openid: { label: '用户标识', type: 'string', max: 128, unit: 'characters', required: true },
          identity: { label: '支付者身份信息', type: 'object', fields: {} },
        },
      } satisfies FieldRule,
    }),
    detail: {
      label: '优惠功能',
      type: 'object',
      maxBytes: 6144,
      fields: {
        cost_price: { label: '订单原价', type: 'integer', min: 0 },
        invoice_id: { label: '商品小票ID', type: 'string', max: 32 },
        goods_detail: { label: '单品列表', type: 'list', fields: GOODS },
      },
    },
    scene_info: {
      label: '场景信息',
      type: 'object',
      required: isH5,
      fields: {
        payer_client_ip: { label: '用户终端IP', type: 'string', max: 45, unit: 'characters', required: true },
        device_id: { label: '商户端设备号', type: 'string', max: 32 },
        store_info: { label: '商户门店信息', type: 'object', fields: STORE_INFO },
        ...(isH5 && {
          h5_info: { label: 'H5场景信息', type: 'object', required: true, fields: H5_INFO } satisfies FieldRule,
        }),
      },
    },
    settle_info: {
      label: '结算信息',
      type: 'object',
      fields: { profit_sharing: { label: '是否指定分账', type: 'boolean' } },
    },
    limit_pay: { label: '指定支付方式', type: 'texts' },
  };
}
