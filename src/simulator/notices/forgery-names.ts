import { FaultEndpoint } from '../faults/fault.js';
import { PAYMENT_FORGERIES } from './payment-forgeries.js';
import { REFUND_FORGERIES } from './refund-forgeries.js';
import { V1_FORGERIES } from './v1-forgeries.js';

/** The forgeries of an endpoint's notice; a call has none. */
export function forgeriesOf(endpoint: FaultEndpoint): readonly string[] {
  if (endpoint === 'notice') return PAYMENT_FORGERIES;
  if (endpoint === 'v1-notice') return V1_FORGERIES;
  return endpoint === 'refund-notice' ? REFUND_FORGERIES : [];
}

/** Finds a forgery by its name in the spelling of faults (`wrong_signature`) or of forgeries (`wrong-sign`). */
export function findForgery(endpoint: FaultEndpoint, name: string): string | undefined {
  const spelled = name.replaceAll('_', '-').replace('signature', 'sign').replace('other-mch-id', 'other-mch');
  return forgeriesOf(endpoint).find((kind) => kind === spelled);
}
