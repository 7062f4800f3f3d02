import { expect } from '@jest/globals';
import axe, { type AxeResults } from 'axe-core';
import type { Page } from 'playwright-core';
import { eventually } from '../../support/eventually.js';

/** True when no animation runs, except endless ones such as a loading indicator. */
const NOTHING_FADES = `document.getAnimations().every(
  ({ playState, effect }) => playState !== 'running' || effect.getComputedTiming().iterations === Infinity,
)`;

/** Serious and critical axe violations of the current page, one line per element. */
export async function seriousViolations(page: Page): Promise<string[]> {
  // Text that is still fading has a contrast that no user reads.
  await eventually(async () => expect(await page.evaluate(NOTHING_FADES)).toBe(true));
  await page.evaluate(axe.source);
  const { violations } = await page.evaluate<AxeResults>('axe.run(document, { resultTypes: ["violations"] })');
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) =>
      nodes.map(({ target, failureSummary }) => `${id} ${String(target)}: ${failureSummary ?? ''}`),
    );
}
