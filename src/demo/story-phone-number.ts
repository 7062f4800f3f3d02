import { assertThat } from './assertions.js';
import { BuyerClient } from './buyer-client.js';
import type { DemoEnvironment } from './demo-environment.js';
import { shorten } from './narrator.js';

const PHONE_NUMBER = '13800138000';
const MASKED_NUMBER = '138****8000';

/** The user allows the shop to know their number: it is told masked, and its code works once. */
export async function bindPhoneNumber({ shopUrl, wechat, narrator: teller }: DemoEnvironment): Promise<void> {
  teller.startStory(8, 'the user gives their phone number', '用户授权手机号：回答只显示打码号码，code 只能用一次');
  const { code: loginCode, openid } = await wechat.wxLogin();
  const customer = new BuyerClient(shopUrl, wechat, openid);
  await customer.login(loginCode);
  const unknown = await customer.getProfile();
  assertThat(unknown.phone === null, `Nobody has told the number yet, and the shop says ${unknown.phone ?? ''}`);

  const code = await wechat.createPhoneCode(PHONE_NUMBER);
  teller.userAction(`The user taps the button, WeChat asks, they allow it: the button gives the code ${shorten(code)}`);
  const given = await customer.bindPhoneNumber(code);
  assertThat(given.status === 200, `The number should be taken, but the shop says ${given.status} ${given.text}`);
  assertThat(
    given.text.includes(MASKED_NUMBER) && !given.text.includes(PHONE_NUMBER),
    `Only ${MASKED_NUMBER} may be told: ${given.text}`,
  );
  teller.buyerCall(
    'POST /api/auth/phone',
    `${MASKED_NUMBER}; the number itself is in no answer, and sealed in the database`,
  );

  const again = await customer.bindPhoneNumber(code);
  const isRefused = again.status === 401 && again.text.includes('WECHAT_CODE_INVALID');
  assertThat(isRefused, `A code that was used must be refused, but the shop says ${again.status} ${again.text}`);
  teller.buyerCall('POST /api/auth/phone', 'the same code once more: 401 WECHAT_CODE_INVALID');
  const { phone } = await customer.getProfile();
  assertThat(phone === MASKED_NUMBER, `The number must stay, but the shop says ${phone ?? 'nothing'}`);
  teller.checkPassed('the shop knows the number of this user, shows it masked, and the used code has changed nothing');
}
