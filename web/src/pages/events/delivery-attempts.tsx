import type { ReactNode } from 'react';
import type { EventDelivery, Schemas } from '../../api/client.js';
import { Label } from '../../components/label.js';
import { Instant } from '../../components/values.js';
import { useDuration } from '../../hooks/use-duration.js';
import { useTranslations } from '../../i18n/language-provider.js';
import { lookUp } from '../../utils/look-up.js';

/** The attempts of a delivery, newest first, each with its answer. Closed until the reader opens them. */
export function DeliveryAttempts({ delivery }: { delivery: EventDelivery }): ReactNode {
  const { eventEndpoints: t } = useTranslations();
  const { attempts } = delivery;
  if (attempts.length === 0) return null;
  return (
    <details className="gap-above">
      <summary>{t.attempts(attempts.length)}</summary>
      <ol className="attempts">
        {attempts.toReversed().map((attempt, index) => (
          <li key={attempts.length - index}>
            <Attempt attempt={attempt} />
          </li>
        ))}
      </ol>
    </details>
  );
}

function Attempt({ attempt }: { attempt: Schemas['DeliveryAttemptView'] }): ReactNode {
  const { eventEndpoints: t } = useTranslations();
  const duration = useDuration();
  const { at, statusCode, durationMs, errorCode, responseBody } = attempt;
  const isGood = statusCode !== null && statusCode >= 200 && statusCode < 300;
  const error = errorCode === null ? t.noAnswer : (lookUp(t.errors, errorCode) ?? errorCode);
  return (
    <>
      <Instant at={at} />{' '}
      <Label tone={isGood ? 'good' : 'bad'}>{statusCode === null ? error : `HTTP ${statusCode}`}</Label>{' '}
      <span className="quiet">{duration(durationMs / 1000)}</span>
      {responseBody !== null && <Answer text={responseBody} />}
    </>
  );
}

/** Can be focused, because a long answer scrolls in its box. */
function Answer({ text }: { text: string }): ReactNode {
  const { eventEndpoints: t } = useTranslations();
  if (text === '') return <div className="quiet">{t.emptyAnswer}</div>;
  return (
    <pre className="answer" tabIndex={0} aria-label={t.answer} role="region">
      {text}
    </pre>
  );
}
