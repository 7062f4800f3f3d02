/** Short lifetimes and intervals, so that ten minutes cover as much as a week. No feature is disabled. */
const FAST_SETTINGS = {
  ORDER_TTL_SECONDS: '20',
  SESSION_TTL_SECONDS: '900',
  RECONCILE_INTERVAL_SECONDS: '1',
  QUERY_BACKOFF_SECONDS: '2,3,5,10',
  REFUND_QUERY_BACKOFF_SECONDS: '1,2,4,8',
  WECHAT_TIMEOUT_SECONDS: '1',
  LOGIN_LIMIT_PER_MINUTE: '1000000',
  USER_CALLS_PER_MINUTE: '1000000',
  MAX_PENDING_ORDERS_PER_USER: '1000',
};

/**
 * The environment of an instance in production mode that uses the simulator as WeChat.
 * @param {{ merchant: Record<string, string>, wechat: import('./simulator-process.js').SimulatorProcess, certificates: any, publicUrl: string,
 *   databaseUrl: string, adminPassword: string }} input
 * @returns {Record<string, string>}
 */
export function serviceEnvironment({ merchant, wechat, certificates, publicUrl, databaseUrl, adminPassword }) {
  return {
    PATH: process.env['PATH'] ?? '',
    NODE_ENV: 'production',
    HOST: '127.0.0.1',
    PUBLIC_BASE_URL: publicUrl,
    TRUSTED_PROXIES: '127.0.0.1',
    DATABASE_URL: databaseUrl,
    WECHAT_MODE: 'live',
    ...merchant,
    WECHAT_API_BASE_URL: wechat.url,
    WECHAT_PAY_BASE_URL: wechat.url,
    WECHAT_PAY_CERT_BASE_URL: wechat.refundUrl,
    WECHAT_CA_BASE64: base64(certificates.ca),
    WECHAT_MCH_CERT_BASE64: base64(certificates.merchant.cert),
    WECHAT_MCH_KEY_BASE64: base64(certificates.merchant.key),
    ADMIN_BOOTSTRAP_USERNAME: 'admin',
    ADMIN_BOOTSTRAP_PASSWORD: adminPassword,
    ...FAST_SETTINGS,
  };
}

/** @param {string} text */
const base64 = (text) => Buffer.from(text).toString('base64');
