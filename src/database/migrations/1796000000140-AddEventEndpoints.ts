import type { MigrationInterface, QueryRunner } from 'typeorm';
import {
  autoIncrementId,
  bigint,
  createTable,
  datetime,
  integer,
  largeRowId,
  nullable,
  text,
  varchar,
} from './columns.js';

/** Endpoints of the merchant's systems, the deliveries of events to them, and the positions of events for polling. */
export class AddEventEndpoints1796000000140 implements MigrationInterface {
  readonly name = 'AddEventEndpoints1796000000140';

  async up(queryRunner: QueryRunner): Promise<void> {
    await createTable(queryRunner, {
      name: 'event_sequence',
      columns: [{ ...integer('id'), isPrimary: true }, bigint('position')],
    });
    const [row] = (await queryRunner.query('SELECT id FROM event_sequence')) as unknown[];
    if (row === undefined) await queryRunner.query('INSERT INTO event_sequence (id, position) VALUES (1, 0)');
    await createTable(queryRunner, {
      name: 'event_endpoints',
      columns: [
        autoIncrementId(),
        varchar('endpoint_id', 24),
        varchar('url', 500),
        varchar('types', 500),
        varchar('description', 200),
        varchar('status', 16),
        nullable(varchar('disabled_reason', 16)),
        text('encrypted_secret'),
        nullable(text('encrypted_previous_secret')),
        nullable(datetime('previous_secret_until')),
        nullable(datetime('next_due_at')),
        nullable(datetime('lease_until')),
        integer('failures'),
        nullable(datetime('paused_until')),
        datetime('created_at'),
        datetime('updated_at'),
      ],
      indices: [{ name: 'event_endpoints_endpoint_id', columnNames: ['endpoint_id'], isUnique: true }],
    });
    await createTable(queryRunner, {
      name: 'event_deliveries',
      columns: [
        largeRowId(queryRunner),
        integer('endpoint_row_id'),
        bigint('event_row_id'),
        varchar('status', 16),
        integer('attempts'),
        nullable(datetime('next_attempt_at')),
        datetime('created_at'),
        nullable(datetime('ended_at')),
      ],
      indices: [
        { name: 'event_deliveries_event', columnNames: ['endpoint_row_id', 'event_row_id'], isUnique: true },
        { name: 'event_deliveries_due', columnNames: ['endpoint_row_id', 'next_attempt_at'] },
        { name: 'event_deliveries_status', columnNames: ['endpoint_row_id', 'status', 'created_at'] },
        { name: 'event_deliveries_created_at', columnNames: ['created_at'] },
      ],
    });
    await createTable(queryRunner, {
      name: 'event_delivery_attempts',
      columns: [
        largeRowId(queryRunner),
        bigint('delivery_row_id'),
        datetime('at'),
        integer('duration_ms'),
        nullable(integer('status_code')),
        nullable(varchar('error_code', 64)),
        nullable(text('response_body')),
      ],
      indices: [
        { name: 'event_delivery_attempts_delivery', columnNames: ['delivery_row_id', 'id'] },
        { name: 'event_delivery_attempts_at', columnNames: ['at'] },
      ],
    });
  }

  /** The events stay. Their positions are removed, because a later upgrade counts from one again. */
  async down(queryRunner: QueryRunner): Promise<void> {
    for (const table of ['event_delivery_attempts', 'event_deliveries', 'event_endpoints', 'event_sequence'])
      await queryRunner.dropTable(table);
    await queryRunner.query('UPDATE events SET position = NULL');
  }
}
