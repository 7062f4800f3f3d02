import type { ReactElement } from 'react';
import { useObservable } from '../observable.ts';
import type { Phone } from '../phone/phone.ts';
import { type Language, t, type BilingualText } from '../i18n.ts';
import type { MessageLog } from './message-log.ts';

interface FaultOption {
  label: BilingualText;
  fault: { endpoint: string; kind: string; delayMs?: number };
}

const FAULT_OPTIONS: readonly FaultOption[] = [
  { label: ['丢失通知', 'Lose the notice'], fault: { endpoint: 'notice', kind: 'lose' } },
  { label: ['重复通知', 'Double it'], fault: { endpoint: 'notice', kind: 'duplicate' } },
  { label: ['推迟通知', 'Delay it'], fault: { endpoint: 'notice', kind: 'delay', delayMs: 30_000 } },
  { label: ['伪造金额', 'Forge the amount'], fault: { endpoint: 'notice', kind: 'tampered-fee' } },
  {
    label: ['下单 SYSTEMERROR', 'unifiedorder: SYSTEMERROR'],
    fault: { endpoint: 'unifiedorder', kind: 'SYSTEMERROR' },
  },
  { label: ['查单 SYSTEMERROR', 'orderquery: SYSTEMERROR'], fault: { endpoint: 'orderquery', kind: 'SYSTEMERROR' } },
];
const SKIP_SECONDS = 30;

/** What may go wrong the next time, at a click; and time that passes. */
export function FaultControls({
  story,
  phone,
  language,
}: {
  story: MessageLog;
  phone: Phone;
  language: Language;
}): ReactElement {
  useObservable(phone);
  return (
    <div className="troubles">
      <div className="lead">
        <p>
          {t(
            [
              '在手机上买点东西，看三方怎么对话。再试试：点「丢失通知」，付款后立刻关掉小程序。',
              'Buy something on the phone and watch. Then lose the notice, pay, and close the mini-program at once.',
            ],
            language,
          )}
        </p>
        <button type="button" onClick={() => void story.advanceClock(SKIP_SECONDS)}>
          {t([`快进 ${SKIP_SECONDS} 秒 »`, `Skip ${SKIP_SECONDS} s »`], language)}
        </button>
      </div>
      <div
        className="switches"
        role="group"
        aria-label={t(['下一次会发生的故障', 'Trouble for the next time'], language)}
      >
        {FAULT_OPTIONS.map((trouble) => (
          <button
            key={`${trouble.fault.endpoint} ${trouble.fault.kind}`}
            type="button"
            aria-pressed={isSet(story, trouble)}
            onClick={() => void toggle(story, trouble)}
          >
            {t(trouble.label, language)}
          </button>
        ))}
        <button type="button" aria-pressed={phone.isOffline} onClick={() => phone.setOffline(!phone.isOffline)}>
          {t(['手机断网', 'Phone offline'], language)}
        </button>
      </div>
    </div>
  );
}

function isSet(story: MessageLog, { fault }: FaultOption): boolean {
  return story.faults.some(({ endpoint, kind }) => endpoint === fault.endpoint && kind === fault.kind);
}

/** The simulator can only forget all faults at once: the others are set anew. */
async function toggle(story: MessageLog, trouble: FaultOption): Promise<void> {
  if (!isSet(story, trouble)) {
    await story.injectFault(trouble.fault);
    return;
  }
  const others = FAULT_OPTIONS.filter((each) => each !== trouble && isSet(story, each));
  await story.clearFaults();
  for (const { fault } of others) await story.injectFault(fault);
}
