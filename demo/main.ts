import { assertServicesRunning, connectStaff, readServiceUrls } from './connect.ts';
import { DemoFailedError } from './assertions.ts';
import { UnreachableError } from '../tools/client/http.ts';
import { ServiceClient } from '../tools/client/service-client.ts';
import { SimulatorClient } from '../tools/client/simulator-client.ts';
import { RefusedError } from '../tools/client/typed-client.ts';
import type { DemoEnvironment } from './demo-environment.ts';
import { changeTradeType } from './stories/change-trade-type.ts';
import { refundWithLostAnswer } from './stories/refund-answer-lost.ts';
import { payWithCoupon } from './stories/coupon.ts';
import { shipOrder } from './stories/shipping.ts';
import { refundInFull } from './stories/full-refund.ts';
import { letOrderExpire } from './stories/order-expires.ts';
import { payWithNotice } from './stories/payment-notice.ts';
import { findPaymentOnBill } from './stories/payment-on-bill.ts';
import { payWithLostNotice } from './stories/lost-notice.ts';
import { refundLatePayment } from './stories/late-payment.ts';
import { moveToV3 } from './stories/move-to-v3.ts';
import { bindPhoneNumber } from './stories/phone-number.ts';
import { refundInParts } from './stories/partial-refunds.ts';
import { Narrator } from './narrator.ts';

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
  moveToV3,
  findPaymentOnBill,
];

/** Runs all stories against the running service as an HTTP client. Fails unless every check passes. */
async function main(): Promise<void> {
  const { shopUrl, simulatorUrl } = readServiceUrls();
  await assertServicesRunning({ shopUrl, simulatorUrl });
  const service = new ServiceClient(shopUrl);
  const staff = await connectStaff(service);
  const narrator = new Narrator((text) => process.stdout.write(text));
  process.stdout.write(`Service: ${shopUrl}   WeChat simulator: ${simulatorUrl}\n`);
  process.stdout.write(
    '..  user action   ->  mini-program API   =>  admin API   <>  service and WeChat   ok  check passed\n',
  );
  const environment: DemoEnvironment = {
    service,
    wechat: new SimulatorClient(simulatorUrl),
    narrator,
    staff,
  };
  for (const play of STORIES) await play(environment);
  narrator.printSummary(STORIES.length);
}

// Runs the listeners of `exit`, which end the processes and remove the files of the last story.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => process.exit(1));

main().catch((error: unknown) => {
  process.stderr.write(`
The demo failed: ${describeError(error)}
`);
  process.exitCode = 1;
});

function describeError(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const isExpected = [DemoFailedError, UnreachableError, RefusedError].some((type) => error instanceof type);
  return isExpected ? error.message : String(error.stack);
}
