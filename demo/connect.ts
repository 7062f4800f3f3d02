import { existsSync, readFileSync } from 'node:fs';
import { sendRequest, UnreachableError } from '../tools/client/http.ts';
import { Session, type ServiceClient } from '../tools/client/service-client.ts';
import { logInStaff, StaffClient, type Credentials } from '../tools/client/staff-client.ts';
import { expectOk } from '../tools/client/typed-client.ts';
import { DemoFailedError } from './assertions.ts';

interface ServiceUrls {
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

/** @throws DemoFailedError that says what to start and how. */
export async function assertServicesRunning({ shopUrl, simulatorUrl }: ServiceUrls): Promise<void> {
  await assertReachable(
    `${shopUrl}/readyz`,
    `wx-checkout is not running at ${shopUrl}.\nStart it in another terminal and keep it running:\n\n  npm start\n\n` +
      'If it runs at another address, set PORT and HOST, or DEMO_URL=http://….',
  );
  await assertReachable(
    `${simulatorUrl}/_control/clock`,
    `The service is running, but no WeChat simulator responds at ${simulatorUrl}.\n` +
      'The demo never uses real money: start the service with WECHAT_MODE=simulator.\n' +
      'If the simulator runs at another address, set SIMULATOR_PORT, or DEMO_SIMULATOR_URL=http://….',
  );
}

async function assertReachable(url: string, failureText: string): Promise<void> {
  try {
    const { status, body } = await sendRequest(url);
    if (status === 200 && typeof body === 'object') return;
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

/** Logs in with the first credentials that the service accepts. @throws DemoFailedError that says how to set them. */
export async function connectStaff(service: ServiceClient): Promise<StaffClient> {
  const refusals: string[] = [];
  for (const credentials of findCredentials()) {
    const reply = await logInStaff(service, credentials);
    if (reply.isOk) return new StaffClient(service, sessionOf(service, credentials, reply.body.token));
    refusals.push(`${credentials.username}: ${reply.status} ${reply.body.code ?? ''}`);
  }
  throw new DemoFailedError(loginFailureText(refusals));
}

/** Logs in with known credentials. @throws RefusedError */
export async function logInAs(service: ServiceClient, credentials: Credentials): Promise<StaffClient> {
  const { token } = expectOk('the staff login', await logInStaff(service, credentials));
  return new StaffClient(service, sessionOf(service, credentials, token));
}

/** Logs in again if the session has expired, because the demo advances the time by hours. */
function sessionOf(service: ServiceClient, credentials: Credentials, token: string): Session {
  return new Session(async () => expectOk('the staff login', await logInStaff(service, credentials)).token, token);
}

function loginFailureText(refusals: string[]): string {
  const why =
    refusals.length > 0
      ? `The staff login was rejected (${refusals.join(', ')}). The password may have been changed.`
      : 'Staff must approve refunds, but the demo has no staff credentials.';
  return (
    `${why}\nSet the username and the password of a staff member. The first start printed the initial password:\n\n` +
    '  DEMO_ADMIN_USERNAME=admin DEMO_ADMIN_PASSWORD=… npm run demo\n\n' +
    'If the password is lost, stop the service, delete data/dev.sqlite* and start it again.'
  );
}

/** Staff credentials to try, in order: set for the demo, set for the service, written by the service. */
function findCredentials(): Credentials[] {
  const first = environmentValue('ADMIN_BOOTSTRAP_USERNAME') ?? 'admin';
  const configured = [
    { username: environmentValue('DEMO_ADMIN_USERNAME') ?? first, password: environmentValue('DEMO_ADMIN_PASSWORD') },
    { username: first, password: environmentValue('ADMIN_BOOTSTRAP_PASSWORD') },
  ];
  const written = readBootstrapCredentials();
  return [...configured, ...(written ? [written] : [])].filter(
    (each): each is Credentials => each.password !== undefined,
  );
}

/** The file that the service writes beside its SQLite database. */
function readBootstrapCredentials(): Credentials | null {
  const url = environmentValue('DATABASE_URL') ?? 'sqlite:./data/dev.sqlite';
  const file = `${url.replace(/^sqlite:/, '')}.first-admin.json`;
  if (!url.startsWith('sqlite:') || !existsSync(file)) return null;
  return JSON.parse(readFileSync(file, 'utf8')) as Credentials;
}

/** An empty variable counts as absent, as in the service. */
function environmentValue(name: string): string | undefined {
  const value = process.env[name];
  return value === '' ? undefined : value;
}
