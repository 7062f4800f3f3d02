import type { TokenAccount } from './token-account.js';

/** A token as instances share it. */
export interface StoredAccessToken {
  token: string;
  /** Above that of every token before it. */
  serial: number;
  /** From then on somebody should get the next one, while this one still works. */
  renewAt: Date;
  expiresAt: Date;
}

/** What was on the shelf when somebody looked. */
export interface AccessTokenSnapshot {
  /** Null before the first, and when it cannot be read: the AppSecret is another one now. */
  token: StoredAccessToken | null;
  serial: number;
  /** When one was last got out of turn: forced in stable mode, because of a refusal in plain mode. */
  forcedAt: Date | null;
}

/** The right to get the next token, until it lapses. */
export interface AccessTokenLease {
  id: string;
  /** The serial that the next token will have. */
  serial: number;
}

/** Where the instances of a shop keep the one access token of an account of theirs. */
export abstract class AccessTokenStore {
  abstract get(): Promise<AccessTokenSnapshot>;

  /** For one among all instances; null when another one has it, or has put a newer token there since `seen`. */
  abstract claim(seen: AccessTokenSnapshot, until: Date): Promise<AccessTokenLease | null>;

  /** Puts the token there and ends the lease; false, and nothing changes, when it had lapsed and somebody else has it. */
  abstract save(lease: AccessTokenLease, token: StoredAccessToken, forcedAt: Date | null): Promise<boolean>;

  abstract release(lease: AccessTokenLease): Promise<void>;
}

/** Has a shelf for each account. What keeps data binds it: this layer knows no database. */
export abstract class AccessTokenStoreFactory {
  abstract forAccount(account: TokenAccount): AccessTokenStore;
}
