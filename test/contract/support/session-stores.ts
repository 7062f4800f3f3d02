import { FakeMemcached } from './fake-memcached.js';
import { FakeRedis } from './fake-redis.js';

/** A place for sessions, and the settings of a shop that keeps them there. */
export interface SessionStoreUnderTest {
  environment: Record<string, string>;
  stops: () => Promise<void>;
}

/** Every kind of store that sessions can be kept in. */
export const SESSION_STORES: { where: string; start: () => Promise<SessionStoreUnderTest> }[] = [
  { where: 'the database', start: () => Promise.resolve({ environment: {}, stops: () => Promise.resolve() }) },
  {
    where: 'Redis',
    start: async () => {
      const { redis, url } = await FakeRedis.start();
      return { environment: { SESSION_STORE_URL: url }, stops: () => redis.stop() };
    },
  },
  {
    where: 'memcached',
    start: async () => {
      const { memcached, url } = await FakeMemcached.start();
      return { environment: { SESSION_STORE_URL: url }, stops: () => memcached.stop() };
    },
  },
];
