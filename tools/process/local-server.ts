import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';

const RESPONSE_TIMEOUT_MS = 2000;
const POLL_MS = 10;

/** A port that was free a moment ago. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

/** Whether the URL returns 200. Does not keep a connection to a server that may be restarted. */
export async function isResponding(url: string): Promise<boolean> {
  try {
    const signal = AbortSignal.timeout(RESPONSE_TIMEOUT_MS);
    return (await fetch(url, { signal, headers: { connection: 'close' } })).status === 200;
  } catch {
    return false;
  }
}

/** @param what the expected state, for the error message. @throws after the timeout, or what the condition throws. */
export async function waitUntil(what: string, timeoutMs: number, condition: () => Promise<boolean> | boolean) {
  const deadline = performance.now() + timeoutMs;
  while (!(await condition())) {
    if (performance.now() > deadline) throw new Error(`Timeout after ${timeoutMs / 1000} s, waiting for ${what}`);
    await pause(POLL_MS);
  }
}
