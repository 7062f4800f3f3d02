import type { Settings } from '../../config/settings.js';
import { maxCallDurationMs } from '../../wechat/max-call-duration.js';

/**
 * Milliseconds: longer than one signed call about a payment can take, at the host and its backup host. A call that needs an
 * access token may take longer when the token has to be renewed first.
 */
export const paymentCallLeaseMs = (settings: Settings): number => maxCallDurationMs(settings, 2, 2);

/** Milliseconds: longer than closing one attempt can take: query, close and query, each at the host and its backup host. */
export const paymentLeaseMs = (settings: Settings): number => maxCallDurationMs(settings, 3 * 2, 10);
