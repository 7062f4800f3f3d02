import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';

/** Usual paths. Nothing is downloaded: install it with `apt-get install -y chromium`. */
const CHROMIUM_PATHS = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

const CHROMIUM_FLAGS = [
  ...['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run'],
  ...['--disable-background-networking', '--disable-component-update', '--disable-sync'],
];

/** Starts a headless browser with an empty profile. */
export async function launchChromium(): Promise<Browser> {
  const executablePath = CHROMIUM_PATHS.find((place) => existsSync(place));
  if (executablePath === undefined) throw new Error('Chromium is not installed. Run: apt-get install -y chromium');
  return chromium.launch({ executablePath, headless: true, args: CHROMIUM_FLAGS });
}
