import { setTimeout as pause } from 'node:timers/promises';

const POLL_MS = 50;

/**
 * @param {string} what the expected state, for the error message
 * @param {number} timeoutMs
 * @param {() => Promise<boolean> | boolean} condition
 */
export async function waitUntil(what, timeoutMs, condition) {
  const deadline = performance.now() + timeoutMs;
  while (!(await condition())) {
    if (performance.now() > deadline) throw new Error(`Timeout after ${timeoutMs / 1000} s, waiting for ${what}`);
    await pause(POLL_MS);
  }
}

/**
 * @param {string} url
 * @returns {Promise<boolean>} whether the URL returns 200
 */
export async function isResponding(url) {
  try {
    return (await fetch(url, { signal: AbortSignal.timeout(2000), headers: { connection: 'close' } })).status === 200;
  } catch {
    return false;
  }
}
