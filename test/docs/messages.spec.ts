import { readFile } from 'node:fs/promises';
import { describe, expect, it } from '@jest/globals';
import { VALUE_KINDS } from '../../src/notification/format-template-value.js';
import { EXAMPLE_VARIABLES, PLACEHOLDERS } from '../../src/notification/placeholders.js';
import { readTemplates } from '../../src/notification/read-templates.js';
import { BUYER_NOTIFICATION_TYPES } from '../../src/order/buyer-notification.js';
import { stripBackticks, tableRows } from './support.js';

const PAGE = 'docs/messages.md';

describe('docs/messages.md: subscribe messages', () => {
  it('lists every placeholder with its example and no other', async () => {
    const rows = await tableRows(PAGE, '## Placeholders 占位符');
    const written = rows
      .filter(([name]) => name?.includes('{'))
      .map(([name, example]) => [stripBackticks(name), stripBackticks(example)]);
    const known = Object.entries(EXAMPLE_VARIABLES).map(([name, example]) => [`{${name}}`, example]);
    expect(written.sort()).toEqual(known.sort());
    expect(new Set(Object.values(PLACEHOLDERS).flat()).size).toBe(known.length);
  });

  it('lists every event and every kind of value', async () => {
    const page = await readFile(PAGE, 'utf8');
    const events = await tableRows(PAGE, '## Events');
    expect(events.map(([name]) => stripBackticks(name))).toEqual([...BUYER_NOTIFICATION_TYPES]);
    for (const kind of VALUE_KINDS) expect(page).toContain(`\`${kind}\``);
  });

  it('shows an example file that the service accepts', async () => {
    const [, example = ''] = /```json\n([\s\S]*?)```/.exec(await readFile(PAGE, 'utf8')) ?? [];
    const { errors } = readTemplates(JSON.parse(example));
    expect(errors.filter((error) => !error.includes('templateId'))).toEqual([]);
  });
});
