import type { Message } from '../simulator-client.ts';
import type { BilingualText } from '../i18n.ts';
import { describeMessage } from './describe-message.ts';

export type Party = 'phone' | 'shop' | 'wechat';

/** A short status at the end of a message. */
interface Badge {
  tone: 'good' | 'bad' | 'plain';
  text: BilingualText;
}

/** One message with its result: a line of the diagram. */
export interface LogLine {
  kind: 'message';
  key: string;
  /** Epoch milliseconds, by the browser's clock. */
  at: number;
  from: Party;
  to: Party;
  /** Technical name, such as `POST /pay/unifiedorder`. */
  name: string;
  description: BilingualText;
  badges: Badge[];
  isPending: boolean;
  /** The message never arrived. */
  isLost: boolean;
  /** How often it was repeated with the same result. */
  times: number;
  /** A call that changes nothing. It is shown smaller. */
  isQuiet: boolean;
  /** What the message means for the shop. */
  comment?: { tone: 'good' | 'bad'; text: BilingualText };
  request?: string;
  answer?: string;
}

/** An action of the user, not a message. */
export interface LogNote {
  kind: 'note';
  key: string;
  at: number;
  text: BilingualText;
  tone: 'plain';
  /** Link to the page where the user can act on it. */
  href?: string;
}

const LOST_NOTICE_COMMENT: BilingualText = [
  '服务不会干等：过几秒它会自己向微信查单',
  'The service does not only wait: within seconds it queries WeChat',
];
const PAID_COMMENT: BilingualText = [
  '微信说已付款：入账，且只入一次',
  'WeChat reports it as paid: recorded, and only once',
];

/** Converts a message that the simulator recorded. */
export function toLogLine(message: Message, key: string): LogLine {
  const isOurs = message.direction === 'received';
  const path = isOurs ? message.path : new URL(message.path).pathname;
  const name = `${message.method} ${path}`;
  const isLost = message.isKeptBack && message.fault !== 'delay';
  return {
    kind: 'message',
    key,
    at: Date.now() - message.ageMs,
    name,
    description: describeMessage(name),
    isLost,
    isQuiet: false,
    times: 1,
    isPending: message.latencyMs === null,
    from: isOurs ? 'shop' : 'wechat',
    to: isOurs ? 'wechat' : 'shop',
    badges: badgesOf(message),
    ...commentOn(message, isLost),
    ...(message.request !== '' && { request: message.request }),
    ...(message.answer !== null && { answer: message.answer.body }),
  };
}

function commentOn({ path, answer }: Message, isLost: boolean): Pick<LogLine, 'comment'> {
  if (isLost) return { comment: { tone: 'bad', text: LOST_NOTICE_COMMENT } };
  const isPaid =
    path === '/pay/orderquery' && /<trade_state>(?:<!\[CDATA\[)?SUCCESS|"trade_state":"0"/.test(answer?.body ?? '');
  return isPaid ? { comment: { tone: 'good', text: PAID_COMMENT } } : {};
}

function badgesOf({ direction, signatureOk, verdict, fault, isKeptBack, answer }: Message): Badge[] {
  if (isKeptBack) {
    return [{ tone: 'bad', text: fault === 'delay' ? ['被推迟', 'delayed'] : ['在路上丢失', 'lost'] }];
  }
  const badges: Badge[] = [];
  if (signatureOk !== null) {
    badges.push(
      signatureOk
        ? { tone: 'good', text: ['签名 ✓', 'signature ✓'] }
        : { tone: 'bad', text: ['签名 ✗', 'signature ✗'] },
    );
  }
  if (fault !== null) badges.push({ tone: 'bad', text: [`故障：${fault}`, `fault: ${fault}`] });
  if (direction === 'sent') badges.push(replyBadge(answer, verdict));
  else if (verdict !== null) badges.push(resultBadge(verdict, answer?.body ?? ''));
  return badges;
}

function replyBadge(answer: Message['answer'], verdict: string | null): Badge {
  if (answer === null) return { tone: verdict === null ? 'plain' : 'bad', text: ['没有应答', 'no response'] };
  const isAccepted = verdict === 'accepted';
  const word = /(?:<return_code>(?:<!\[CDATA\[)?|^(?=success))(\w+)/i.exec(answer.body)?.[1] ?? `HTTP ${answer.status}`;
  return { tone: isAccepted ? 'good' : 'bad', text: [`服务应答 ${word}`, `response ${word}`] };
}

function resultBadge(verdict: string, body: string): Badge {
  const state = /<(?:trade_state|refund_status_0)>(?:<!\[CDATA\[)?(\w+)/.exec(body)?.[1];
  const prepay = /(?:<prepay_id>(?:<!\[CDATA\[)?|"prepayid":")(\w{10})/.exec(body)?.[1];
  const label = state ?? (prepay === undefined ? verdict : `prepay_id=${prepay}…`);
  return { tone: verdict === 'SUCCESS' ? 'good' : 'bad', text: [label, label] };
}
