import { existsSync } from 'node:fs';
import { sendRequest, UnreachableError } from './http.js';
import { DemoFailedError } from './assertions.js';

export interface ServiceUrls {
  shopUrl: string;
  simulatorUrl: string;
}

/** Where service and simulator listen, by the same variables (and the same `.env`) with which they were started. */
export function readServiceUrls(): ServiceUrls {
  if (existsSync('.env')) process.loadEnvFile('.env');
  const port = environmentValue('PORT') ?? '3000';
  const simulatorPort = environmentValue('SIMULATOR_PORT') ?? '3001';
  return {
    shopUrl:
      environmentValue('DEMO_URL')?.replace(/\/+$/, '') ??
      `http://${clientHostOf(environmentValue('HOST') ?? '127.0.0.1')}:${port}`,
    simulatorUrl: environmentValue('DEMO_SIMULATOR_URL')?.replace(/\/+$/, '') ?? `http://127.0.0.1:${simulatorPort}`,
  };
}

/** An empty variable counts as absent, as for the service. */
function environmentValue(name: string): string | undefined {
  const value = process.env[name];
  return value === '' ? undefined : value;
}

/** @throws DemoFailedError that says what to start, and how. */
export async function assertServicesRunning({ shopUrl, simulatorUrl }: ServiceUrls): Promise<void> {
  await assertReachable(
    `${shopUrl}/readyz`,
    `No wx-checkout is ready at ${shopUrl}.\nStart it in another terminal, and leave it running:\n\n  npm start\n\n` +
      'Is it somewhere else? PORT and HOST, or DEMO_URL=http://…, say where.',
  );
  await assertReachable(
    `${simulatorUrl}/_control/clock`,
    `The service runs, but no WeChat simulator answers at ${simulatorUrl}.\n` +
      'The demo pays with invented money only: start the service with WECHAT_MODE=simulator.\n' +
      'Is it somewhere else? SIMULATOR_PORT, or DEMO_SIMULATOR_URL=http://…, says where.',
  );
}

async function assertReachable(url: string, complaint: string): Promise<void> {
  try {
    const { status, body } = await sendRequest(url);
    if (status === 200 && body !== null) return;
  } catch (error) {
    if (!(error instanceof UnreachableError)) throw error;
  }
  throw new DemoFailedError(complaint);
}

/** "Everywhere" is where a service listens; a client goes to this machine. */
function clientHostOf(host: string): string {
  if (host === '0.0.0.0') return '127.0.0.1';
  if (host === '::') return '[::1]';
  return host.includes(':') ? `[${host}]` : host;
}
