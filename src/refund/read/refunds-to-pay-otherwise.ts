import { IsNull } from 'typeorm';

/**
 * Refunds that WeChat completed to the merchant, until staff confirm that the buyer was paid in another way. Found by the
 * index on the destination, which almost no refund has.
 */
export const TO_PAY_OTHERWISE = { redirectTo: 'MERCHANT', paidOtherwiseAt: IsNull(), status: 'SUCCEEDED' } as const;
