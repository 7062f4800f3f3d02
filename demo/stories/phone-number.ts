import { expectOk } from '../../tools/client/typed-client.ts';
import { assertThat } from '../assertions.ts';
import { logInNewBuyer, type DemoEnvironment } from '../demo-environment.ts';
import { shorten } from '../narrator.ts';

const PHONE_NUMBER = '13800138000';
const MASKED_NUMBER = '138****8000';

/** The user shares their phone number: it is returned masked, and its code works once. */
export async function bindPhoneNumber(environment: DemoEnvironment): Promise<void> {
  const { wechat, narrator } = environment;
  narrator.startStory(8, 'the user shares their phone number', '用户授权手机号：回答只显示打码号码，code 只能用一次');
  const { buyer } = await logInNewBuyer({ ...environment, narrator: narrator.silent() });
  const unknown = expectOk('me', await buyer.getProfile());
  assertThat(unknown.phone === null, `No number was shared yet, but the service returned ${unknown.phone ?? ''}`);

  const code = await wechat.createPhoneCode({ number: PHONE_NUMBER });
  narrator.userAction(`The user taps the button and allows it; the button returns the code ${shorten(code)}`);
  const reply = await buyer.bindPhoneNumber(code);
  assertThat(
    reply.status === 200,
    `The service must accept the number, but it responded with ${reply.status} ${reply.text}`,
  );
  assertThat(
    reply.text.includes(MASKED_NUMBER) && !reply.text.includes(PHONE_NUMBER),
    `Only ${MASKED_NUMBER} may be returned: ${reply.text}`,
  );
  narrator.buyerCall(
    'POST /api/auth/phone',
    `${MASKED_NUMBER}; the full number is in no response and encrypted in the database`,
  );

  const again = await buyer.bindPhoneNumber(code);
  const isRefused = again.status === 401 && again.text.includes('WECHAT_CODE_INVALID');
  assertThat(isRefused, `A used code must be rejected, but the service responded with ${again.status} ${again.text}`);
  narrator.buyerCall('POST /api/auth/phone', 'the same code again: 401 WECHAT_CODE_INVALID');
  const { phone } = expectOk('me', await buyer.getProfile());
  assertThat(phone === MASKED_NUMBER, `The number must be unchanged, but the service returned ${phone ?? 'null'}`);
  narrator.checkPassed('the number is stored and returned masked; the repeated code changed nothing');
}
