import { ApiProperty } from '@nestjs/swagger';
import { IsBoolean, IsIn, IsInt, IsNumber, Max, Min } from 'class-validator';
import { REPLY_RULES, type ReplyRule } from '../notices/check-notice-reply.js';

/** Decorators of a setting with a fixed list of values. */
function EnumSetting(values: readonly string[], description: string): PropertyDecorator {
  return (target, property) => {
    ApiProperty({ type: String, enum: values, description })(target, property);
    IsIn(values)(target, property);
  };
}

/** Decorators of a boolean setting. */
function BooleanSetting(description: string): PropertyDecorator {
  return (target, property) => {
    ApiProperty({ type: Boolean, description })(target, property);
    IsBoolean()(target, property);
  };
}

/** Decorators of an integer setting. */
function IntegerSetting(max: number, description: string): PropertyDecorator {
  return (target, property) => {
    ApiProperty({ type: Number, minimum: 0, maximum: max, description })(target, property);
    IsInt()(target, property);
    Min(0)(target, property);
    Max(max)(target, property);
  };
}

/**
 * One property for each point where WeChat's behaviour varies. The default is the behaviour that is observed most often
 * today.
 */
export class BehaviourSettings {
  @EnumSetting(
    ['same', 'new'],
    'When an order is submitted again while its prepay_id is valid: returns the same prepay_id, or a second valid one',
  )
  prepayIdOnReentry: 'same' | 'new' = 'same';

  @EnumSetting(
    ['same', 'new'],
    'When an MWEB order is submitted again after its mweb_url has expired: returns the expired one, or a new one',
  )
  mwebUrlOnReentry: 'same' | 'new' = 'same';

  @EnumSetting(['201', 'OUT_TRADE_NO_USED'], 'The same out_trade_no with another parameter')
  duplicateAnswer: '201' | 'OUT_TRADE_NO_USED' = '201';

  @EnumSetting(
    ['allow', 'ignore'],
    'closeorder in the first 5 minutes: closes, or answers SUCCESS and leaves the order NOTPAY',
  )
  earlyClose: 'allow' | 'ignore' = 'allow';

  @EnumSetting(['ORDERCLOSED', 'SUCCESS'], 'closeorder for a closed order')
  closeTwice: 'ORDERCLOSED' | 'SUCCESS' = 'ORDERCLOSED';

  @EnumSetting(['close', 'TRADE_STATE_ERROR'], 'closeorder while the payer enters the password')
  closeWhilePaying: 'close' | 'TRADE_STATE_ERROR' = 'close';

  @EnumSetting(['return_code', 'err_code'], 'Where a malformed parameter is reported')
  parameterErrors: 'return_code' | 'err_code' = 'return_code';

  @EnumSetting(['refuse', 'accept'], 'JSAPI order for an openid that never logged in here')
  unknownOpenid: 'refuse' | 'accept' = 'refuse';

  @EnumSetting(['bytes', 'characters'], 'Unit of the length limits of texts')
  textLimit: 'bytes' | 'characters' = 'bytes';

  @BooleanSetting(
    'Values are trimmed before the signature is checked: white space around a signed value makes the signature invalid',
  )
  trimsTexts = false;

  @EnumSetting(
    ['allow', 'refuse'],
    'notify_url on localhost or in a private network, which the real WeChat cannot reach',
  )
  localNotifyUrl: 'allow' | 'refuse' = 'allow';

  @EnumSetting(['never', 'sometimes', 'always'], 'The element sign_type in notices')
  signTypeInNotice: 'never' | 'sometimes' | 'always' = 'sometimes';

  @EnumSetting(
    REPLY_RULES,
    'Accepted replies to a notice: any well-formed XML with return_code SUCCESS, or exactly one line',
  )
  replyRule: ReplyRule = 'well-formed';

  @EnumSetting(
    ['either', 'mini-program'],
    'Arguments of the payment sheet: also those of chooseWXPay with its lower-case timestamp',
  )
  jsapiArguments: 'either' | 'mini-program' = 'either';

  @EnumSetting(['simulator', 'wx.tenpay.com'], 'Address of the page behind an mweb_url: the simulator, or the real one')
  mwebUrlHost: 'simulator' | 'wx.tenpay.com' = 'simulator';

  @BooleanSetting('unifiedorder answers FAIL to an MWEB order but includes an mweb_url without a prepay_id')
  mwebUrlInFailure = false;

  @EnumSetting(['POST', 'GET'], 'Method of v1 notices; GET omits the XML body')
  v1NoticeMethod: 'POST' | 'GET' = 'POST';

  @EnumSetting(
    ['prefix', 'exact'],
    'Accepted replies to a v1 notice: a body that begins with success in any case, or exactly success',
  )
  v1Reply: 'prefix' | 'exact' = 'prefix';

  @EnumSetting(['trade_state', 'ret_code'], 'How the v1 order query reports an unpaid order')
  v1UnpaidAnswer: 'trade_state' | 'ret_code' = 'trade_state';

  @EnumSetting(
    ['strict', 'as-v2'],
    'time_expire of v1: never payable after it, or payable again by submitting the same order',
  )
  v1TimeExpire: 'strict' | 'as-v2' = 'strict';

  @EnumSetting(['known', 'unknown'], 'v1 orders in v2 calls by out_trade_no')
  v1OrdersInV2: 'known' | 'unknown' = 'known';

  @BooleanSetting('Signed, undocumented element sim_extra in responses and notices')
  unknownField = true;

  @BooleanSetting('Vary CDATA, line breaks, element order, and optional and empty elements; off: as in the documents')
  varyShape = true;

  @BooleanSetting('The order is paid and its notice sent before unifiedorder answers')
  noticeBeforeAnswer = false;

  @EnumSetting(
    ['SUCCESS', 'CHANGE', 'REFUNDCLOSE', 'PROCESSING'],
    'How refunds end; PROCESSING: not before POST /_control/refunds/{out_refund_no}/state',
  )
  refundEnds: 'SUCCESS' | 'CHANGE' | 'REFUNDCLOSE' | 'PROCESSING' = 'SUCCESS';

  @IntegerSetting(8_640_000, 'Virtual seconds from the acceptance of a refund to its end')
  refundProcessingSeconds = 2;

  @IntegerSetting(3600, 'Virtual seconds between two refunds of one order; sooner is FREQUENCY_LIMITED; 0: no limit')
  refundSpacingSeconds = 60;

  @BooleanSetting('A refund is finished and its notice sent before the refund call answers')
  refundNoticeBeforeAnswer = false;

  @EnumSetting(['ERROR', 'TRADE_STATE_ERROR'], 'Another refund of a fully refunded order')
  fullyRefunded: 'ERROR' | 'TRADE_STATE_ERROR' = 'ERROR';

  @EnumSetting(['INVALID_REQUEST', 'REFUND_FEE_INVALID'], 'A refund of more than the remaining amount')
  tooMuchRefunded: 'INVALID_REQUEST' | 'REFUND_FEE_INVALID' = 'INVALID_REQUEST';

  @IntegerSetting(100_000, 'Refund calls per virtual second; more are FREQUENCY_LIMITED; 0: unlimited')
  refundsPerSecond = 150;

  @IntegerSetting(
    100_000,
    'Invalid refund calls per virtual second; after that all are INVALID_REQ_TOO_MUCH; 0: unlimited',
  )
  invalidRefundsPerSecond = 6;

  @IntegerSetting(1_000_000, 'Refunds per virtual minute of orders paid more than 30 days ago; 0: unlimited')
  oldOrderRefundsPerMinute = 5000;

  @IntegerSetting(1_000_000, 'Plain access tokens per Beijing day; more are errcode 45009')
  plainTokensPerDay = 2000;

  @IntegerSetting(1000, 'Forced stable access tokens per Beijing day, 30 virtual seconds apart; more are errcode 45009')
  forcedTokensPerDay = 20;

  @IntegerSetting(
    86_400,
    'Virtual seconds from a payment until it is in the shipping list; before that: errcode 10060001',
  )
  shippingIndexSeconds = 5;

  @EnumSetting(
    ['append', 'replace'],
    'Another upload of a split delivery: adds its parcels, or replaces all earlier ones',
  )
  splitUploads: 'append' | 'replace' = 'append';

  @IntegerSetting(864_000, 'Virtual seconds from the confirmed receipt to the settlement')
  settlementSeconds = 60;

  @EnumSetting(
    ['reported', 'documented'],
    'confirm_receive_method: 1 by hand and 2 by timeout, as shops report, or the reverse, as documented',
  )
  confirmReceiveMethod: 'reported' | 'documented' = 'reported';

  @EnumSetting(['exists', 'missing'], 'Pages that subscribe messages open: published, or missing (errcode 41030)')
  messagePage: 'exists' | 'missing' = 'exists';

  @IntegerSetting(1000, 'Every n-th response or notice has a wrong signature, as WeChat does to test clients; 0: never')
  wrongSignatureEvery = 0;

  @ApiProperty({
    type: Number,
    minimum: 0.001,
    maximum: 3650,
    description: 'Days after which WeChat closes an unpaid order automatically',
  })
  @IsNumber()
  @Min(0.001)
  @Max(3650)
  autoCloseDays = 7;

  @IntegerSetting(60_000, 'Real milliseconds within which the reply to a notice must be complete')
  replyLimitMs = 5000;
}
