import { fileURLToPath } from 'node:url';

/** The root folder of the repository. */
export const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** A fictitious merchant without any access to WeChat. */
export const MERCHANT = {
  appid: 'wx8888888888888888',
  mchId: '1900000109',
  key: 'a1b2c3d4e5f60718293a4b5c6d7e8f90',
};

/** The MySQL or MariaDB server where databases named `wxc_bench_…` are created and dropped; without a database name. */
export const DATABASE_SERVER = process.env['BENCH_DATABASE_URL'] ?? 'mysql://root@127.0.0.1:3306';

/** Database connections of the service and of the bare server: the service's default. */
const POOL_SIZE = 20;

/** No server listens there, so an unintended call to WeChat fails at once. */
const UNREACHABLE_URL = 'http://127.0.0.1:9';

/** The environment of a service in production. It contains only necessary variables of the caller's shell. */
export function liveEnvironment(more: Record<string, string>): Record<string, string> {
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
