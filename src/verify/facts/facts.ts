/**
 * Sums over the rows of another table for each checked row. A page reads them once for all conditions, which use them by the name of the
 * facts: an index lookup per row, instead of one per row and condition.
 */
export interface Facts {
  /** The joined tables with their `ON`. `page` is the condition of the page, for a table that is grouped itself. */
  join: (page: string) => string;
  /** Aggregates by their name. */
  columns: Readonly<Record<string, string>>;
}
