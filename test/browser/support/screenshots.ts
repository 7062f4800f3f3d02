import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { NARROW, WIDE } from './browser-user.js';

/** Screenshots for manual review, ignored by git. */
const FOLDER = join(import.meta.dirname, '../screenshots');

/** By default Playwright adds a style to the page, which violates the page's Content Security Policy. */
const SCREENSHOT_OPTIONS = { animations: 'allow', caret: 'initial' } as const;

/** Writes `{name}-1280.png` and `{name}-375.png`, and returns the widths at which the page overflows. Leaves the window wide. */
export async function takeScreenshots(page: Page, name: string): Promise<{ overflow: string[] }> {
  mkdirSync(FOLDER, { recursive: true });
  const overflow: string[] = [];
  for (const size of [NARROW, WIDE]) {
    await page.setViewportSize(size);
    // As high as the page. Otherwise sticky elements would be in the middle of the screenshot.
    const height = await page.evaluate<number>('document.documentElement.scrollHeight');
    await page.setViewportSize({ ...size, height: Math.max(size.height, height) });
    await page.screenshot({ path: join(FOLDER, `${name}-${size.width}.png`), ...SCREENSHOT_OPTIONS });
    const width = await page.evaluate<number>('document.documentElement.scrollWidth');
    if (width > size.width) overflow.push(`${name} is ${width} px wide in a window of ${size.width}`);
  }
  await page.setViewportSize(WIDE);
  return { overflow };
}
