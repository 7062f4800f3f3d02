import type { KeyvStoreAdapter } from 'keyv';

/** Where sessions are kept when that is on another machine. */
export interface RemoteSessionStore {
  store: KeyvStoreAdapter;
  /** Waits for nothing: a machine that is away would keep the process from ending. */
  disconnect(): Promise<void> | void;
}

/** Nest's name for the `RemoteSessionStore`, or for null when sessions are kept in the database. */
export const REMOTE_SESSION_STORE = Symbol('RemoteStore');

/** A client is loaded only where it is used: that of Redis is an eighth of all modules. */
export async function openRemoteSessionStore(url: string): Promise<RemoteSessionStore> {
  return url.startsWith('memcache://') ? openMemcached(url.slice('memcache://'.length)) : openRedis(url);
}

async function openMemcached(address: string): Promise<RemoteSessionStore> {
  const { default: KeyvMemcache } = await import('@keyv/memcache');
  // Its own log would go to the standard output, between our lines; failures reach us as rejections anyway.
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
