import type { CountedPage } from './paging.js';
import type { Type } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';

/** Rows of an embedded list that a view returns. The route of the list returns the others. */
export const MAX_EMBEDDED_ROWS = 100;
/** The same for refunds, each of which can have nine URLs of 500 characters. */
export const MAX_EMBEDDED_REFUNDS = 50;

/** A list inside a view: its first rows, the total count, and the cursor for the other rows. */
export interface EmbeddedList<Row> {
  rows: Row[];
  count: number;
  /** Null if all rows are returned. */
  nextCursor: string | null;
}

/** @param firstPage the first page, with the total. */
export function toEmbeddedList<Row>({ items, nextCursor, total = items.length }: CountedPage<Row>): EmbeddedList<Row> {
  return { rows: items, count: total, nextCursor };
}

/** The newest rows in ascending order. @param firstPage the first page of a list that begins with the newest row. */
export function toEmbeddedListInOrder<Row>(firstPage: CountedPage<Row>): EmbeddedList<Row> {
  return toEmbeddedList({ ...firstPage, items: firstPage.items.toReversed() });
}

/** A list inside a view. `route` returns the whole list. */
interface ListDocumentation {
  view: Type;
  description: string;
  route: string;
}

/** `payments`, `paymentsCount` and `paymentsNextCursor` for a list with the name `payments`. */
type ListFields<Name extends string, View> = Record<Name, View[]> &
  Record<`${Name}Count`, number> &
  Record<`${Name}NextCursor`, string | null>;

type FieldsOf<Lists extends Record<string, ListDocumentation>> = {
  [Name in keyof Lists & string]: InstanceType<Lists[Name]['view']>[];
} & Record<`${keyof Lists & string}Count`, number> &
  Record<`${keyof Lists & string}NextCursor`, string | null>;

/** The base class of a view that contains lists: documents the three fields of each. */
export function WithLists<Base extends object, const Lists extends Record<string, ListDocumentation>>(
  Base: Type<Base>,
  lists: Lists,
): Type<Base & FieldsOf<Lists>> {
  class View extends (Base as Type<object>) {}
  for (const [name, { view, description, route }] of Object.entries(lists)) {
    ApiProperty({ type: [view], description })(View.prototype, name);
    ApiCountOf(name)(View.prototype, `${name}Count`);
    const rest = `The \`cursor\` for the other rows at \`${route}\`. Null if all rows are returned here.`;
    ApiProperty({ type: String, nullable: true, description: rest })(View.prototype, `${name}NextCursor`);
  }
  return View as Type<Base & FieldsOf<Lists>>;
}

/** Documents the row count of a list that is embedded in a view. */
export function ApiCountOf(list: string): PropertyDecorator {
  return ApiProperty({
    type: 'integer',
    description: `The total number of \`${list}\`, including those not returned here.`,
  });
}

/** The three fields of one list in a view. */
export function listFields<Name extends string, Row, View>(
  name: Name,
  { rows, count, nextCursor }: EmbeddedList<Row>,
  view: (row: Row) => View,
): ListFields<Name, View> {
  const fields = { [name]: rows.map((row) => view(row)), [`${name}Count`]: count, [`${name}NextCursor`]: nextCursor };
  return fields as ListFields<Name, View>;
}
