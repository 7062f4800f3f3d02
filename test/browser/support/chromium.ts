import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';

/** Where systems keep it. Nothing is downloaded: `apt-get install -y chromium`. */
const CHROMIUM_PATHS = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

const CHROMIUM_FLAGS = [
  ...['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run'],
  ...['--disable-background-networking', '--disable-component-update', '--disable-sync'],
];

/** A browser with an empty profile of its own, without a window. */
export async function launchChromium(): Promise<Browser> {
  const executablePath = CHROMIUM_PATHS.find((place) => existsSync(place));
  if (executablePath === undefined) throw new Error('There is no Chromium: apt-get install -y chromium');
  return chromium.launch({ executablePath, headless: true, args: CHROMIUM_FLAGS });
}
