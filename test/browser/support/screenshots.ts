import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { NARROW, WIDE } from './browser-user.js';

/** For a person to look at; git knows nothing of it. */
const FOLDER = join(import.meta.dirname, '../screenshots');

/** Otherwise the browser's driver would add a style to the page, which the page's own policy refuses aloud. */
const SCREENSHOT_OPTIONS = { animations: 'allow', caret: 'initial' } as const;

/** Writes `{name}-1280.png` and `{name}-375.png`, and leaves the window wide. Says whether anything sticks out sideways. */
export async function takeScreenshots(page: Page, name: string): Promise<{ overflow: string[] }> {
  mkdirSync(FOLDER, { recursive: true });
  const overflow: string[] = [];
  for (const size of [NARROW, WIDE]) {
    await page.setViewportSize(size);
    // As high as the page itself: what sticks to an edge of the window would stand in the middle of the picture.
    const height = await page.evaluate<number>('document.documentElement.scrollHeight');
    await page.setViewportSize({ ...size, height: Math.max(size.height, height) });
    await page.screenshot({ path: join(FOLDER, `${name}-${size.width}.png`), ...SCREENSHOT_OPTIONS });
    const width = await page.evaluate<number>('document.documentElement.scrollWidth');
    if (width > size.width) overflow.push(`${name} is ${width} px wide in a window of ${size.width}`);
  }
  await page.setViewportSize(WIDE);
  return { overflow };
}
