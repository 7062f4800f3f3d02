import { Space } from 'antd';
import type { ReactNode } from 'react';
import type { EventEndpoint } from '../../api/client.js';
import { Label, type LabelTone } from '../../components/label.js';
import { Instant } from '../../components/values.js';
import { useTranslations } from '../../i18n/language-provider.js';

type EndpointState = 'ENABLED' | 'GONE' | 'BY_REQUEST';

const TONES: Record<EndpointState, LabelTone> = { ENABLED: 'good', GONE: 'bad', BY_REQUEST: 'plain' };

/** Whether the endpoint is enabled, why not, and whether its receiver fails. */
export function EndpointStatus({ endpoint }: { endpoint: EventEndpoint }): ReactNode {
  const { eventEndpoints: t } = useTranslations();
  const { status, disabledReason, failures, pausedUntil } = endpoint;
  const state: EndpointState = status === 'ENABLED' ? status : (disabledReason ?? 'BY_REQUEST');
  return (
    <Space wrap size={4}>
      <Label tone={TONES[state]}>{t.states[state]}</Label>
      {status === 'ENABLED' && failures > 0 && <Label tone="warn">{t.failing(failures)}</Label>}
      {status === 'ENABLED' && pausedUntil !== null && (
        <span className="quiet">
          {t.pausedUntil} <Instant at={pausedUntil} />
        </span>
      )}
    </Space>
  );
}

/** The types that an endpoint receives, or the first of them. */
export function EventTypes({ types, maxShown = Infinity }: { types: readonly string[]; maxShown?: number }): ReactNode {
  const { eventEndpoints: t } = useTranslations();
  if (types.length === 0) return t.allTypes;
  const shown = types.slice(0, maxShown);
  return (
    <Space wrap size={4}>
      {shown.map((type) => (
        <Label key={type} tone="plain">
          {type}
        </Label>
      ))}
      {shown.length < types.length && <span className="quiet">+{types.length - shown.length}</span>}
    </Space>
  );
}
