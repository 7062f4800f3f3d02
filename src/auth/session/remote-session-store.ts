import type { KeyvStoreAdapter } from 'keyv';

/** A session store in Redis or memcached. */
export interface RemoteSessionStore {
  store: KeyvStoreAdapter;
  /** Does not wait for the server: an unreachable server must not delay the shutdown. */
  disconnect(): Promise<void> | void;
}

/** Injection token of the remote store; the value is null when sessions are in the database. */
export const REMOTE_SESSION_STORE = Symbol('RemoteSessionStore');

/** Loads a client library only when it is used: the Redis client is an eighth of all modules. */
export async function openRemoteSessionStore(url: string): Promise<RemoteSessionStore> {
  return url.startsWith('memcache://') ? openMemcached(url.slice('memcache://'.length)) : openRedis(url);
}

async function openMemcached(address: string): Promise<RemoteSessionStore> {
  const { default: KeyvMemcache } = await import('@keyv/memcache');
  // The client's own log would be mixed into our standard output. Failures are rejected promises anyway.
  const options: object = { logger: { log: () => undefined } };
  const store = new KeyvMemcache(address, options);
  return {
    store,
    disconnect: () => {
      (store.client as { close(): void }).close();
    },
  };
}

async function openRedis(url: string): Promise<RemoteSessionStore> {
  const { default: KeyvRedis } = await import('@keyv/redis');
  const store = new KeyvRedis(url, { throwOnErrors: true, throwOnConnectError: true });
  return { store, disconnect: () => store.disconnect(true) };
}
