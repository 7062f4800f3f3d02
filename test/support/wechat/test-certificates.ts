import { createHash } from 'node:crypto';
import { globSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SimulatorCertificates } from '../../../packages/wechat-pay-simulator/src/certificates/simulator-certificates.js';
import { DEMO_MERCHANT } from '../../../packages/wechat-pay-simulator/src/simulator-settings.js';

/** A change of what the simulator generates makes new certificates. */
const SOURCE_HASH = createHash('sha256')
  .update(
    globSync('packages/wechat-pay-simulator/src/certificates/*.ts')
      .sort()
      .map((file) => readFileSync(file, 'utf8'))
      .join(''),
  )
  .digest('hex')
  .slice(0, 12);

/** Cached for all test files and runs of a day: five new RSA keys per simulator would take most of the suite's time. */
const CACHE_FILE = join(
  tmpdir(),
  `wx-checkout-test-certificates-${SOURCE_HASH}-${new Date().toISOString().slice(0, 10)}.json`,
);

/** Returns the certificates of the demo merchant. Only the tests trust them. */
export async function testCertificates(): Promise<SimulatorCertificates> {
  return readCachedCertificates() ?? createCertificates();
}

async function createCertificates(): Promise<SimulatorCertificates> {
  const created = await SimulatorCertificates.generate(DEMO_MERCHANT.mch_id, '127.0.0.1');
  // Several processes may write at once; each file is complete, and the last one stays.
  const draft = `${CACHE_FILE}.${process.pid}`;
  writeFileSync(draft, JSON.stringify(created), { mode: 0o600 });
  renameSync(draft, CACHE_FILE);
  return created;
}

function readCachedCertificates(): SimulatorCertificates | null {
  try {
    const { all, server, platform } = JSON.parse(
      readFileSync(CACHE_FILE, 'utf8'),
      reviveBuffer,
    ) as SimulatorCertificates;
    return new SimulatorCertificates(all, server, platform);
  } catch {
    return null;
  }
}

function reviveBuffer(_key: string, value: unknown): unknown {
  const isBuffer = typeof value === 'object' && value !== null && 'type' in value && value.type === 'Buffer';
  return isBuffer && 'data' in value ? Buffer.from(value.data as number[]) : value;
}
