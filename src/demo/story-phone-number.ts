import { insist } from './checks.js';
import { Customer } from './customer.js';
import type { Stage } from './stage.js';
import { short } from './teller.js';

const NUMBER = '13800138000';
const MASKED = '138****8000';

/** The user allows the shop to know their number: it is told masked, and its code works once. */
export async function thePhoneNumber({ shopUrl, wechat, teller }: Stage): Promise<void> {
  teller.story(8, 'the user gives their phone number', '用户授权手机号：回答只显示打码号码，code 只能用一次');
  const { code: loginCode, openid } = await wechat.wxLogin();
  const customer = new Customer(shopUrl, wechat, openid);
  await customer.login(loginCode);
  const unknown = await customer.me();
  insist(unknown.phone === null, `Nobody has told the number yet, and the shop says ${unknown.phone ?? ''}`);

  const code = await wechat.phoneCode(NUMBER);
  teller.people(`The user taps the button, WeChat asks, they allow it: the button gives the code ${short(code)}`);
  const given = await customer.givesPhone(code);
  insist(given.status === 200, `The number should be taken, but the shop says ${given.status} ${given.text}`);
  insist(given.text.includes(MASKED) && !given.text.includes(NUMBER), `Only ${MASKED} may be told: ${given.text}`);
  teller.asks('POST /api/auth/phone', `${MASKED}; the number itself is in no answer, and sealed in the database`);

  const again = await customer.givesPhone(code);
  const isRefused = again.status === 401 && again.text.includes('WECHAT_CODE_INVALID');
  insist(isRefused, `A code that was used must be refused, but the shop says ${again.status} ${again.text}`);
  teller.asks('POST /api/auth/phone', 'the same code once more: 401 WECHAT_CODE_INVALID');
  const { phone } = await customer.me();
  insist(phone === MASKED, `The number must stay, but the shop says ${phone ?? 'nothing'}`);
  teller.right('the shop knows the number of this user, shows it masked, and the used code has changed nothing');
}
