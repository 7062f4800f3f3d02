/** The protocol of new payments in the stories: `TEST_PAY_PROTOCOL`, v2 unless it is set. */
export const PAY_PROTOCOL: PayProtocol = process.env['TEST_PAY_PROTOCOL'] === 'v3' ? 'v3' : 'v2';

type PayProtocol = 'v2' | 'v3';

/** Chooses what WeChat's documents say of the protocol under test, for example the spelling of a code. */
export function byProtocol<Value>(values: Readonly<Record<PayProtocol, Value>>): Value {
  return values[PAY_PROTOCOL];
}

/** A call of the shop to WeChat Pay, in either protocol. */
export type PayOperation = 'prepay' | 'query' | 'close' | 'refund' | 'refund-query';

/** `METHOD path` of each operation, in v2 and in v3. */
const CALLS: Readonly<Record<PayOperation, readonly RegExp[]>> = {
  prepay: [/^POST \/pay\/unifiedorder$/, /^POST \/v3\/pay\/transactions\/(jsapi|app|native|h5)$/],
  query: [/^POST \/pay\/orderquery$/, /^GET \/v3\/pay\/transactions\/(out-trade-no|id)\/[^/]+$/],
  close: [/^POST \/pay\/closeorder$/, /^POST \/v3\/pay\/transactions\/out-trade-no\/[^/]+\/close$/],
  refund: [/^POST \/secapi\/pay\/refund$/, /^POST \/v3\/refund\/domestic\/refunds$/],
  'refund-query': [/^POST \/pay\/refundquery$/, /^GET \/v3\/refund\/domestic\/refunds\/[^/]+$/],
};

/** Recognizes a call by its method and path; undefined for other calls. */
export function operationOf({ method, path }: { method: string; path: string }): PayOperation | undefined {
  const operations = Object.keys(CALLS) as PayOperation[];
  return operations.find((operation) => CALLS[operation].some((pattern) => pattern.test(`${method} ${path}`)));
}
