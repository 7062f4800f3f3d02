import type { ReactElement } from 'react';
import { useChangeNotifier } from '../change-notifier.ts';
import type { Phone } from '../phone/phone.ts';
import { type Language, t, type BilingualText } from '../i18n.ts';
import type { MessageLog } from './message-log.ts';

interface FaultOption {
  label: BilingualText;
  fault: { endpoint: string; kind: string; delayMs?: number };
}

const FAULT_OPTIONS: readonly FaultOption[] = [
  { label: ['丢失通知', 'Lose notice'], fault: { endpoint: 'notice', kind: 'lose' } },
  { label: ['重复通知', 'Duplicate notice'], fault: { endpoint: 'notice', kind: 'duplicate' } },
  { label: ['延迟通知', 'Delay notice'], fault: { endpoint: 'notice', kind: 'delay', delayMs: 30_000 } },
  { label: ['伪造金额', 'Forge amount'], fault: { endpoint: 'notice', kind: 'tampered-fee' } },
  {
    label: ['下单 SYSTEMERROR', 'unifiedorder: SYSTEMERROR'],
    fault: { endpoint: 'unifiedorder', kind: 'SYSTEMERROR' },
  },
  { label: ['查单 SYSTEMERROR', 'orderquery: SYSTEMERROR'], fault: { endpoint: 'orderquery', kind: 'SYSTEMERROR' } },
];
const SKIP_SECONDS = 30;

/** Buttons that inject a fault into the next message, advance the clock, or take the phone offline. */
export function FaultControls({
  log,
  phone,
  language,
}: {
  log: MessageLog;
  phone: Phone;
  language: Language;
}): ReactElement {
  useChangeNotifier(phone);
  return (
    <div className="fault-controls">
      <div className="lead">
        <p>
          {t(
            [
              '在手机上买点东西，看三方怎么对话。再试试：点「丢失通知」，付款后立刻关掉小程序。',
              'Buy something on the phone and watch the messages. Then click “Lose notice”, pay, and close the mini-program at once.',
            ],
            language,
          )}
        </p>
        <button type="button" onClick={() => void log.advanceClock(SKIP_SECONDS)}>
          {t([`快进 ${SKIP_SECONDS} 秒 »`, `Skip ${SKIP_SECONDS} s »`], language)}
        </button>
      </div>
      <div
        className="switches"
        role="group"
        aria-label={t(['下一次会发生的故障', 'Faults for the next message'], language)}
      >
        {FAULT_OPTIONS.map((option) => (
          <button
            key={`${option.fault.endpoint} ${option.fault.kind}`}
            type="button"
            aria-pressed={isSet(log, option)}
            onClick={() => void toggle(log, option)}
          >
            {t(option.label, language)}
          </button>
        ))}
        <button type="button" aria-pressed={phone.isOffline} onClick={() => phone.setOffline(!phone.isOffline)}>
          {t(['手机断网', 'Phone offline'], language)}
        </button>
      </div>
    </div>
  );
}

function isSet(log: MessageLog, { fault }: FaultOption): boolean {
  return log.faults.some(({ endpoint, kind }) => endpoint === fault.endpoint && kind === fault.kind);
}

/** The simulator can only clear all faults at once, so the other faults are injected again. */
async function toggle(log: MessageLog, option: FaultOption): Promise<void> {
  if (!isSet(log, option)) {
    await log.injectFault(option.fault);
    return;
  }
  const others = FAULT_OPTIONS.filter((each) => each !== option && isSet(log, each));
  await log.clearFaults();
  for (const { fault } of others) await log.injectFault(fault);
}
