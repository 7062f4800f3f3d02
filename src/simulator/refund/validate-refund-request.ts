import { ElementRules, validateElements } from '../pay/element-rules.js';
import { validateNotifyUrl } from '../pay/validate-notify-url.js';
import { BehaviourSettings } from '../state/behaviour-settings.js';
import { Fields } from '../wire/fields.js';

/** Maximum length of each element. Source: WeChat Pay v2, refund. */
const MAX_LENGTHS: ElementRules['maxLengths'] = {
  appid: 32,
  mch_id: 32,
  nonce_str: 32,
  sign: 64,
  sign_type: 32,
  transaction_id: 32,
  out_trade_no: 32,
  out_refund_no: 64,
  refund_desc: 80,
  notify_url: 256,
  op_user_id: 32,
};

const PATTERNS: ElementRules['patterns'] = [
  ['out_trade_no', /^[0-9A-Za-z_\-|*@]{6,32}$/, 'out_trade_no参数格式错误'],
  ['out_refund_no', /^[0-9A-Za-z_\-|*@]{1,64}$/, 'out_refund_no参数格式错误'],
  ['total_fee', /^[1-9][0-9]{0,9}$/, 'invalid total_fee'],
  ['refund_fee', /^[1-9][0-9]{0,9}$/, 'invalid refund_fee'],
  ['refund_fee_type', /^CNY$/, 'refund_fee_type参数格式错误'],
  ['refund_account', /^REFUND_SOURCE_(UNSETTLED|RECHARGE)_FUNDS$/, 'refund_account参数格式错误'],
];

/** WeChat's message for the first invalid parameter of a refund; undefined when all are valid. */
export function validateRefundRequest(fields: Fields, behaviours: Readonly<BehaviourSettings>): string | undefined {
  const notifyUrl = fields.get('notify_url') ?? '';
  return (
    validateOrderNumber(fields) ??
    validateElements(fields, { maxLengths: MAX_LENGTHS, patterns: PATTERNS }, behaviours.textLimit) ??
    (notifyUrl === '' ? undefined : validateNotifyUrl(notifyUrl, behaviours.localNotifyUrl))
  );
}

function validateOrderNumber(fields: Fields): string | undefined {
  const names = ['transaction_id', 'out_trade_no'];
  return names.some((name) => (fields.get(name) ?? '') !== '') ? undefined : '缺少参数out_trade_no';
}
