import { fileURLToPath } from 'node:url';

/** The repository. */
export const ROOT = fileURLToPath(new URL('..', import.meta.url));

/** An invented merchant. None of it opens anything at WeChat. */
export const MERCHANT = {
  appid: 'wx8888888888888888',
  mchId: '1900000109',
  key: 'a1b2c3d4e5f60718293a4b5c6d7e8f90',
};

/** Where databases named `wxc_bench_…` may be made and dropped: a MySQL or MariaDB, without a database's name. */
export const DATABASE_SERVER = process.env['BENCH_DATABASE_URL'] ?? 'mysql://root@127.0.0.1:3306';

/** Connections to the database, of the service and of the bare server alike. It is the service's own default. */
const POOL_SIZE = 20;

/** Nobody listens there: a call to WeChat that the bench did not mean would fail at once. */
const UNREACHABLE_URL = 'http://127.0.0.1:9';

/**
 * The environment of a service in production. Nothing of the caller's shell gets in but what processes need.
 * @param {Record<string, string>} more
 * @returns {Record<string, string>}
 */
export function liveEnvironment(more) {
  return {
    PATH: process.env['PATH'] ?? '',
    NODE_ENV: 'production',
    LOG_LEVEL: 'warn',
    WECHAT_MODE: 'live',
    WECHAT_APP_ID: MERCHANT.appid,
    WECHAT_APP_SECRET: '5d1c8f0e2b7a4963a0f1e2d3c4b5a697',
    WECHAT_MCH_ID: MERCHANT.mchId,
    WECHAT_API_KEY: MERCHANT.key,
    WECHAT_API_BASE_URL: UNREACHABLE_URL,
    WECHAT_PAY_BASE_URL: UNREACHABLE_URL,
    DATABASE_POOL_SIZE: String(POOL_SIZE),
    ...more,
  };
}
