import { parseArgs } from 'node:util';
import type { Protocol } from './environment/protocols.ts';

export type Options = {
  orders: number;
  instances: number;
  kills: number;
  seed: number;
  /** the protocols with which new payments begin, not empty */
  protocols: readonly Protocol[];
  /** `own`, `sqlite`, or the address of a MySQL or MariaDB */
  database: string;
  /** one database URL of a cluster for each instance; empty for none */
  urls: string[];
  /** number of users at the same time */
  users: number;
  /** whether the folder of the run is kept */
  keep: boolean;
};

const USAGE = `npm run chaos -- [options]

  --orders N        number of orders (10000)
  --instances N     number of service instances (3; always 1 on SQLite)
  --kills N         number of kill -9 of instances (20)
  --seed N          seed of all random choices (random; it is printed)
  --users N         number of users at the same time (40)
  --protocol P      protocol of new payments: v2, v3, or both in turns (both)
  --database WHAT   own: starts a MariaDB, which is killed too (default); sqlite; or mysql://user:pass@host:port[/empty-database]
  --urls A,B,…      one database URL of a cluster for each instance
  --keep            keep the folder with all logs and responses`;

const PROTOCOLS: Readonly<Record<string, readonly Protocol[]>> = { v2: ['v2'], v3: ['v3'], both: ['v2', 'v3'] };

/** @throws Error with the usage */
export function readOptions(args: string[]): Options {
  try {
    const { values } = parseArgs({
      args,
      options: {
        orders: { type: 'string', default: '10000' },
        instances: { type: 'string', default: '3' },
        kills: { type: 'string', default: '20' },
        seed: { type: 'string', default: String(Math.floor(Math.random() * 1_000_000)) },
        users: { type: 'string', default: '40' },
        protocol: { type: 'string', default: 'both' },
        database: { type: 'string', default: 'own' },
        urls: { type: 'string', default: '' },
        keep: { type: 'boolean', default: false },
      },
    });
    const urls = values.urls === '' ? [] : values.urls.split(',');
    if (!/^(own|sqlite|mysql:\/\/.+)$/.test(values.database))
      throw new Error('--database must be own, sqlite or mysql://…');
    if (!urls.every((url) => url.startsWith('mysql://'))) throw new Error('--urls must be mysql:// URLs');
    const protocols = Object.hasOwn(PROTOCOLS, values.protocol) ? PROTOCOLS[values.protocol] : undefined;
    if (!protocols) throw new Error('--protocol must be v2, v3 or both');
    const isAlone = urls.length === 0 && values.database === 'sqlite';
    return {
      orders: parseWholeNumber('orders', values.orders, 1),
      instances: isAlone ? 1 : urls.length > 0 ? urls.length : parseWholeNumber('instances', values.instances, 1),
      kills: parseWholeNumber('kills', values.kills, 0),
      seed: parseWholeNumber('seed', values.seed, 0),
      users: parseWholeNumber('users', values.users, 1),
      protocols,
      database: values.database,
      urls,
      keep: values.keep,
    };
  } catch (error) {
    throw new Error(`${error instanceof Error ? error.message : String(error)}\n\n${USAGE}`);
  }
}

function parseWholeNumber(name: string, text: string, least: number) {
  const value = Number(text);
  if (!Number.isInteger(value) || value < least) throw new Error(`--${name} must be a whole number, at least ${least}`);
  return value;
}
