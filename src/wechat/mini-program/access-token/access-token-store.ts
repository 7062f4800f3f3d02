import type { TokenAccount } from './token-account.js';

/** An access token as the store shares it between instances. */
export interface StoredAccessToken {
  token: string;
  /** Higher than the serial of every earlier token. */
  serial: number;
  /** From this time on one instance should request the next token, while this one is still valid. */
  renewAt: Date;
  expiresAt: Date;
}

/** What the store contained at the time of reading. */
export interface AccessTokenSnapshot {
  /** Null before the first token, and when it cannot be decrypted because the AppSecret has changed. */
  token: StoredAccessToken | null;
  serial: number;
  /** When a token was last requested before its scheduled renewal: forced in stable mode, after a rejection in plain mode. */
  forcedAt: Date | null;
}

/** The exclusive right to request the next token, until it expires. */
export interface AccessTokenLease {
  id: string;
  /** The serial that the next token will have. */
  serial: number;
}

/** Stores the access token of one account for all instances of a shop. */
export abstract class AccessTokenStore {
  abstract get(): Promise<AccessTokenSnapshot>;

  /**
   * Grants the lease to one of all instances. Null when another instance holds it, or has saved a newer token since `seen`.
   */
  abstract claim(seen: AccessTokenSnapshot, until: Date): Promise<AccessTokenLease | null>;

  /**
   * Saves the token and ends the lease. Returns false and changes nothing when the lease had expired and another instance
   * took it.
   */
  abstract save(lease: AccessTokenLease, token: StoredAccessToken, forcedAt: Date | null): Promise<boolean>;

  abstract release(lease: AccessTokenLease): Promise<void>;
}

/** Creates the store of each account. `AccessTokenStoreModule` provides the one that uses the database. */
export abstract class AccessTokenStoreFactory {
  abstract forAccount(account: TokenAccount): AccessTokenStore;
}
