import { ApiProperty } from '@nestjs/swagger';
import { IsBoolean, IsIn, IsInt, IsNumber, Max, Min } from 'class-validator';
import { REPLY_RULES, type ReplyRule } from '../notices/check-notice-reply.js';

/** Decorators of a setting that is one of some words. */
function OneOf(words: readonly string[], description: string): PropertyDecorator {
  return (target, property) => {
    ApiProperty({ type: String, enum: words, description })(target, property);
    IsIn(words)(target, property);
  };
}

/** Decorators of a setting that is on or off. */
function Switch(description: string): PropertyDecorator {
  return (target, property) => {
    ApiProperty({ type: Boolean, description })(target, property);
    IsBoolean()(target, property);
  };
}

/** Decorators of a setting that counts. */
function Count(max: number, description: string): PropertyDecorator {
  return (target, property) => {
    ApiProperty({ type: Number, minimum: 0, maximum: max, description })(target, property);
    IsInt()(target, property);
    Min(0)(target, property);
    Max(max)(target, property);
  };
}

/** One line for each thing WeChat does sometimes this way, sometimes that; the default is what is seen most today. */
export class BehaviourSettings {
  @OneOf(['same', 'new'], 'The same order again while its prepay_id lives: that prepay_id, or a new one beside it')
  prepayIdOnReentry: 'same' | 'new' = 'same';

  @OneOf(['same', 'new'], 'The same MWEB order again when its mweb_url is dead: the dead one, or a new one')
  mwebUrlOnReentry: 'same' | 'new' = 'same';

  @OneOf(['201', 'OUT_TRADE_NO_USED'], 'The same out_trade_no with another parameter')
  duplicateAnswer: '201' | 'OUT_TRADE_NO_USED' = '201';

  @OneOf(['allow', 'ignore'], 'closeorder in the first 5 minutes: closes, or says SUCCESS and leaves the order NOTPAY')
  earlyClose: 'allow' | 'ignore' = 'allow';

  @OneOf(['ORDERCLOSED', 'SUCCESS'], 'closeorder for a closed order')
  closeTwice: 'ORDERCLOSED' | 'SUCCESS' = 'ORDERCLOSED';

  @OneOf(['close', 'TRADE_STATE_ERROR'], 'closeorder while the payer is typing the password')
  closeWhilePaying: 'close' | 'TRADE_STATE_ERROR' = 'close';

  @OneOf(['return_code', 'err_code'], 'Where a malformed parameter is reported')
  parameterErrors: 'return_code' | 'err_code' = 'return_code';

  @OneOf(['refuse', 'accept'], 'JSAPI order for an openid that never logged in here')
  unknownOpenid: 'refuse' | 'accept' = 'refuse';

  @OneOf(['bytes', 'characters'], 'Unit of the length limits of texts')
  textLimit: 'bytes' | 'characters' = 'bytes';

  @Switch(
    'Values are trimmed before the signature is checked: white space around a signed one makes the signature wrong',
  )
  trimsTexts = false;

  @OneOf(['allow', 'refuse'], 'notify_url on localhost or in a private network; the real WeChat cannot reach those')
  localNotifyUrl: 'allow' | 'refuse' = 'allow';

  @OneOf(['never', 'sometimes', 'always'], 'Element sign_type in notices')
  signTypeInNotice: 'never' | 'sometimes' | 'always' = 'sometimes';

  @OneOf(
    REPLY_RULES,
    'Reply to a notice that counts: any well-formed XML with return_code SUCCESS, or exactly one line',
  )
  replyRule: ReplyRule = 'well-formed';

  @OneOf(
    ['either', 'mini-program'],
    'Arguments of the payment sheet: also those of chooseWXPay with its lower-case timestamp',
  )
  jsapiArguments: 'either' | 'mini-program' = 'either';

  @OneOf(['simulator', 'wx.tenpay.com'], 'Where the page behind an mweb_url is: here, or where the real one is')
  mwebUrlHost: 'simulator' | 'wx.tenpay.com' = 'simulator';

  @Switch('unifiedorder says FAIL to an MWEB order and names an mweb_url without a prepay_id all the same')
  mwebUrlInFailure = false;

  @OneOf(['POST', 'GET'], 'How a notice of the app protocol of 2014 is sent; GET leaves its XML body out')
  v1NoticeMethod: 'POST' | 'GET' = 'POST';

  @OneOf(['prefix', 'exact'], 'Which reply to such a notice counts: success in any case before anything, or just that')
  v1Reply: 'prefix' | 'exact' = 'prefix';

  @OneOf(['trade_state', 'ret_code'], 'How the order query of 2014 says that an order is not paid')
  v1UnpaidAnswer: 'trade_state' | 'ret_code' = 'trade_state';

  @OneOf(['strict', 'as-v2'], 'time_expire of 2014: nothing opens the sheet after it, or the same order again does')
  v1TimeExpire: 'strict' | 'as-v2' = 'strict';

  @OneOf(['known', 'unknown'], 'Orders of the app protocol of 2014 in calls of v2 that go by out_trade_no')
  v1OrdersInV2: 'known' | 'unknown' = 'known';

  @Switch('Signed element sim_extra, which no document knows, in answers and notices')
  unknownField = true;

  @Switch('CDATA or bare, one line or many, any order, optional and empty elements; off: as in the documents')
  varyShape = true;

  @Switch('The order is paid and its notice sent before unifiedorder answers')
  noticeBeforeAnswer = false;

  @OneOf(['SUCCESS', 'CHANGE', 'REFUNDCLOSE', 'PROCESSING'], 'How refunds end; PROCESSING: not until they are told to')
  refundEnds: 'SUCCESS' | 'CHANGE' | 'REFUNDCLOSE' | 'PROCESSING' = 'SUCCESS';

  @Count(8_640_000, 'Virtual seconds from the acceptance of a refund to its end')
  refundProcessingSeconds = 2;

  @Count(3600, 'Virtual seconds between two refunds of one order; sooner is FREQUENCY_LIMITED; 0: none')
  refundSpacingSeconds = 60;

  @Switch('A refund ends and its notice is sent before the call refund answers')
  refundNoticeBeforeAnswer = false;

  @OneOf(['ERROR', 'TRADE_STATE_ERROR'], 'A further refund of an order that was given back whole')
  fullyRefunded: 'ERROR' | 'TRADE_STATE_ERROR' = 'ERROR';

  @OneOf(['INVALID_REQUEST', 'REFUND_FEE_INVALID'], 'A refund of more than is left of the order')
  tooMuchRefunded: 'INVALID_REQUEST' | 'REFUND_FEE_INVALID' = 'INVALID_REQUEST';

  @Count(100_000, 'Refund calls in a virtual second; more are FREQUENCY_LIMITED; 0: any number')
  refundsPerSecond = 150;

  @Count(100_000, 'Refund calls in a virtual second that may be refused for a fault of their own; 0: any number')
  invalidRefundsPerSecond = 6;

  @Count(1_000_000, 'Refunds in a virtual minute of orders paid more than 30 days ago; 0: any number')
  oldOrderRefundsPerMinute = 5000;

  @Count(1_000_000, 'Plain access tokens in a Beijing day; more are errcode 45009')
  plainTokensPerDay = 2000;

  @Count(1000, 'Forced stable access tokens in a Beijing day, 30 virtual seconds apart; more are errcode 45009')
  forcedTokensPerDay = 20;

  @Count(86_400, 'Virtual seconds after a payment until the list of goods to ship has it; before: errcode 10060001')
  shippingIndexSeconds = 5;

  @OneOf(['append', 'replace'], 'A further report of a split delivery: adds its parcels, or takes the place of all')
  splitUploads: 'append' | 'replace' = 'append';

  @Count(864_000, 'Virtual seconds from the confirmed receipt to the settlement')
  settlementSeconds = 60;

  @OneOf(['reported', 'documented'], 'confirm_receive_method: 1 by hand and 2 by time as shops get it, or the reverse')
  confirmReceiveMethod: 'reported' | 'documented' = 'reported';

  @OneOf(['exists', 'missing'], 'Pages that subscribe messages open: in the published version, or not there: 41030')
  messagePage: 'exists' | 'missing' = 'exists';

  @Count(1000, 'Every n-th answer or notice carries a wrong signature, as WeChat does to see who checks; 0: none')
  wrongSignatureEvery = 0;

  @ApiProperty({
    type: Number,
    minimum: 0.001,
    maximum: 3650,
    description: 'Days after which WeChat closes an unpaid order by itself',
  })
  @IsNumber()
  @Min(0.001)
  @Max(3650)
  autoCloseDays = 7;

  @Count(60_000, 'Real milliseconds within which the reply to a notice must be complete')
  replyLimitMs = 5000;
}
