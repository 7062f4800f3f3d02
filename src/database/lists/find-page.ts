import {
  And,
  type EntityManager,
  Equal,
  type EntityTarget,
  type FindOptionsOrder,
  type FindOptionsSelect,
  type FindOptionsWhere,
  FindOperator,
  LessThan,
  MoreThan,
  type ObjectLiteral,
} from 'typeorm';
import {
  type CountedPage,
  type CountedPageQuery,
  cursorOfRow,
  cursorRowId,
  type NumberedRow,
  pageOf,
  type PageQuery,
} from '../../common/paging/paging.js';

/** The order of a list, and the cursor that continues it. */
export interface ListOrder<E> {
  readonly sort: FindOptionsOrder<E>;
  /** Conditions for the rows after the cursor, joined by OR. @throws DomainError VALIDATION_FAILED for an invalid cursor. */
  after(query: PageQuery): FindOptionsWhere<E>[];
  cursorOf(row: E): string;
}

/** By row id: a later row has a higher id. */
export const NEWEST_FIRST: ListOrder<NumberedRow> = {
  sort: { id: 'DESC' },
  after: (query) => afterRowId(cursorRowId(query), LessThan),
  cursorOf: cursorOfRow,
};
export const OLDEST_FIRST: ListOrder<NumberedRow> = {
  sort: { id: 'ASC' },
  after: (query) => afterRowId(cursorRowId(query), MoreThan),
  cursorOf: cursorOfRow,
};

function afterRowId(id: number | undefined, comparison: typeof LessThan<number>): FindOptionsWhere<NumberedRow>[] {
  return id === undefined ? [{}] : [{ id: comparison(id) }];
}

/** What a list contains, on all its pages. */
export interface ListSearch<E> {
  /** A list of conditions is joined by OR. */
  where: FindOptionsWhere<E> | FindOptionsWhere<E>[];
  order: ListOrder<E>;
  /** Default: all columns. */
  select?: FindOptionsSelect<E>;
}

/** One page of a table, with the total if the query requests it. Every list of the API that pages over a table uses it. */
export async function findPage<E extends ObjectLiteral>(
  manager: EntityManager,
  entity: EntityTarget<E>,
  query: CountedPageQuery,
  search: ListSearch<NoInfer<E>>,
): Promise<CountedPage<E>> {
  const page = pageOf(await findPageRows(manager, entity, query, search), query, (row) => search.order.cursorOf(row));
  return query.withTotal === true ? { ...page, total: await manager.countBy(entity, search.where) } : page;
}

/** The rows of one page, and the first row of the next page if there is one. */
export function findPageRows<E extends ObjectLiteral>(
  manager: EntityManager,
  entity: EntityTarget<E>,
  query: PageQuery,
  { where, order, select }: ListSearch<NoInfer<E>>,
): Promise<E[]> {
  const conditions = Array.isArray(where) ? where : [where];
  const pageConditions = order.after(query).flatMap((after) => conditions.map((only) => both(only, after)));
  return manager.find(entity, {
    where: pageConditions,
    order: order.sort,
    take: query.limit + 1,
    ...(select && { select }),
  });
}

/** Both conditions, also on a column that both have. */
function both<E>(only: FindOptionsWhere<E>, after: FindOptionsWhere<E>): FindOptionsWhere<E> {
  const shared = Object.keys(after).filter((column) => column in only) as (keyof E)[];
  const joined = shared.map((column) => [column, And(operatorOf(only[column]), operatorOf(after[column]))]);
  return { ...only, ...after, ...(Object.fromEntries(joined) as FindOptionsWhere<E>) };
}

function operatorOf(condition: unknown): FindOperator<unknown> {
  return condition instanceof FindOperator ? condition : Equal(condition);
}
