import { readServiceUrls, assertServicesRunning } from './service-urls.js';
import { DemoFailedError } from './assertions.js';
import { MerchantClient } from './merchant-client.js';
import { UnreachableError } from './http.js';
import type { DemoEnvironment } from './demo-environment.js';
import { changeTradeType } from './story-change-trade-type.js';
import { refundWithLostAnswer } from './story-refund-answer-lost.js';
import { payWithCoupon } from './story-coupon.js';
import { shipOrder } from './story-shipping.js';
import { refundInFull } from './story-full-refund.js';
import { letOrderExpire } from './story-order-expires.js';
import { payWithNotice } from './story-payment-notice.js';
import { payWithLostNotice } from './story-lost-notice.js';
import { refundLatePayment } from './story-late-payment.js';
import { bindPhoneNumber } from './story-phone-number.js';
import { refundInParts } from './story-partial-refunds.js';
import { Narrator } from './narrator.js';
import { SimulatorControlClient } from './simulator-control-client.js';

const STORIES = [
  payWithNotice,
  payWithLostNotice,
  letOrderExpire,
  refundInFull,
  refundInParts,
  refundWithLostAnswer,
  refundLatePayment,
  bindPhoneNumber,
  payWithCoupon,
  shipOrder,
  changeTradeType,
];

/** Runs all stories against the running service as an HTTP client. Fails unless every check passes. */
async function main(): Promise<void> {
  const { shopUrl, simulatorUrl } = readServiceUrls();
  await assertServicesRunning({ shopUrl, simulatorUrl });
  const merchant = await MerchantClient.connect(shopUrl);
  const narrator = new Narrator((text) => process.stdout.write(text));
  process.stdout.write(`Service: ${shopUrl}   WeChat simulator: ${simulatorUrl}\n`);
  process.stdout.write(
    '..  user action   ->  mini-program API   =>  admin API   <>  service and WeChat   ok  check passed\n',
  );
  const environment: DemoEnvironment = {
    shopUrl,
    wechat: new SimulatorControlClient(simulatorUrl),
    narrator,
    merchant,
  };
  for (const play of STORIES) await play(environment);
  narrator.end(STORIES.length);
}

main().catch((error: unknown) => {
  const isExpected = error instanceof DemoFailedError || error instanceof UnreachableError;
  process.stderr.write(`\nThe demo failed: ${isExpected ? error.message : String((error as Error).stack)}\n`);
  process.exitCode = 1;
});
