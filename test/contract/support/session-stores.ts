import { FakeMemcached } from './fake-memcached.js';
import { FakeRedis } from './fake-redis.js';

/** A session store, and the settings of a shop that uses it. */
export interface SessionStoreUnderTest {
  environment: Record<string, string>;
  stop: () => Promise<void>;
}

/** All kinds of session stores. */
export const SESSION_STORES: { where: string; start: () => Promise<SessionStoreUnderTest> }[] = [
  { where: 'the database', start: () => Promise.resolve({ environment: {}, stop: () => Promise.resolve() }) },
  {
    where: 'Redis',
    start: async () => {
      const { redis, url } = await FakeRedis.start();
      return { environment: { SESSION_STORE_URL: url }, stop: () => redis.stop() };
    },
  },
  {
    where: 'memcached',
    start: async () => {
      const { memcached, url } = await FakeMemcached.start();
      return { environment: { SESSION_STORE_URL: url }, stop: () => memcached.stop() };
    },
  },
];
