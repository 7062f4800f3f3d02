import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Logger } from '@nestjs/common';
import { StubV3Server, type V3StubAnswer } from '../../../../../test/support/wechat/stub-v3-server.js';
import {
  createV3Fixture,
  V3_DRAFT,
  V3_SETTINGS,
  type V3Fixture,
} from '../../../../../test/support/wechat/v3-provider-fixture.js';
import { VECTORS } from '../../../../../test/vectors/v3/vectors.js';

Logger.overrideLogger(false);

const { oldCertificateSerial: OLD, certificateSerial: NEW, publicKeyId } = VECTORS;
/** The list of V17: the old certificate, which signs, and the new one. */
const LIST: V3StubAnswer = { body: VECTORS.answers.V17.body, serial: OLD };
const ONLY_OLD: V3StubAnswer = {
  serial: OLD,
  body: JSON.stringify({ data: (JSON.parse(VECTORS.answers.V17.body) as { data: unknown[] }).data.slice(0, 1) }),
};
const CERTIFICATES_ONLY = { WECHAT_PAY_PUBLIC_KEY_BASE64: '', WECHAT_PAY_PUBLIC_KEY_ID: '' };

let host: StubV3Server;
let fixture: V3Fixture;
let list: V3StubAnswer;
let serial: string;

beforeEach(async () => {
  host = new StubV3Server(() => fixture.clock.now());
  await host.open();
  host.respond = ({ path }) => (path === '/v3/certificates' ? list : { body: '{"prepay_id":"wx1"}', serial });
  [list, serial] = [LIST, OLD];
  fixture = await createV3Fixture([host.url], CERTIFICATES_ONLY);
});
afterEach(async () => {
  await fixture.close();
  await host.close();
});

const restart = async (environment: Record<string, string>): Promise<void> => {
  await fixture.close();
  fixture = await createV3Fixture([host.url], environment);
};
const prepay = () => fixture.provider.prepay(fixture.provider.composePrepay(V3_DRAFT));
const downloads = (): number => host.requests.filter(({ path }) => path === '/v3/certificates').length;
const heldKeys = (): string[] => fixture.environment.keys.store.list().map(({ id }) => id);

describe('v3 platform certificates', () => {
  it('the first response is verified after one download, and later ones need none', async () => {
    expect(await prepay()).toMatchObject({ kind: 'done' });
    serial = NEW;
    expect(await prepay()).toMatchObject({ kind: 'done' });
    expect(downloads()).toBe(1);
    expect(heldKeys()).toEqual([OLD, NEW]);
  });

  it('a request names the certificate that became effective last', async () => {
    await prepay();
    await prepay();
    expect(host.requests.at(0)?.headers['wechatpay-serial']).toBeUndefined();
    expect(host.requests.at(-1)?.headers['wechatpay-serial']).toBe(NEW);
  });

  it('with the public key too, either key is accepted during the change', async () => {
    await restart({ WECHAT_PAY_PLATFORM_CERTS: 'download' });
    await fixture.environment.keys.updater.refreshWhenDue();
    for (serial of [publicKeyId, OLD, NEW]) expect(await prepay()).toMatchObject({ kind: 'done' });
    expect(host.requests.at(-1)?.headers['wechatpay-serial']).toBe(publicKeyId);
  });

  it('calls at the same time share one download', async () => {
    await Promise.all(Array.from({ length: 10 }, () => prepay()));
    expect(downloads()).toBe(1);
  });

  it('60 unknown serials within four minutes cause at most 8 downloads, and a new certificate is known within 90 s', async () => {
    list = ONLY_OLD;
    await prepay();
    serial = NEW;
    for (let call = 0; call < 60; call++) {
      fixture.advance(3);
      expect(await prepay()).toMatchObject({ kind: 'unknown', failure: { kind: 'BAD_SIGNATURE' } });
    }
    expect(downloads()).toBeLessThanOrEqual(8);
    list = LIST;
    let isKnown = false;
    for (let waited = 0; waited <= 90 && !isKnown; waited += 10) {
      isKnown = (await prepay()).kind === 'done';
      fixture.advance(10);
    }
    expect(isKnown).toBe(true);
  });

  it('the list is refreshed after 12 hours, and a minute after a failure', async () => {
    const { updater } = fixture.environment.keys;
    await updater.refreshWhenDue();
    fixture.advance(11 * 3600);
    await updater.refreshWhenDue();
    expect(downloads()).toBe(1);
    fixture.advance(3601);
    list = { status: 500, body: '' };
    await updater.refreshWhenDue();
    fixture.advance(61);
    list = LIST;
    await updater.refreshWhenDue();
    await updater.refreshWhenDue();
    expect(downloads()).toBe(3);
  });

  it.each([
    ['signed by an unknown key', { ...LIST, serial: 'F'.repeat(40) }],
    ['wrongly signed', { ...LIST, signature: (right: string) => right.replace(/^../, 'AA') }],
    ['unsigned', { ...LIST, signature: null }],
    ['altered', { ...LIST, body: VECTORS.answers.V17.body.replace('"ciphertext":"p', '"ciphertext":"q') }],
    ['empty', { ...LIST, body: '{"data":[]}' }],
  ])('a list that is %s replaces nothing', async (_name, answer: V3StubAnswer) => {
    await prepay();
    list = answer;
    fixture.advance(13 * 3600);
    await fixture.environment.keys.updater.refreshWhenDue();
    expect(heldKeys()).toEqual([OLD, NEW]);
  });

  it.each([404, 403])(
    'HTTP %i never stops a shop with the public key, and is asked again after 12 hours',
    async (status) => {
      await restart({ WECHAT_PAY_PLATFORM_CERTS: 'download' });
      list = { status, body: '{"code":"RESOURCE_NOT_EXISTS","message":"无可用的平台证书"}' };
      serial = publicKeyId;
      await fixture.environment.keys.updater.refreshWhenDue();
      fixture.advance(3600);
      await fixture.environment.keys.updater.refreshWhenDue();
      expect(await prepay()).toMatchObject({ kind: 'done' });
      expect(downloads()).toBe(1);
    },
  );

  it('an expired certificate verifies nothing', async () => {
    await prepay();
    fixture.advance(200 * 86_400);
    list = { status: 500 };
    expect(await prepay()).toMatchObject({ kind: 'unknown' });
    serial = NEW;
    expect(await prepay()).toMatchObject({ kind: 'done' });
  });

  it('without download, a certificate is unknown', async () => {
    await restart({});
    expect(V3_SETTINGS.WECHAT_PAY_PUBLIC_KEY_ID).toBe(publicKeyId);
    expect(await prepay()).toMatchObject({ kind: 'unknown' });
    expect(downloads()).toBe(0);
  });
});
