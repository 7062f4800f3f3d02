import { DataSource } from 'typeorm';

/** A data source whose entities describe the tables of its own dialect exactly. */
export class ShopDataSource extends DataSource {
  /** SQLite generates ids only for a column of the type INTEGER, which has 64 bits there. */
  protected override async buildMetadatas(): Promise<void> {
    await super.buildMetadatas();
    if (this.options.type !== 'better-sqlite3') return;
    for (const column of this.entityMetadatas.flatMap(({ generatedColumns }) => generatedColumns)) {
      if (column.type === 'bigint') column.type = 'integer';
    }
  }
}
