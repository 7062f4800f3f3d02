import { describe, expect, it } from '@jest/globals';
import { classOf, settingsGroups, variablesOf } from '../../src/config/read-settings.js';
import { Settings } from '../../src/config/settings.js';
import { stripBackticks, tableRows } from './support.js';

const PAGE = 'docs/configuration.md';

/** New, so that their values are the defaults. */
const settings = new Settings();
const groups = [settings, ...settingsGroups(settings)];

describe('docs/configuration.md: the table of all settings', () => {
  it('lists every variable of every group of the settings and no other', async () => {
    const rows = await tableRows(PAGE, '## All settings');
    const known = groups.flatMap((group) => variablesOf(classOf(group)));
    expect(rows.map(([name]) => stripBackticks(name)).sort()).toEqual(known.sort());
    for (const group of ['WECHAT_MODE', 'WECHAT_API_KEY', 'WECHAT_V1_CHARSET', 'WECHAT_CA_FILE'])
      expect(known).toContain(group);
  });

  it('states the same defaults as the classes', async () => {
    const rows = await tableRows(PAGE, '## All settings');
    const written = Object.fromEntries(rows.map(([name, value]) => [stripBackticks(name), stripBackticks(value)]));
    const defaults = groups.flatMap((group) =>
      variablesOf(classOf(group)).flatMap((name) => {
        const value = Reflect.get(group, name) as string | number | readonly number[] | undefined;
        return value === undefined ? [] : [[name, String(value)] as const];
      }),
    );
    expect(defaults.length).toBeGreaterThan(10);
    for (const [name, value] of defaults) expect([name, written[name]]).toEqual([name, value]);
  });
});
