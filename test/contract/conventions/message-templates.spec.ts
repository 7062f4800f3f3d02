import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { createApp } from '../../../src/create-app.js';
import { DEMO_TEMPLATES } from '../../../packages/wechat-pay-simulator/src/messages/wechat-template-store.js';
import { MERCHANT_ENVIRONMENT } from '../../support/fixtures/merchant-environment.js';
import { sendRequest } from '../../../tools/client/http.js';
import { MessageFixture } from '../../support/fixtures/message-fixture.js';

const LIVE = { WECHAT_MODE: 'live', ...MERCHANT_ENVIRONMENT };
const [{ templateId } = { templateId: '' }] = DEMO_TEMPLATES;

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'messages-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function fileWith(content: unknown): Promise<{ SUBSCRIBE_MESSAGES_FILE: string }> {
  const path = join(folder, 'messages.json');
  await writeFile(path, typeof content === 'string' ? content : JSON.stringify(content));
  return { SUBSCRIBE_MESSAGES_FILE: path };
}

describe('message templates for the mini-program', () => {
  let fixture: MessageFixture;
  afterEach(() => fixture.close());
  const items = async (): Promise<unknown> => {
    const { status, body } = await sendRequest<{ items: unknown }>(
      `${fixture.refundFixture.shop.url}/api/message-templates`,
    );
    expect(status).toBe(200);
    return body.items;
  };

  it('are those of the simulator in simulator mode, for every caller', async () => {
    fixture = await MessageFixture.open();
    const events = ['orderPaid', 'refundApproved', 'refundRejected', 'refundSucceeded', 'refundFailed'];
    expect(await items()).toEqual(
      DEMO_TEMPLATES.map((template, at) => ({ event: events[at], templateId: template.templateId })),
    );
  });

  it('are empty in a live shop without a templates file, which stores no messages either', async () => {
    fixture = await MessageFixture.open({ environment: LIVE });
    await fixture.giveConsent();
    await fixture.refundFixture.createApprovedRefund(await fixture.createPaidOrder());
    await fixture.runJobsAfter({ minutes: 2 });
    expect(await items()).toEqual([]);
    expect(await fixture.getOutboxEntries()).toEqual([]);
    expect(await fixture.countSends()).toBe(0);
  });

  it('are those of the file, and messages are stored only for them', async () => {
    const thing = {
      thing4: '{shopName}：{items}',
      character_string1: '{orderNo}',
      amount2: '{amountYuan}元',
      date3: '{paidAt}',
    };
    const config = { miniprogramState: 'trial', lang: 'zh_HK', orderPaid: { templateId, data: thing } };
    fixture = await MessageFixture.open({
      environment: { ...LIVE, ...(await fileWith(`\ufeff${JSON.stringify(config)}`)) },
    });
    await fixture.giveConsent();
    await fixture.refundFixture.createApprovedRefund(await fixture.createPaidOrder());
    await fixture.runJobsAfter({ minutes: 2 });
    expect(await items()).toEqual([{ event: 'orderPaid', templateId }]);
    expect(await fixture.getMessages()).toMatchObject([
      {
        page: null,
        miniprogramState: 'trial',
        lang: 'zh_HK',
        data: { thing4: expect.stringMatching(/^小店：龙井茶 /), amount2: '100.00元' },
      },
    ]);
    expect(await fixture.getOutboxEntries()).toHaveLength(1);
  });
});

describe('an invalid templates file', () => {
  const startWith = (environment: Record<string, string>): Promise<unknown> =>
    createApp({ NODE_ENV: 'test', LOG_LEVEL: 'silent', DATABASE_URL: 'sqlite::memory:', ...environment });

  it.each<[unknown, RegExp]>([
    ['{ "orderPaid": ', /SUBSCRIBE_MESSAGES_FILE: must be a file with valid JSON: /],
    ['{}', /SUBSCRIBE_MESSAGES_FILE: must have at least one of orderPaid/],
    [
      { orderPaid: { templateId: 'x', data: { thing1: '{orderNr}' } }, lang: 'x' },
      /^Cannot start:\n {2}SUBSCRIBE_MESSAGES_FILE: orderPaid\.data\.thing1 has an unknown placeholder \{orderNr\}.*\n {2}SUBSCRIBE_MESSAGES_FILE: lang must be/,
    ],
  ])('stops the start, and says why: %j', async (content, why) => {
    await expect(startWith(await fileWith(content))).rejects.toThrow(why);
    await expect(startWith({ ...LIVE, ...(await fileWith(content)) })).rejects.toThrow(why);
  });

  it('prevents the start when it is missing', async () => {
    await expect(startWith({ SUBSCRIBE_MESSAGES_FILE: join(folder, 'none.json') })).rejects.toThrow(
      /SUBSCRIBE_MESSAGES_FILE must be the path of a JSON file/,
    );
  });
});
