import { Protocol } from '../book/wechat-order.js';
import { FaultEndpoint } from '../faults/fault.js';
import { V1_FORGERIES } from '../v1/v1-forgeries.js';
import { PAYMENT_FORGERIES } from '../v2/notices/payment-forgeries.js';
import { REFUND_FORGERIES } from '../v2/notices/refund-forgeries.js';
import { V3_ECHO_FORGERIES, v3ForgeriesOf } from '../v3/notices/v3-forgeries.js';

/**
 * The forgeries of an endpoint's notice; a call has none.
 * @param protocol of the notice; default: both protocols that have this endpoint
 */
export function forgeriesOf(endpoint: FaultEndpoint, protocol?: Protocol): readonly string[] {
  if (endpoint === 'v1-notice') return V1_FORGERIES;
  if (endpoint === 'echo-notice') return V3_ECHO_FORGERIES;
  if (endpoint !== 'notice' && endpoint !== 'refund-notice') return [];
  const ofV2 = endpoint === 'notice' ? PAYMENT_FORGERIES : REFUND_FORGERIES;
  const ofV3 = v3ForgeriesOf(endpoint);
  if (protocol === undefined) return [...new Set([...ofV2, ...ofV3])];
  return protocol === 'v3' ? ofV3 : ofV2;
}

/** Finds a forgery by its name in the spelling of faults (`wrong_signature`) or of forgeries (`wrong-sign`). */
export function findForgery(endpoint: FaultEndpoint, name: string, protocol?: Protocol): string | undefined {
  const spelled = name.replaceAll('_', '-').replace('signature', 'sign').replace('other-mch-id', 'other-mch');
  return forgeriesOf(endpoint, protocol).find((kind) => kind === spelled);
}
