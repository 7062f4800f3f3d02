import type { Message } from '../simulator-client.ts';
import type { BilingualText } from '../i18n.ts';
import { describeMessage } from './describe-message.ts';

export type Party = 'phone' | 'shop' | 'wechat';

/** A small word at the end of a message. */
interface Badge {
  tone: 'good' | 'bad' | 'plain';
  text: BilingualText;
}

/** One message and what came of it: a line of the diagram. */
export interface LogLine {
  kind: 'message';
  key: string;
  /** Milliseconds of the browser's clock. */
  at: number;
  from: Party;
  to: Party;
  /** As programmers call it: `POST /pay/unifiedorder`. */
  name: string;
  description: BilingualText;
  badges: Badge[];
  isPending: boolean;
  /** It never arrived. */
  isLost: boolean;
  /** How often it was repeated, to the same effect. */
  times: number;
  /** A look that changes nothing: drawn smaller. */
  isQuiet: boolean;
  /** What it means for the shop. */
  aside?: { tone: 'good' | 'bad'; words: BilingualText };
  request?: string;
  answer?: string;
}

/** Something that somebody did: no message. */
export interface LogNote {
  kind: 'note';
  key: string;
  at: number;
  text: BilingualText;
  tone: 'plain' | 'trouble';
  /** Where somebody can do something about it. */
  href?: string;
}

const LOST_NOTICE_COMMENT: BilingualText = [
  '服务不会干等：过几秒它会自己向微信查单',
  'The service does not wait for it: in some seconds it asks WeChat itself',
];
const PAID_COMMENT: BilingualText = [
  '微信说已付款：入账，且只入一次',
  'Paid, says WeChat: booked, and only once however often it is heard',
];

/** A message between the service and WeChat, as the simulator saw it. */
export function toLogLine(message: Message, key: string): LogLine {
  const isOurs = message.direction === 'received';
  const path = isOurs ? message.path : new URL(message.path).pathname;
  const name = `${message.method} ${path}`;
  const isLost = message.isKeptBack && message.fault !== 'delay';
  return {
    ...{ kind: 'message', key, at: Date.now() - message.ageMs, name, description: describeMessage(name) },
    ...{ isLost, isQuiet: false, times: 1, isPending: message.latencyMs === null },
    from: isOurs ? 'shop' : 'wechat',
    to: isOurs ? 'wechat' : 'shop',
    badges: badgesOf(message),
    ...asideOf(message, isLost),
    ...(message.request !== '' && { request: message.request }),
    ...(message.answer !== null && { answer: message.answer.body }),
  };
}

function asideOf({ path, answer }: Message, isLost: boolean): Pick<LogLine, 'aside'> {
  if (isLost) return { aside: { tone: 'bad', words: LOST_NOTICE_COMMENT } };
  const isPaid =
    path === '/pay/orderquery' && /<trade_state>(?:<!\[CDATA\[)?SUCCESS|"trade_state":"0"/.test(answer?.body ?? '');
  return isPaid ? { aside: { tone: 'good', words: PAID_COMMENT } } : {};
}

function badgesOf({ direction, signatureOk, verdict, fault, isKeptBack, answer }: Message): Badge[] {
  if (isKeptBack) {
    return [{ tone: 'bad', text: fault === 'delay' ? ['被推迟', 'put off'] : ['在路上丢失', 'lost on the way'] }];
  }
  const verdicts: Badge[] = [];
  if (signatureOk !== null) {
    verdicts.push(
      signatureOk
        ? { tone: 'good', text: ['签名 ✓', 'signature ✓'] }
        : { tone: 'bad', text: ['签名 ✗', 'signature ✗'] },
    );
  }
  if (fault !== null) verdicts.push({ tone: 'bad', text: [`故障：${fault}`, `fault: ${fault}`] });
  if (direction === 'sent') verdicts.push(replyBadge(answer, verdict));
  else if (verdict !== null) verdicts.push(resultBadge(verdict, answer?.body ?? ''));
  return verdicts;
}

function replyBadge(answer: Message['answer'], verdict: string | null): Badge {
  if (answer === null) return { tone: verdict === null ? 'plain' : 'bad', text: ['没有应答', 'no reply'] };
  const isAccepted = verdict === 'accepted';
  const word = /(?:<return_code>(?:<!\[CDATA\[)?|^(?=success))(\w+)/i.exec(answer.body)?.[1] ?? `HTTP ${answer.status}`;
  return { tone: isAccepted ? 'good' : 'bad', text: [`服务应答 ${word}`, `reply ${word}`] };
}

function resultBadge(verdict: string, body: string): Badge {
  const state = /<(?:trade_state|refund_status_0)>(?:<!\[CDATA\[)?(\w+)/.exec(body)?.[1];
  const prepay = /(?:<prepay_id>(?:<!\[CDATA\[)?|"prepayid":")(\w{10})/.exec(body)?.[1];
  const words = state ?? (prepay === undefined ? verdict : `prepay_id=${prepay}…`);
  return { tone: verdict === 'SUCCESS' ? 'good' : 'bad', text: [words, words] };
}
