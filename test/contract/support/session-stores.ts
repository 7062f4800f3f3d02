import { Memcached } from './memcached.js';
import { Redis } from './redis.js';

/** A place for sessions, and the settings of a shop that keeps them there. */
export interface SessionStoreUnderTest {
  environment: Record<string, string>;
  stops: () => Promise<void>;
}

/** Every kind of store that sessions can be kept in. */
export const SESSION_STORES: { where: string; starts: () => Promise<SessionStoreUnderTest> }[] = [
  { where: 'the database', starts: () => Promise.resolve({ environment: {}, stops: () => Promise.resolve() }) },
  {
    where: 'Redis',
    starts: async () => {
      const { redis, url } = await Redis.starts();
      return { environment: { SESSION_STORE_URL: url }, stops: () => redis.stops() };
    },
  },
  {
    where: 'memcached',
    starts: async () => {
      const { memcached, url } = await Memcached.starts();
      return { environment: { SESSION_STORE_URL: url }, stops: () => memcached.stops() };
    },
  },
];
