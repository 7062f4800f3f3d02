import { DataSource } from 'typeorm';

/** A data source that adjusts the column types of the entities to its dialect. */
export class ShopDataSource extends DataSource {
  /** SQLite generates ids only for columns of type INTEGER, which have 64 bits there. */
  protected override async buildMetadatas(): Promise<void> {
    await super.buildMetadatas();
    if (this.options.type !== 'better-sqlite3') return;
    for (const column of this.entityMetadatas.flatMap(({ generatedColumns }) => generatedColumns)) {
      if (column.type === 'bigint') column.type = 'integer';
    }
  }
}
