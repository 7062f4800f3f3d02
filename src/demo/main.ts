import { addresses, insistOnOpenDoors } from './addresses.js';
import { NotAsItShouldBe } from './checks.js';
import { Clerk } from './clerk.js';
import { Unreachable } from './http.js';
import type { Stage } from './stage.js';
import { anotherWayToPay } from './story-another-way.js';
import { theAnswerIsLost } from './story-answer-lost.js';
import { paidWithACoupon } from './story-coupon.js';
import { theGoodsLeave } from './story-goods-leave.js';
import { theMoneyGoesBack } from './story-money-back.js';
import { nobodyPays } from './story-nobody-pays.js';
import { theNoticeArrives } from './story-notice-arrives.js';
import { theNoticeIsLost } from './story-notice-lost.js';
import { paidTooLate } from './story-paid-too-late.js';
import { thePhoneNumber } from './story-phone-number.js';
import { twoParts } from './story-two-parts.js';
import { Teller } from './teller.js';
import { Wechat } from './wechat.js';

const STORIES = [
  theNoticeArrives,
  theNoticeIsLost,
  nobodyPays,
  theMoneyGoesBack,
  twoParts,
  theAnswerIsLost,
  paidTooLate,
  thePhoneNumber,
  paidWithACoupon,
  theGoodsLeave,
  anotherWayToPay,
];

/** Plays sales and refunds against the running service, as a stranger with an HTTP client, and fails unless all end well. */
async function main(): Promise<void> {
  const { shopUrl, simulatorUrl } = addresses();
  await insistOnOpenDoors({ shopUrl, simulatorUrl });
  const clerk = await Clerk.comesIn(shopUrl);
  const teller = new Teller((text) => process.stdout.write(text));
  process.stdout.write(`The shop: ${shopUrl}   WeChat: the simulator at ${simulatorUrl}\n`);
  process.stdout.write(
    '..  people   ->  mini-program to shop   =>  staff to shop   <>  shop and WeChat   ok  checked\n',
  );
  const stage: Stage = { shopUrl, wechat: new Wechat(simulatorUrl), teller, clerk };
  for (const play of STORIES) await play(stage);
  teller.end(STORIES.length);
}

main().catch((error: unknown) => {
  const isForeseen = error instanceof NotAsItShouldBe || error instanceof Unreachable;
  process.stderr.write(`\nThe demo stops: ${isForeseen ? error.message : String((error as Error).stack)}\n`);
  process.exitCode = 1;
});
