import { describe, expect, it } from '@jest/globals';
import { getMetadataStorage } from 'class-validator';
import { Settings } from '../../src/config/settings.js';
import { bare, tableRows } from './support.js';

const PAGE = 'docs/configuration.md';

describe('docs/configuration.md: the table of all settings', () => {
  it('lists every variable of the Settings class and no other', async () => {
    const rows = await tableRows(PAGE, '## All settings');
    const known = getMetadataStorage().getTargetValidationMetadatas(Settings, '', false, false);
    expect(rows.map(([name]) => bare(name)).sort()).toEqual(
      [...new Set(known.map((rule) => rule.propertyName))].sort(),
    );
  });

  it('states the same defaults as the Settings class', async () => {
    const rows = await tableRows(PAGE, '## All settings');
    const written = Object.fromEntries(rows.map(([name, value]) => [bare(name), bare(value)]));
    const defaults = Object.entries(new Settings()).filter(([, value]) => value !== undefined);
    expect(defaults.length).toBeGreaterThan(10);
    for (const [name, value] of defaults) expect([name, written[name]]).toEqual([name, String(value)]);
  });
});
