import { isText, matches, OptionalSetting, Satisfies, WholeNumber } from './setting-decorators.js';

/** Logins and reads of staff, and the first administrator. */
export class StaffSettings {
  /** Failed logins of one staff name from one network in 15 minutes, before 429. The column can store 15. */
  @WholeNumber(1, 15)
  readonly STAFF_LOGIN_FAILURES: number = 5;

  /** Failed staff logins from one network in 15 minutes, under all names together, before 429. */
  @WholeNumber(1, 1_000_000)
  readonly STAFF_LOGIN_FAILURES_PER_NETWORK: number = 30;

  /** The same for a network with a successful login in the last 30 days, such as an office. */
  @WholeNumber(1, 1_000_000)
  readonly STAFF_LOGIN_FAILURES_PER_KNOWN_NETWORK: number = 300;

  /**
   * Failed logins of one staff name in 15 minutes from all networks, before attempts from unknown networks are slowed
   * down.
   */
  @WholeNumber(1, 1_000_000)
  readonly STAFF_LOGIN_FAILURES_PER_NAME: number = 20;

  /** Seconds between two such attempts. */
  @WholeNumber(1, 900)
  readonly STAFF_LOGIN_SPACING_SECONDS: number = 10;

  /** Lists and sums for staff that one instance reads at the same time; others wait. With SQLite it is one. */
  @WholeNumber(1, 100)
  readonly STAFF_READ_CONCURRENCY: number = 3;

  /** Seconds that a statement of such a read may take on MySQL and MariaDB, before 503. Shorter than a unit of work. */
  @WholeNumber(1, 5)
  readonly STAFF_READ_TIMEOUT_SECONDS: number = 3;

  @OptionalSetting()
  @Satisfies(matches(/^[\w.@-]{1,64}$/), 'must be 1 to 64 letters, digits or . _ @ -')
  readonly ADMIN_BOOTSTRAP_USERNAME?: string;

  @OptionalSetting()
  @Satisfies((value) => isText(value) && value.length >= 8 && value.length <= 128, 'must be 8 to 128 characters')
  readonly ADMIN_BOOTSTRAP_PASSWORD?: string;
}
