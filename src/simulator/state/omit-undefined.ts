type Defined<T> = { [K in keyof T]?: Exclude<T[K], undefined> };

/** Removes undefined properties: request classes hold `undefined` for every field that was omitted. */
export function omitUndefined<T extends object>(source: T): Defined<T> {
  return Object.fromEntries(Object.entries(source).filter(([, value]) => value !== undefined)) as Defined<T>;
}
