import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { NARROW, WIDE } from './visitor.js';

/** For a person to look at; git knows nothing of it. */
const FOLDER = join(import.meta.dirname, '../screenshots');

/** Writes `{name}-1280.png` and `{name}-375.png`, and leaves the window wide. Says whether anything sticks out sideways. */
export async function takeScreenshots(page: Page, name: string): Promise<{ overflow: string[] }> {
  mkdirSync(FOLDER, { recursive: true });
  const overflow: string[] = [];
  for (const size of [NARROW, WIDE]) {
    await page.setViewportSize(size);
    await page.screenshot({ path: join(FOLDER, `${name}-${size.width}.png`), fullPage: true, animations: 'disabled' });
    const width = (await page.evaluate('document.documentElement.scrollWidth')) as number;
    if (width > size.width) overflow.push(`${name} is ${width} px wide in a window of ${size.width}`);
  }
  return { overflow };
}
