import type { KeyvStoreAdapter } from 'keyv';

/** Where sessions are kept when that is on another machine. */
export interface RemoteStore {
  store: KeyvStoreAdapter;
  /** Waits for nothing: a machine that is away would keep the process from ending. */
  leave(): Promise<void> | void;
}

/** Nest's name for the `RemoteStore`, or for null when sessions are kept in the database. */
export const REMOTE_STORE = Symbol('RemoteStore');

/** A client is loaded only where it is used: that of Redis is an eighth of all modules. */
export async function remoteStore(url: string): Promise<RemoteStore> {
  return url.startsWith('memcache://') ? memcached(url.slice('memcache://'.length)) : redis(url);
}

async function memcached(address: string): Promise<RemoteStore> {
  const { default: KeyvMemcache } = await import('@keyv/memcache');
  // Its own log would go to the standard output, between our lines; failures reach us as rejections anyway.
  const options: object = { logger: { log: () => undefined } };
  const store = new KeyvMemcache(address, options);
  return {
    store,
    leave: () => {
      (store.client as { close(): void }).close();
    },
  };
}

async function redis(url: string): Promise<RemoteStore> {
  const { default: KeyvRedis } = await import('@keyv/redis');
  const store = new KeyvRedis(url, { throwOnErrors: true, throwOnConnectError: true });
  return { store, leave: () => store.disconnect(true) };
}
