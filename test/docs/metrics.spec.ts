import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { NOTICE_RESULTS } from '../../src/notify/notice-metrics.js';
import { CONTRADICTIONS } from '../../src/payment/event-log/contradictions.js';
import { MetricsScrape } from '../support/clients/metrics-scrape.js';
import { openTestShop, type TestShop } from '../support/test-shop.js';
import { stripBackticks, tableRows } from './support.js';

interface Rule {
  alert: string;
  expr: string;
  labels: { severity: string };
  annotations: { summary: string; runbook: string };
}

interface Panel {
  title: string;
  type: string;
  id: number;
  gridPos: { x: number; y: number; w: number; h: number };
  targets?: { expr: string }[];
}

// @nestjs/swagger depends on a YAML reader; only this test needs one.
const here = createRequire(import.meta.url);
const { load } = createRequire(here.resolve('@nestjs/swagger/package.json'))('js-yaml') as {
  load: (text: string) => { groups: { name: string; rules: Rule[] }[] };
};

const rules = async (): Promise<Rule[]> =>
  load(await readFile('docs/prometheus/alerts.yml', 'utf8')).groups.flatMap((group) => group.rules);
const panels = async (): Promise<Panel[]> =>
  (JSON.parse(await readFile('docs/grafana/wx-checkout.json', 'utf8')) as { panels: Panel[] }).panels;

/** Each metric that an expression names, with its matchers. Prometheus itself creates `up`. */
function selectorsIn(expr: string): { name: string; matchers: string }[] {
  const found = expr.matchAll(/\b((?:wx_checkout|process|nodejs)_\w+)(?:\{([^}]*)\})?/g);
  return [...found].map(([, name = '', matchers = '']) => ({ name, matchers }));
}

/** Whether a matcher such as `wait="X"` or `result=~"A|B"` matches; matchers of Prometheus' own labels always do. */
function isMet(matcher: string, labels: Readonly<Record<string, string>>): boolean {
  const [, label = '', operator = '', value = ''] = /^(\w+)(=~|!=|=)"([^"]*)"$/.exec(matcher.trim()) ?? [];
  if (label === 'job' || label === 'instance') return true;
  const own = labels[label];
  if (own === undefined) return false;
  if (operator === '!=') return own !== value;
  return operator === '=' ? own === value : new RegExp(`^(?:${value})$`).test(own);
}

describe('metrics: documents, alerts and dashboard', () => {
  let shop: TestShop;
  let served: MetricsScrape;

  beforeAll(async () => {
    shop = await openTestShop();
    served = await MetricsScrape.fetch(shop.url);
  });
  afterAll(() => shop.close());

  /** The series that an expression names and that do not exist. */
  const missing = (expr: string): string[] =>
    selectorsIn(expr)
      .filter(({ name, matchers }) => {
        const wanted = matchers === '' ? [] : matchers.split(/,(?=\w+[=!])/);
        return !served.samples.some(
          (sample) => sample.name === name && wanted.every((matcher) => isMet(matcher, sample.labels)),
        );
      })
      .map(({ name, matchers }) => `${name}{${matchers}}`);

  it('docs/operations.md lists every metric of the service with its type and no other', async () => {
    const rows = await tableRows('docs/operations.md', '## Metrics');
    const written = rows.map(([name, type]) => `${stripBackticks(name)} ${type ?? ''}`);
    const own = [...served.types].filter(([name]) => name.startsWith('wx_checkout_'));
    expect(written.sort()).toEqual(own.map(([name, type]) => `${name} ${type}`).sort());
  });

  it('every alert uses series that exist from the first scrape on', async () => {
    const all = await rules();
    expect(all.length).toBeGreaterThan(10);
    expect(all.flatMap(({ alert, expr }) => missing(expr).map((what) => `${alert}: ${what}`))).toEqual([]);
    for (const { alert, expr } of all) {
      expect([alert, selectorsIn(expr).length > 0 || /\bup\{/.test(expr)]).toEqual([alert, true]);
    }
  });

  it('the alert about rejected notices covers every kind of rejection', async () => {
    const { expr = '' } = (await rules()).find(({ alert }) => alert === 'WxCheckoutNoticesRejected') ?? {};
    const [{ matchers } = { matchers: '' }] = selectorsIn(expr);
    const good = [
      'APPLIED',
      'LATE_OR_DUPLICATE',
      'REPEATED',
      'PENDING',
      'FAILED',
      'WARNED',
      'IGNORED',
      'ORDER_UNKNOWN',
      'SIGNATURE_PROBE', // WeChat's own test: rejecting it is right
    ];
    const contradictions = Object.values(CONTRADICTIONS).flat();
    for (const results of Object.values<readonly string[]>(NOTICE_RESULTS)) {
      const elsewhere = [...good, 'ERROR', ...contradictions]; // for errors there is an alert about the database
      const refusals = results.filter((result) => !elsewhere.includes(result));
      expect(refusals.length).toBeGreaterThan(4);
      for (const result of refusals) expect([result, isMet(matchers, { result })]).toEqual([result, true]);
    }
  });

  it('every alert has a severity and a runbook that exists', async () => {
    const pages = (await readFile('docs/operations.md', 'utf8')).matchAll(/^#+ (.+)$/gm);
    const anchors = [...pages].map(([, heading = '']) => heading.toLowerCase().replaceAll(/[^\p{L}\p{N} -]/gu, ''));
    const known = new Set(anchors.map((anchor) => `docs/operations.md#${anchor.replaceAll(' ', '-')}`));
    for (const { alert, labels, annotations } of await rules()) {
      expect(['page', 'ticket']).toContain(labels.severity);
      expect(annotations.summary).not.toBe('');
      expect([alert, annotations.runbook, known.has(annotations.runbook)]).toEqual([alert, annotations.runbook, true]);
    }
  });

  it('every panel of the dashboard uses existing series, and no panels overlap', async () => {
    const all = await panels();
    const expressions = all.flatMap(({ title, targets = [] }) => targets.map(({ expr }) => ({ title, expr })));
    expect(expressions.length).toBeGreaterThan(20);
    expect(expressions.flatMap(({ title, expr }) => missing(expr).map((what) => `${title}: ${what}`))).toEqual([]);
    expect(new Set(all.map(({ id }) => id)).size).toBe(all.length);
    const cells = all.flatMap(({ gridPos: { x, y, w, h } }) =>
      Array.from({ length: w * h }, (_, n) => `${x + (n % w)}/${y + Math.floor(n / w)}`),
    );
    expect(new Set(cells).size).toBe(cells.length);
  });

  it('every metric of the service is used by an alert or a panel', async () => {
    const looked = [...(await rules()).map(({ expr }) => expr)].concat(
      (await panels()).flatMap(({ targets = [] }) => targets.map(({ expr }) => expr)),
    );
    const names = new Set(looked.flatMap((expr) => selectorsIn(expr).map(({ name }) => name)));
    const own = [...served.types.keys()].filter((name) => name.startsWith('wx_checkout_'));
    const isLooked = (name: string): boolean => ['', '_count', '_bucket'].some((end) => names.has(name + end));
    expect(own.filter((name) => !isLooked(name))).toEqual(['wx_checkout_last_accepted_notice_timestamp_seconds']);
  });
});
