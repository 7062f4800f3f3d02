import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SimulatorCertificates } from '../../src/simulator/certificates/simulator-certificates.js';
import { DEMO_MERCHANT } from '../../src/simulator/simulator-settings.js';

/** Made once for all test files and runs of a day: four RSA keys for each simulator would take most of the suite's time. */
const CACHE_FILE = join(tmpdir(), `wx-checkout-test-certificates-${new Date().toISOString().slice(0, 10)}.json`);

/** Of the demo merchant. Nobody in the world but our own tests trusts them. */
export async function testCertificates(): Promise<SimulatorCertificates> {
  return readCachedCertificates() ?? createCertificates();
}

async function createCertificates(): Promise<SimulatorCertificates> {
  const made = await SimulatorCertificates.generate(DEMO_MERCHANT.mch_id, '127.0.0.1');
  // Several processes may make some at once; each file is whole, and the last one stays.
  const draft = `${CACHE_FILE}.${process.pid}`;
  writeFileSync(draft, JSON.stringify(made), { mode: 0o600 });
  renameSync(draft, CACHE_FILE);
  return made;
}

function readCachedCertificates(): SimulatorCertificates | null {
  try {
    const { all, server } = JSON.parse(readFileSync(CACHE_FILE, 'utf8'), reviveBuffer) as SimulatorCertificates;
    return new SimulatorCertificates(all, server);
  } catch {
    return null;
  }
}

function reviveBuffer(_key: string, value: unknown): unknown {
  const isBuffer = typeof value === 'object' && value !== null && 'type' in value && value.type === 'Buffer';
  return isBuffer && 'data' in value ? Buffer.from(value.data as number[]) : value;
}
