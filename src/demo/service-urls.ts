import { existsSync } from 'node:fs';
import { sendRequest, UnreachableError } from './http.js';
import { DemoFailedError } from './assertions.js';

export interface ServiceUrls {
  shopUrl: string;
  simulatorUrl: string;
}

/** The URLs of service and simulator, from the same variables (and the same `.env`) as at their start. */
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

/** An empty variable counts as absent, as in the service. */
function environmentValue(name: string): string | undefined {
  const value = process.env[name];
  return value === '' ? undefined : value;
}

/** @throws DemoFailedError that says what to start and how. */
export async function assertServicesRunning({ shopUrl, simulatorUrl }: ServiceUrls): Promise<void> {
  await assertReachable(
    `${shopUrl}/readyz`,
    `wx-checkout is not running at ${shopUrl}.\nStart it in another terminal and keep it running:\n\n  npm start\n\n` +
      'If it runs at another address, set PORT and HOST, or DEMO_URL=http://….',
  );
  await assertReachable(
    `${simulatorUrl}/_control/clock`,
    `The service is running, but no WeChat simulator answers at ${simulatorUrl}.\n` +
      'The demo never uses real money: start the service with WECHAT_MODE=simulator.\n' +
      'If the simulator runs at another address, set SIMULATOR_PORT, or DEMO_SIMULATOR_URL=http://….',
  );
}

async function assertReachable(url: string, failureText: string): Promise<void> {
  try {
    const { status, body } = await sendRequest(url);
    if (status === 200 && body !== null) return;
  } catch (error) {
    if (!(error instanceof UnreachableError)) throw error;
  }
  throw new DemoFailedError(failureText);
}

/** Replaces the wildcard address, on which a service can listen but which a client cannot use. */
function clientHostOf(host: string): string {
  if (host === '0.0.0.0') return '127.0.0.1';
  if (host === '::') return '[::1]';
  return host.includes(':') ? `[${host}]` : host;
}
