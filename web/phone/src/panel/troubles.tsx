import type { ReactElement } from 'react';
import { useChanges } from '../observable.ts';
import type { Phone } from '../phone/phone.ts';
import { type Language, say, type Words } from '../words.ts';
import type { Story } from './story.ts';

interface Trouble {
  words: Words;
  fault: { endpoint: string; kind: string; delayMs?: number };
}

const TROUBLES: readonly Trouble[] = [
  { words: ['丢失通知', 'Lose the notice'], fault: { endpoint: 'notice', kind: 'lose' } },
  { words: ['重复通知', 'Double it'], fault: { endpoint: 'notice', kind: 'duplicate' } },
  { words: ['推迟通知', 'Delay it'], fault: { endpoint: 'notice', kind: 'delay', delayMs: 30_000 } },
  { words: ['伪造金额', 'Forge the amount'], fault: { endpoint: 'notice', kind: 'tampered-fee' } },
  {
    words: ['下单 SYSTEMERROR', 'unifiedorder: SYSTEMERROR'],
    fault: { endpoint: 'unifiedorder', kind: 'SYSTEMERROR' },
  },
  { words: ['查单 SYSTEMERROR', 'orderquery: SYSTEMERROR'], fault: { endpoint: 'orderquery', kind: 'SYSTEMERROR' } },
];
const AHEAD_SECONDS = 30;

/** What may go wrong the next time, at a click; and time that passes. */
export function Troubles({ story, phone, language }: { story: Story; phone: Phone; language: Language }): ReactElement {
  useChanges(phone);
  return (
    <div className="troubles">
      <div className="lead">
        <p>
          {say(
            [
              '在手机上买点东西，看三方怎么对话。再试试：点「丢失通知」，付款后立刻关掉小程序。',
              'Buy something on the phone and watch. Then lose the notice, pay, and close the mini-program at once.',
            ],
            language,
          )}
        </p>
        <button type="button" onClick={() => void story.passes(AHEAD_SECONDS)}>
          {say([`快进 ${AHEAD_SECONDS} 秒 »`, `Skip ${AHEAD_SECONDS} s »`], language)}
        </button>
      </div>
      <div
        className="switches"
        role="group"
        aria-label={say(['下一次会发生的故障', 'Trouble for the next time'], language)}
      >
        {TROUBLES.map((trouble) => (
          <button
            key={`${trouble.fault.endpoint} ${trouble.fault.kind}`}
            type="button"
            aria-pressed={isSet(story, trouble)}
            onClick={() => void toggle(story, trouble)}
          >
            {say(trouble.words, language)}
          </button>
        ))}
        <button type="button" aria-pressed={phone.isOffline} onClick={() => phone.setOffline(!phone.isOffline)}>
          {say(['手机断网', 'Phone offline'], language)}
        </button>
      </div>
    </div>
  );
}

function isSet(story: Story, { fault }: Trouble): boolean {
  return story.faults.some(({ endpoint, kind }) => endpoint === fault.endpoint && kind === fault.kind);
}

/** The simulator can only forget all faults at once: the others are set anew. */
async function toggle(story: Story, trouble: Trouble): Promise<void> {
  if (!isSet(story, trouble)) {
    await story.plant(trouble.fault);
    return;
  }
  const others = TROUBLES.filter((each) => each !== trouble && isSet(story, each));
  await story.clearFaults();
  for (const { fault } of others) await story.plant(fault);
}
