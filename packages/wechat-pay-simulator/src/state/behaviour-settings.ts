import { BooleanField, ChoiceField, IntegerField, NumberField } from '../field-decorators.js';
import { V3BehaviourSettings } from './v3-behaviour-settings.js';
import { REPLY_RULES, type ReplyRule } from '../notices/check-notice-reply.js';

/**
 * One property for each point where WeChat's behaviour varies. The default is the behaviour that is observed most often
 * today.
 */
export class BehaviourSettings extends V3BehaviourSettings {
  @ChoiceField(['same', 'new'], {
    description:
      'When an order is submitted again while its prepay_id is valid: returns the same prepay_id, or a second valid one',
  })
  prepayIdOnReentry: 'same' | 'new' = 'same';

  @ChoiceField(['same', 'new'], {
    description:
      'When an MWEB order is submitted again after its mweb_url has expired: returns the expired one, or a new one',
  })
  mwebUrlOnReentry: 'same' | 'new' = 'same';

  @ChoiceField(['INVALID_REQUEST', 'OUT_TRADE_NO_USED'], {
    description:
      'err_code for the same out_trade_no with another parameter: INVALID_REQUEST with the text 201 商户订单号重复, or ' +
      'OUT_TRADE_NO_USED with the text 商户订单号重复',
  })
  duplicateAnswer: 'INVALID_REQUEST' | 'OUT_TRADE_NO_USED' = 'INVALID_REQUEST';

  @ChoiceField(['allow', 'ignore'], {
    description: 'closeorder in the first 5 minutes: closes, or responds with SUCCESS and leaves the order NOTPAY',
  })
  earlyClose: 'allow' | 'ignore' = 'allow';

  @ChoiceField(['ORDERCLOSED', 'SUCCESS'], { description: 'closeorder for a closed order' })
  closeTwice: 'ORDERCLOSED' | 'SUCCESS' = 'ORDERCLOSED';

  @ChoiceField(['close', 'TRADE_STATE_ERROR'], { description: 'closeorder while the payer enters the password' })
  closeWhilePaying: 'close' | 'TRADE_STATE_ERROR' = 'close';

  @ChoiceField(['return_code', 'err_code'], { description: 'Where a malformed parameter is reported' })
  parameterErrors: 'return_code' | 'err_code' = 'return_code';

  @ChoiceField(['refuse', 'accept'], { description: 'JSAPI order for an openid that never logged in here' })
  unknownOpenid: 'refuse' | 'accept' = 'refuse';

  @ChoiceField(['bytes', 'characters'], { description: 'Unit of the length limits of texts' })
  textLimit: 'bytes' | 'characters' = 'bytes';

  @BooleanField({
    description:
      'Values are trimmed before the signature is checked: white space around a signed value makes the signature invalid',
  })
  trimsTexts = false;

  @ChoiceField(['allow', 'refuse'], {
    description: 'notify_url on localhost or in a private network, which the real WeChat cannot reach',
  })
  localNotifyUrl: 'allow' | 'refuse' = 'allow';

  @ChoiceField(['never', 'sometimes', 'always'], { description: 'The element sign_type in notices' })
  signTypeInNotice: 'never' | 'sometimes' | 'always' = 'sometimes';

  @ChoiceField(REPLY_RULES, {
    description: 'Accepted responses to a notice: any well-formed XML with return_code SUCCESS, or exactly one line',
  })
  replyRule: ReplyRule = 'well-formed';

  @ChoiceField(['either', 'mini-program'], {
    description: 'Arguments of the payment sheet: also those of chooseWXPay with its lower-case timestamp',
  })
  jsapiArguments: 'either' | 'mini-program' = 'either';

  @ChoiceField(['simulator', 'wx.tenpay.com'], {
    description: 'Address of the page behind an mweb_url: the simulator, or the real one',
  })
  mwebUrlHost: 'simulator' | 'wx.tenpay.com' = 'simulator';

  @BooleanField({
    description: 'unifiedorder responds with FAIL to an MWEB order but includes an mweb_url without a prepay_id',
  })
  mwebUrlInFailure = false;

  @ChoiceField(['POST', 'GET'], { description: 'Method of v1 notices; GET omits the XML body' })
  v1NoticeMethod: 'POST' | 'GET' = 'POST';

  @ChoiceField(['prefix', 'exact'], {
    description: 'Accepted responses to a v1 notice: a body that begins with success in any case, or exactly success',
  })
  v1Reply: 'prefix' | 'exact' = 'prefix';

  @ChoiceField(['trade_state', 'ret_code'], { description: 'How the v1 order query reports an unpaid order' })
  v1UnpaidAnswer: 'trade_state' | 'ret_code' = 'trade_state';

  @ChoiceField(['strict', 'as-v2'], {
    description: 'time_expire of v1: never payable after it, or payable again by submitting the same order',
  })
  v1TimeExpire: 'strict' | 'as-v2' = 'strict';

  @ChoiceField(['known', 'unknown'], { description: 'v1 orders in v2 and v3 calls by out_trade_no' })
  v1OrdersInV2: 'known' | 'unknown' = 'known';

  @BooleanField({ description: 'Signed, undocumented element sim_extra in responses and notices' })
  unknownField = true;

  @BooleanField({
    description: 'Vary CDATA, line breaks, element order, and optional and empty elements; off: as in the documents',
  })
  varyShape = true;

  @BooleanField({ description: 'The order is paid and its notice sent before unifiedorder responds' })
  noticeBeforeAnswer = false;

  @ChoiceField(['SUCCESS', 'CHANGE', 'REFUNDCLOSE', 'PROCESSING'], {
    description: 'How refunds end; PROCESSING: not before POST /_control/refunds/{out_refund_no}/state',
  })
  refundEnds: 'SUCCESS' | 'CHANGE' | 'REFUNDCLOSE' | 'PROCESSING' = 'SUCCESS';

  @IntegerField(0, 8_640_000, { description: 'Virtual seconds from the acceptance of a refund to its end' })
  refundProcessingSeconds = 2;

  @IntegerField(0, 3600, {
    description: 'Virtual seconds between two refunds of one order; sooner is FREQUENCY_LIMITED; 0: no limit',
  })
  refundSpacingSeconds = 60;

  @BooleanField({ description: 'A refund is finished and its notice sent before the refund call responds' })
  refundNoticeBeforeAnswer = false;

  @ChoiceField(['ERROR', 'TRADE_STATE_ERROR'], { description: 'Another refund of a fully refunded order' })
  fullyRefunded: 'ERROR' | 'TRADE_STATE_ERROR' = 'ERROR';

  @ChoiceField(['INVALID_REQUEST', 'REFUND_FEE_INVALID'], { description: 'A refund of more than the remaining amount' })
  tooMuchRefunded: 'INVALID_REQUEST' | 'REFUND_FEE_INVALID' = 'INVALID_REQUEST';

  @IntegerField(0, 100_000, {
    description: 'Refund calls per virtual second; more are FREQUENCY_LIMITED; 0: unlimited',
  })
  refundsPerSecond = 150;

  @IntegerField(0, 100_000, {
    description: 'Invalid refund calls per virtual second; after that all are INVALID_REQ_TOO_MUCH; 0: unlimited',
  })
  invalidRefundsPerSecond = 6;

  @IntegerField(0, 1_000_000, {
    description: 'Refunds per virtual minute of orders paid more than 30 days ago; 0: unlimited',
  })
  oldOrderRefundsPerMinute = 5000;

  @IntegerField(0, 1_000_000, {
    description: 'Access tokens by GET /cgi-bin/token per Beijing day; more are errcode 45009',
  })
  plainTokensPerDay = 2000;

  @IntegerField(0, 1000, {
    description: 'Forced stable access tokens per Beijing day, 30 virtual seconds apart; more are errcode 45009',
  })
  forcedTokensPerDay = 20;

  @IntegerField(0, 86_400, {
    description:
      'Virtual seconds from a payment until it is in the order list of the shipping management; before that: errcode 10060001',
  })
  shippingIndexSeconds = 5;

  @ChoiceField(['append', 'replace'], {
    description: 'Another upload of a split delivery: adds its shipments, or replaces all earlier ones',
  })
  splitUploads: 'append' | 'replace' = 'append';

  @IntegerField(0, 864_000, { description: 'Virtual seconds from the confirmed receipt to the settlement' })
  settlementSeconds = 60;

  @ChoiceField(['reported', 'documented'], {
    description: 'confirm_receive_method: 1 by hand and 2 by timeout, as shops report, or the reverse, as documented',
  })
  confirmReceiveMethod: 'reported' | 'documented' = 'reported';

  @ChoiceField(['exists', 'missing'], {
    description: 'Pages that subscribe messages open: published, or missing (errcode 41030)',
  })
  messagePage: 'exists' | 'missing' = 'exists';

  @IntegerField(0, 1000, {
    description:
      'Every n-th response or notice has a wrong signature, as WeChat does to test clients; never on a repeat of one by v3; 0: never',
  })
  wrongSignatureEvery = 0;

  @NumberField(0.001, 3650, { description: 'Days after which WeChat closes an unpaid order automatically' })
  autoCloseDays = 7;

  @IntegerField(0, 60_000, { description: 'Real milliseconds within which the response to a notice must be complete' })
  replyLimitMs = 5000;
}
