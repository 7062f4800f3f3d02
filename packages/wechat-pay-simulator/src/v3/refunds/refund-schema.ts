import { FieldRule, Schema } from '../body-schema.js';
import { notifyUrl, OUT_TRADE_NO } from '../orders/order-schema.js';

const OUT_REFUND_NO: FieldRule = {
  label: '商户退款单号',
  type: 'string',
  max: 64,
  pattern: /^[0-9A-Za-z_\-|*@]+$/,
  required: true,
};

/** The body of a refund request. Source: WeChat Pay v3, refunds. */
export const REFUND_SCHEMA: Schema = {
  transaction_id: { label: '微信支付订单号', type: 'string', max: 32, unit: 'characters' },
  out_trade_no: OUT_TRADE_NO,
  out_refund_no: OUT_REFUND_NO,
  reason: { label: '退款原因', type: 'string', max: 80 },
  notify_url: { ...notifyUrl(false), label: '退款结果回调url' },
  funds_account: { label: '退款资金来源', type: 'string', max: 32, oneOf: ['AVAILABLE', 'UNSETTLED'] },
  amount: {
    label: '金额信息',
    type: 'object',
    required: true,
    fields: {
      refund: { label: '退款金额', type: 'integer', min: 1, required: true },
      total: { label: '原订单金额', type: 'integer', min: 1, required: true },
      currency: { label: '退款币种', type: 'string', max: 16, oneOf: ['CNY'], required: true },
      from: {
        label: '退款出资账户及金额',
        type: 'list',
        fields: {
          account: {
            label: '出资账户类型',
            type: 'string',
            max: 32,
            oneOf: ['AVAILABLE', 'UNAVAILABLE'],
            required: true,
          },
          amount: { label: '出资金额', type: 'integer', min: 1, required: true },
        },
      },
    },
  },
  goods_detail: {
    label: '退款商品',
    type: 'list',
    fields: {
      merchant_goods_id: { label: '商户侧商品编码', type: 'string', max: 32, required: true },
      wechatpay_goods_id: { label: '微信侧商品编码', type: 'string', max: 32 },
      goods_name: { label: '商品名称', type: 'string', max: 256 },
      unit_price: { label: '商品单价', type: 'integer', min: 0, required: true },
      refund_amount: { label: '商品退款金额', type: 'integer', min: 0, required: true },
      refund_quantity: { label: '商品退货数量', type: 'integer', min: 1, required: true },
    },
  },
};

const DEBIT_CARDS = ['CMB', 'COMM', 'ABC', 'CCB', 'ICBC', 'BOC', 'PAB', 'SPDB', 'CITIC', 'CEB', 'CMBC', 'CIB', 'GDB'];

/** The body of an abnormal refund. Source: WeChat Pay v3, abnormal refund. */
export const ABNORMAL_SCHEMA: Schema = {
  out_refund_no: OUT_REFUND_NO,
  type: {
    label: '异常退款处理方式',
    type: 'string',
    max: 32,
    oneOf: ['USER_BANK_CARD', 'MERCHANT_BANK_CARD'],
    required: true,
  },
  bank_type: {
    label: '开户银行',
    type: 'string',
    max: 16,
    oneOf: [...DEBIT_CARDS, 'PSBC', 'NBCB'].map((bank) => `${bank}_DEBIT`),
  },
  bank_account: { label: '收款银行卡号', type: 'string', max: 1024 },
  real_name: { label: '收款用户姓名', type: 'string', max: 1024 },
};
