import { type MigrationInterface, type QueryRunner, TableIndex } from 'typeorm';
import { addColumn, varchar } from './columns.js';

const OLD_INDEX = new TableIndex({ name: 'users_openid', columnNames: ['openid'], isUnique: true });
/** The openid first, so that instances of the previous version still find a user by it. */
const NEW_INDEX = new TableIndex({ name: 'users_openid_app', columnNames: ['openid', 'app_id'], isUnique: true });

/**
 * Users become unique by app and openid. WeChat accepted an openid under the app of a prepared JSAPI payment, so that app is
 * taken. A user without one keeps an empty text until the next login: the shop may have changed its AppID, and a wrong one
 * would separate users from their orders. The default also serves instances of the previous version.
 */
export class AddUserApps1796000000150 implements MigrationInterface {
  readonly name = 'AddUserApps1796000000150';

  async up(queryRunner: QueryRunner): Promise<void> {
    await addColumn(queryRunner, 'users', { ...varchar('app_id', 32), default: "''" });
    await queryRunner.query(
      `UPDATE users SET app_id = COALESCE((
         SELECT p.app_id FROM orders o JOIN payments p ON p.order_no = o.order_no
         WHERE o.user_id = users.id AND p.trade_type = 'JSAPI' AND p.prepaid_at IS NOT NULL
         ORDER BY p.id DESC LIMIT 1
       ), '')
       WHERE app_id = ''`,
    );
    await replaceIndex(queryRunner, OLD_INDEX, NEW_INDEX);
  }

  /** Fails if two apps have users with the same openid, which the earlier version cannot tell apart. */
  async down(queryRunner: QueryRunner): Promise<void> {
    await replaceIndex(queryRunner, NEW_INDEX, OLD_INDEX);
    await queryRunner.dropColumn('users', 'app_id');
  }
}

/** Creates the new one first, so that no moment is without a unique index. */
async function replaceIndex(queryRunner: QueryRunner, old: TableIndex, replacement: TableIndex): Promise<void> {
  const known = (await queryRunner.getTable('users'))?.indices.map(({ name }) => name) ?? [];
  if (!known.includes(replacement.name)) await queryRunner.createIndex('users', replacement);
  if (known.includes(old.name)) await queryRunner.dropIndex('users', String(old.name));
}
