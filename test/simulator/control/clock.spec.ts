import { describe, expect, it } from '@jest/globals';
import { beijingStamp, readBeijingStamp } from '../../../packages/wechat-pay-simulator/src/beijing-time.js';
import { SimulatorClock } from '../../../packages/wechat-pay-simulator/src/clock.js';
import { GOOD_REPLY, MerchantServer } from '../support/merchant-server.js';
import { waitFor } from '../support/wait-for.js';

const START = Date.parse('2026-11-21T04:00:00.000Z');

describe('simulator clock', () => {
  it('runs the due tasks in order and no others when it is advanced', () => {
    const clock = new SimulatorClock(undefined, 0);
    const done: string[] = [];
    const at = (seconds: number, name: string): (() => void) =>
      clock.schedule(new Date(clock.now().getTime() + seconds * 1000), () => done.push(name));
    at(20, 'second');
    at(10, 'first');
    at(30, 'too late');
    at(15, 'cancelled')();
    clock.advance(25_000);
    expect(done).toEqual(['first', 'second']);
  });

  it('runs faster after setSpeed and keeps the current time', async () => {
    const clock = new SimulatorClock(undefined, 0);
    const before = clock.now();
    let isDone = false;
    clock.schedule(new Date(before.getTime() + 3_600_000), () => (isDone = true));
    clock.setSpeed(360_000);
    await waitFor('an hour has passed', () => isDone);
    expect(clock.now().getTime()).toBeGreaterThanOrEqual(before.getTime() + 3_600_000);
    expect(() => {
      clock.advance(-1);
    }).toThrow(RangeError);
  });

  it('follows the jumps of an external clock', async () => {
    let outside = START;
    const clock = new SimulatorClock({ now: () => new Date(outside) });
    let isDone = false;
    clock.schedule(new Date(START + 60_000), () => (isDone = true));
    outside += 61_000;
    await waitFor('the jump is seen', () => isDone);
    expect(clock.now()).toEqual(new Date(outside));
  });
});

describe('simulator clock: Beijing time', () => {
  it('is eight hours ahead of UTC in every time zone of the machine', () => {
    expect(beijingStamp(new Date('2026-11-21T16:30:05.999Z'))).toBe('20261122003005');
    expect(readBeijingStamp('20261122003005')).toEqual(new Date('2026-11-21T16:30:05.000Z'));
  });

  it.each(['20261322003005', '20260230000000', '2026112200300', '20261122250000', 'tomorrow'])(
    'rejects %s',
    (stamp) => {
      expect(readBeijingStamp(stamp)).toBeUndefined();
    },
  );
});

it('simulator clock: a simulator on an external clock follows its jumps', async () => {
  let outside = START;
  const shop = await MerchantServer.start({ clock: { now: () => new Date(outside) } });
  shop.answerNotice = (response) => response.end('not yet');
  const { prepayId, outTradeNo } = await shop.placeOrder();
  await shop.pay(prepayId);
  await waitFor('the first notice', () => shop.notices.length === 1);
  expect(await shop.query(outTradeNo)).toMatchObject({ time_end: '20261121120000' });
  shop.answerNotice = (response) => response.end(GOOD_REPLY);
  await waitFor('the next attempt is planned', async () => (await shop.listItems('/notices'))[0]?.['nextDueAt']);
  outside += 15_000;
  await waitFor('the second notice', () => shop.notices.length === 2);
  await waitFor('it is accepted', async () => (await shop.listItems('/notices'))[0]?.['state'] === 'accepted');
  expect(shop.wechat.clock.now()).toEqual(new Date(outside));
  await shop.close();
});

describe('simulator responses', () => {
  it('have the virtual time in their Date header, so that a merchant can compare clocks', async () => {
    const shop = await MerchantServer.start();
    try {
      await shop.control('PUT', '/clock', { advanceSeconds: 7200 });
      const answer = await fetch(`${shop.wechat.url}/pay/orderquery`, { method: 'POST', body: '<xml></xml>' });
      const aheadMs = Date.parse(answer.headers.get('date') ?? '') - Date.now();
      expect(aheadMs).toBeGreaterThan(7_100_000);
      expect(aheadMs).toBeLessThan(7_300_000);
    } finally {
      await shop.close();
    }
  });
});
