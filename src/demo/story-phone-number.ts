import { assertThat } from './assertions.js';
import { BuyerClient } from './buyer-client.js';
import type { DemoEnvironment } from './demo-environment.js';
import { shorten } from './narrator.js';

const PHONE_NUMBER = '13800138000';
const MASKED_NUMBER = '138****8000';

/** The user shares their phone number: it is returned masked, and its code works once. */
export async function bindPhoneNumber({ shopUrl, wechat, narrator }: DemoEnvironment): Promise<void> {
  narrator.startStory(8, 'the user shares their phone number', '用户授权手机号：回答只显示打码号码，code 只能用一次');
  const { code: loginCode, openid } = await wechat.wxLogin();
  const buyer = new BuyerClient(shopUrl, wechat, openid);
  await buyer.login(loginCode);
  const unknown = await buyer.getProfile();
  assertThat(unknown.phone === null, `No number was shared yet, but the service returned ${unknown.phone ?? ''}`);

  const code = await wechat.createPhoneCode(PHONE_NUMBER);
  narrator.userAction(`The user taps the button and allows it; the button returns the code ${shorten(code)}`);
  const given = await buyer.bindPhoneNumber(code);
  assertThat(given.status === 200, `The service must accept the number, but it answered ${given.status} ${given.text}`);
  assertThat(
    given.text.includes(MASKED_NUMBER) && !given.text.includes(PHONE_NUMBER),
    `Only ${MASKED_NUMBER} may be returned: ${given.text}`,
  );
  narrator.buyerCall(
    'POST /api/auth/phone',
    `${MASKED_NUMBER}; the full number is in no answer and encrypted in the database`,
  );

  const again = await buyer.bindPhoneNumber(code);
  const isRefused = again.status === 401 && again.text.includes('WECHAT_CODE_INVALID');
  assertThat(isRefused, `A used code must be rejected, but the service answered ${again.status} ${again.text}`);
  narrator.buyerCall('POST /api/auth/phone', 'the same code again: 401 WECHAT_CODE_INVALID');
  const { phone } = await buyer.getProfile();
  assertThat(phone === MASKED_NUMBER, `The number must be unchanged, but the service returned ${phone ?? 'null'}`);
  narrator.checkPassed('the number is stored and returned masked; the repeated code changed nothing');
}
