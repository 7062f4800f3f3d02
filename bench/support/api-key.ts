import type { Connection } from 'mysql2/promise';
import { createHash, randomBytes } from 'node:crypto';

/** Inserts an API key with these scopes, separated by spaces. @returns the key */
export async function insertApiKey(connection: Connection, scopes: string): Promise<string> {
  const keyId = randomBytes(8).toString('hex').toUpperCase();
  const prefix = `wxk_live_${keyId}`;
  const key = `${prefix}_${randomBytes(32).toString('base64url')}`;
  const hash = createHash('sha256').update(key, 'utf8').digest('hex');
  await connection.query(
    `INSERT INTO api_keys (key_id, name, prefix, key_hash, scopes, created_by, max_refund_fen_per_day, refund_day_fen,
       created_at, expires_at)
     VALUES (?, 'bench', ?, ?, ?, 'bench', 0, 0, UTC_TIMESTAMP(3), UTC_TIMESTAMP(3) + INTERVAL 1 DAY)`,
    [keyId, prefix, hash, scopes],
  );
  return key;
}
