/** The number of rows for which the condition is true. */
export const countWhere = (condition: string): string => `COUNT(CASE WHEN ${condition} THEN 1 END)`;

/** The number of rows for which the condition is false or NULL. */
export const countUnless = (condition: string): string => `COUNT(CASE WHEN ${condition} THEN NULL ELSE 1 END)`;

/** The sum of a column over the rows for which the condition is true. */
export const sumWhere = (column: string, condition: string): string =>
  `SUM(CASE WHEN ${condition} THEN ${column} ELSE 0 END)`;

/** A fact of the checked row, zero when the other table has no row for it. */
export const fact = (name: string): string => `COALESCE(${name}, 0)`;
