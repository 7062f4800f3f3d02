import { describe, expect, it } from '@jest/globals';
import { checkShopIdentity } from './check-shop-identity.js';

const live = (mchId: string, accepted?: string): Parameters<typeof checkShopIdentity>[1] => ({
  WECHAT_MODE: 'live',
  WECHAT_MCH_ID: mchId,
  ...(accepted !== undefined && { ACCEPT_MERCHANT_CHANGE_FROM: accepted }),
});
const simulated = (mchId = '1900000109', accepted?: string): Parameters<typeof checkShopIdentity>[1] => ({
  ...live(mchId, accepted),
  WECHAT_MODE: 'simulator',
});

describe('shop identity', () => {
  it.each([live('1230000109'), simulated()])('is stored at the first start: %j', (present) => {
    expect(checkShopIdentity(null, present)).toEqual({ kind: 'STORE' });
  });

  it('is unchanged at later starts', () => {
    expect(checkShopIdentity({ mode: 'live', mchId: '1230000109' }, live('1230000109'))).toEqual({ kind: 'SAME' });
    expect(checkShopIdentity({ mode: 'live', mchId: '1230000109' }, live('1230000109', '1230000108'))).toEqual({
      kind: 'SAME',
    });
    expect(checkShopIdentity({ mode: 'simulator', mchId: '1900000109' }, simulated())).toEqual({ kind: 'SAME' });
  });

  it.each([simulated('1230000109'), simulated('1900000109', '1230000109'), simulated('1230000109', '1230000109')])(
    'rejects the simulator for a live database, regardless of accepted changes: %j',
    (present) => {
      const verdict = checkShopIdentity({ mode: 'live', mchId: '1230000109' }, present);
      expect(verdict).toMatchObject({
        kind: 'REFUSED',
        reason: expect.stringMatching(/^WECHAT_MODE must be live.*NODE_ENV=production/),
      });
    },
  );

  it.each([live('1230000109'), live('1900000109'), live('1230000109', '1900000109')])(
    'rejects live mode for a database of the simulator: %j',
    (present) => {
      const verdict = checkShopIdentity({ mode: 'simulator', mchId: '1900000109' }, present);
      expect(verdict).toMatchObject({
        kind: 'REFUSED',
        reason: expect.stringMatching(/^DATABASE_URL must be another/),
      });
    },
  );

  it('rejects another merchant number unless the old one is accepted', () => {
    const known = { mode: 'live', mchId: '1230000109' } as const;
    for (const present of [live('1230000110'), live('1230000110', '1230000111'), live('1230000110', '1230000110')]) {
      const verdict = checkShopIdentity(known, present);
      expect(verdict).toMatchObject({
        kind: 'REFUSED',
        reason: expect.stringMatching(/ACCEPT_MERCHANT_CHANGE_FROM=1230000109$/),
      });
    }
    expect(checkShopIdentity(known, live('1230000110', '1230000109'))).toEqual({ kind: 'STORE' });
  });

  it('stores the mode at the first start after an upgrade without a known mode', () => {
    const known = { mode: null, mchId: '1900000109' };
    expect(checkShopIdentity(known, simulated())).toEqual({ kind: 'STORE' });
    expect(checkShopIdentity(known, live('1900000109'))).toEqual({ kind: 'STORE' });
    expect(checkShopIdentity(known, live('1230000109'))).toMatchObject({ kind: 'REFUSED' });
    expect(checkShopIdentity(known, live('1230000109', '1900000109'))).toEqual({ kind: 'STORE' });
  });
});
