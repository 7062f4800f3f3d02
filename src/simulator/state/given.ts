type Given<T> = { [K in keyof T]?: Exclude<T[K], undefined> };

/** What was really given: request classes hold `undefined` for everything that was left out. */
export function given<T extends object>(source: T): Given<T> {
  return Object.fromEntries(Object.entries(source).filter(([, value]) => value !== undefined)) as Given<T>;
}
