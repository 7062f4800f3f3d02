import type { Fault, SimulatorSchemas } from '../../tools/client/simulator-client.ts';
import type { Protocol } from '../environment/protocols.ts';
import type { Random } from '../scenarios/random.ts';

type Behaviours = SimulatorSchemas['BehaviourChanges'];

/** Errors and broken connections, before or after WeChat has processed the call. */
const FAILURES = ['SYSTEMERROR', 'timeout', 'reset', 'http500', 'html', 'garbage', 'stall'];
/** Invalid or forged responses after WeChat has processed the call. */
const INVALID_ANSWERS = [
  ...['truncated', 'doctype', 'wrong_signature', 'no_signature', 'other_appid', 'echo_other_order'],
  ...['wrong_serial', 'stale_timestamp', 'probe'], // only of API v3; they do nothing to a response of API v2
];
/** Spelled as in API v2 and as in API v3. To a call of the other protocol it is a code that no table of WeChat lists. */
const NEED_RETRY = ['BIZERR_NEED_RETRY', 'BIZ_ERR_NEED_RETRY'];
/** Temporary refusals by WeChat. */
const REFUSALS = {
  unifiedorder: [...NEED_RETRY, 'FREQUENCY_LIMITED'],
  orderquery: [...NEED_RETRY, 'FREQUENCY_LIMITED'],
  closeorder: [...NEED_RETRY, 'FREQUENCY_LIMITED'],
  refund: [...NEED_RETRY, 'FREQUENCY_LIMITED', 'NOTENOUGH', 'NOT_ENOUGH', 'ORDER_NOT_READY', 'CERT_ERROR'],
  refundquery: [...NEED_RETRY, 'FREQUENCY_LIMITED'],
};
const PAY_CALLS = Object.keys(REFUSALS) as (keyof typeof REFUSALS)[];
const NOTICE_KINDS = ['lose', 'lose_forever', 'duplicate', 'delay', 'repeat_after_success'];
/** Forgeries of the signature or the encryption of API v3. A notice of API v2 is then sent unchanged. */
const FORGERIES_OF_V3 = ['wrong-serial', 'stale-timestamp', 'altered-body', 'wrong-aad', 'probe'];
const FORGERIES = {
  notice: [
    'tampered-fee',
    'lower-fee',
    'higher-fee',
    'other-order',
    'unknown-order',
    'other-mch',
    'truncated',
    'failed-result',
    ...FORGERIES_OF_V3,
  ],
  'refund-notice': [
    'other-key',
    'lower-fee',
    'higher-fee',
    'other-refund',
    'unknown-refund',
    'plain-req-info',
    'unknown-status',
    ...FORGERIES_OF_V3,
  ],
};
/** Variants of WeChat's behaviour, each used for a short time. */
export const BEHAVIOURS: Behaviours[] = [
  { earlyClose: 'ignore' },
  { closeWhilePaying: 'TRADE_STATE_ERROR' },
  { closeTwice: 'SUCCESS' },
  { duplicateAnswer: 'OUT_TRADE_NO_USED' },
  { prepayIdOnReentry: 'new' },
  { noticeBeforeAnswer: true },
  { refundNoticeBeforeAnswer: true },
  { refundEnds: 'CHANGE' },
  { refundEnds: 'REFUNDCLOSE' },
  { refundEnds: 'PROCESSING' },
  { wrongSignatureEvery: 10 },
  { v3Duplicate: 'INVALID_REQUEST' },
  { v3PaidCode: 'ORDER_PAID', v3NotFoundCode: 'ORDERNOTEXIST' },
  { v3Keys: 'grey' },
  { v3Keys: 'certificate' },
  { v3Certificates: 'rotating', v3Keys: 'grey' },
  { v3Certificates: 'rotated', v3Keys: 'grey' },
];
/** The behaviour between the variants. */
export const NORMAL_BEHAVIOUR: Behaviours = {
  earlyClose: 'allow',
  closeWhilePaying: 'close',
  closeTwice: 'ORDERCLOSED',
  duplicateAnswer: 'INVALID_REQUEST',
  prepayIdOnReentry: 'same',
  noticeBeforeAnswer: false,
  refundNoticeBeforeAnswer: false,
  refundEnds: 'SUCCESS',
  wrongSignatureEvery: 0,
  v3Duplicate: 'OUT_TRADE_NO_USED',
  v3PaidCode: 'ORDERPAID',
  v3NotFoundCode: 'ORDER_NOT_EXIST',
  v3Keys: 'public-key',
  v3Certificates: 'one', // the service may know a certificate, which must stay valid
};
const STALL_MS = 1500;
/** Faults of the download of a bill. `error200`: an error with HTTP status 200. `cut`: the connection ends within the file. */
const BILL_FAULTS = [...FAILURES, 'truncated', 'cut', 'html200', 'error200', 'rate_limited'];
const BILL_ANSWERS = ['downloadbill', 'downloadfundflow'] as const;

/** A random fault of the download of a bill. In API v2 the answer is the file. */
export function chooseBillFault(random: Random, protocols: readonly Protocol[]): Fault {
  if (random.chance(0.3)) return { endpoint: random.pick(BILL_ANSWERS), kind: random.pick(INVALID_ANSWERS) };
  const kind = random.pick(BILL_FAULTS);
  const files = protocols.includes('v3') ? (['billfile'] as const) : [];
  const endpoint = random.pick([...BILL_ANSWERS, ...files]);
  return { endpoint, kind, ...(kind === 'stall' && { delayMs: STALL_MS }) };
}

/** A random fault in a call to WeChat, a login, or a notice. */
export function chooseFault(random: Random): Fault {
  switch (random.weighted({ call: 55, login: 5, notice: 30, forgery: 10 })) {
    case 'login':
      return {
        endpoint: 'jscode2session',
        kind: random.pick(['SYSTEMERROR', 'reset', 'http500', 'garbage', 'timeout']),
      };
    case 'notice':
      return { endpoint: random.pick(['notice', 'refund-notice'] as const), kind: random.pick(NOTICE_KINDS) };
    case 'forgery': {
      const endpoint = random.pick(['notice', 'refund-notice'] as const);
      return { endpoint, kind: random.pick(FORGERIES[endpoint]) };
    }
    case 'call': {
      const endpoint = random.pick(PAY_CALLS);
      if (random.chance(0.1))
        return { endpoint, kind: 'err_code', errCode: random.pick(REFUSALS[endpoint]), errCodeDes: '稍后再试' };
      if (random.chance(0.3)) return { endpoint, kind: random.pick(INVALID_ANSWERS) };
      const kind = random.pick(FAILURES);
      return {
        endpoint,
        kind,
        when: random.pick(['before', 'after'] as const),
        ...(kind === 'stall' && { delayMs: STALL_MS }),
      };
    }
  }
}
