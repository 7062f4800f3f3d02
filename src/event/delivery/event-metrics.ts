import { defineCounter } from '../../common/metrics/metric-definitions.js';

/**
 * `delivered`: 2xx · `retried`: another attempt follows · `failed`: no attempt is left · `gone`: 410, the endpoint is disabled.
 */
type DeliveryOutcome = 'delivered' | 'retried' | 'failed' | 'gone';

export const EVENT_ATTEMPTS = defineCounter<{ outcome: DeliveryOutcome }>({
  name: 'event_delivery_attempts_total',
  help: 'Attempts to deliver an event to an endpoint, by outcome',
  labelNames: ['outcome'],
  series: [{ outcome: 'delivered' }, { outcome: 'retried' }, { outcome: 'failed' }, { outcome: 'gone' }],
});
