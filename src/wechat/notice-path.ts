/** Where WeChat's notices arrive. `notify` owns the routes; the modules below it put the address into their requests. */
export const NOTICE_PATH = '/wechat/notify';

/** True for a call of WeChat: raw body, its own response format, no limits for browsers or API clients. */
export function isNoticeUrl(url: string): boolean {
  return url.startsWith(`${NOTICE_PATH}/`);
}
