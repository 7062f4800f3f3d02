type Defined<T> = { [K in keyof T]?: Exclude<T[K], undefined> };

/** What was really given: request classes hold `undefined` for everything that was left out. */
export function omitUndefined<T extends object>(source: T): Defined<T> {
  return Object.fromEntries(Object.entries(source).filter(([, value]) => value !== undefined)) as Defined<T>;
}
