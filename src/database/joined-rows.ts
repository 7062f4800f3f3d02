import type { DataSource, EntityManager, ObjectLiteral } from 'typeorm';
import type { ColumnMetadata } from 'typeorm/metadata/ColumnMetadata.js';

/** One table of a joined SELECT, with the columns to read. */
interface Source<E extends ObjectLiteral, P extends keyof E & string> {
  entity: new () => E;
  properties: readonly P[];
}

/** A row by the alias of its table. */
type JoinedRow<Sources> = {
  [Alias in keyof Sources]: Sources[Alias] extends Source<infer E, infer P> ? Pick<E, P> : never;
};

interface SelectedColumn {
  alias: string;
  /** Of the result. */
  name: string;
  column: ColumnMetadata;
}

export function columnsOf<E extends ObjectLiteral, P extends keyof E & string>(
  entity: new () => E,
  properties: readonly P[],
): Source<E, P> {
  return { entity, properties };
}

/**
 * A SELECT on several tables in one statement, for the code that runs for every notice. Its text is composed once for each data
 * source.
 */
export class JoinedSelect<Sources extends Record<string, Source<ObjectLiteral, string>>> {
  private readonly composed = new WeakMap<DataSource, { text: string; columns: SelectedColumn[] }>();

  /** @param rest from `FROM` on, in portable SQL with the aliases and a question mark for each value. */
  constructor(
    private readonly sources: Sources,
    private readonly rest: string,
  ) {}

  /** Values are converted as TypeORM does. The columns of an outer join without a row are null. */
  async find(tx: EntityManager, values: unknown[]): Promise<JoinedRow<Sources>[]> {
    const { text, columns } = this.composedFor(tx.dataSource);
    const records = await tx.query<ObjectLiteral[]>(text, values);
    return records.map((record) => this.rowOf(tx.dataSource, columns, record));
  }

  private rowOf({ driver }: DataSource, columns: SelectedColumn[], record: ObjectLiteral): JoinedRow<Sources> {
    const row: Record<string, ObjectLiteral> = {};
    for (const { alias, name, column } of columns) {
      row[alias] ??= {};
      // A converter of a column that is never null would make a value of the nulls of an outer join.
      const value: unknown = record[name];
      row[alias][column.propertyName] = value === null ? null : (driver.prepareHydratedValue(value, column) as unknown);
    }
    return row as JoinedRow<Sources>;
  }

  private composedFor(dataSource: DataSource): { text: string; columns: SelectedColumn[] } {
    const known = this.composed.get(dataSource);
    if (known) return known;
    const columns = Object.entries(this.sources).flatMap(([alias, { entity, properties }]) =>
      properties.map((property): SelectedColumn => {
        const column = dataSource.getMetadata(entity).findColumnWithPropertyName(property);
        if (!column) throw new Error(`${entity.name} has no property ${property}.`);
        return { alias, name: `${alias}_${column.databaseName}`, column };
      }),
    );
    const list = columns.map(({ alias, name, column }) => `${alias}.${column.databaseName} AS ${name}`).join(', ');
    const composed = { text: `SELECT ${list} ${this.rest}`, columns };
    this.composed.set(dataSource, composed);
    return composed;
  }
}
