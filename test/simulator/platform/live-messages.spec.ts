import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { MerchantServer } from '../support/merchant-server.js';
import { APPID, OPENID, SECRET } from '../support/signing.js';
import { waitFor } from '../support/wait-for.js';

interface Live {
  items: Record<string, unknown>[];
  revision: number;
}

let shop: MerchantServer;
beforeAll(async () => {
  shop = await MerchantServer.start();
});
afterAll(() => shop.close());

const look = async (after?: number): Promise<Live> => {
  const query = after === undefined ? '' : `?after=${after}`;
  return (await shop.control('GET', `/messages/live${query}`)).body as unknown as Live;
};

describe('simulator live feed of messages', () => {
  it('returns only the current revision without `after`', async () => {
    await shop.placeOrder();
    const { items, revision } = await look();
    expect(items).toEqual([]);
    expect(revision).toBeGreaterThan(0);
  });

  it('returns each change once', async () => {
    const { revision } = await look();
    const { outTradeNo } = await shop.placeOrder();
    const next = await look(revision);
    expect(next.items).toMatchObject([
      { path: '/pay/unifiedorder', out_trade_no: outTradeNo, signatureOk: true, verdict: 'SUCCESS', isKeptBack: false },
    ]);
    expect(next.items[0]?.['ageMs']).toBeGreaterThanOrEqual(0);
    expect(await look(next.revision)).toEqual({ items: [], revision: next.revision });
  });

  it('returns a call when it starts and again when it finishes', async () => {
    const { revision } = await look();
    await shop.addFault({ endpoint: 'orderquery', kind: 'timeout' });
    const hanging = shop.query('NONE0001').catch(() => 'cut');
    const began = await waitFor('the call', async () => {
      const seen = await look(revision);
      return seen.items.length > 0 ? seen : undefined;
    });
    expect(began.items).toMatchObject([{ path: '/pay/orderquery', latencyMs: null }]);
    await shop.control('DELETE', '/faults');
    await hanging;
    const ended = await waitFor('its end', async () => (await look(began.revision)).items.at(-1));
    expect(ended).toMatchObject({ id: began.items[0]?.['id'], fault: 'timeout before', answer: null });
    expect(ended['latencyMs']).toEqual(expect.any(Number));
  });

  it.each(['lose', 'lose_forever', 'delay'])(
    'returns a withheld notice, which is not in the list of messages: %s',
    async (kind) => {
      const { revision } = await look();
      await shop.addFault({ endpoint: 'notice', kind });
      const { outTradeNo } = await shop.createPaidOrder({}, { notify: 'normal' });
      const kept = await waitFor('the loss', async () =>
        (await look(revision)).items.find((each) => each['isKeptBack']),
      );
      expect(kept).toMatchObject({
        direction: 'sent',
        out_trade_no: outTradeNo,
        fault: kind,
        request: '',
        answer: null,
      });
      const messages = await shop.listItems(`/messages?out_trade_no=${outTradeNo}`);
      expect(messages.map((each) => each['direction'])).not.toContain('sent');
    },
  );

  it('keeps counting after a reset', async () => {
    const { revision } = await look();
    await shop.control('POST', '/reset');
    await shop.placeOrder();
    expect((await look(revision)).items).toHaveLength(1);
  });

  it('redacts session keys and other secrets', async () => {
    const { revision } = await look();
    const { body } = await shop.control('POST', '/codes', { openid: OPENID });
    const query = { appid: APPID, secret: SECRET, js_code: String(body['code']), grant_type: 'authorization_code' };
    const answer = await fetch(`${shop.wechat.url}/sns/jscode2session?${new URLSearchParams(query).toString()}`);
    const { session_key: key } = (await answer.json()) as { session_key: string };
    expect(key.length).toBeGreaterThan(10);
    const seen = JSON.stringify(await look(revision));
    expect(seen).toContain('session_key');
    expect(seen).not.toContain(key);
    expect(seen).not.toContain(SECRET);
  });
});
