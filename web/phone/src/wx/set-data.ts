/** Parses a path of setData: `list[2].name` → ['list', 2, 'name']. */
function parsePath(name: string): (string | number)[] {
  return [...name.matchAll(/([^.[\]]+)|\[(\d+)\]/g)].map(([, word, index]) => word ?? Number(index));
}

/** Returns a copy of the data with these changes. Unchanged parts stay the same objects. */
export function applyChanges(
  data: Readonly<Record<string, unknown>>,
  changes: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  return Object.entries(changes).reduce<Record<string, unknown>>(
    (changed, [name, value]) => put(changed, parsePath(name), value) as Record<string, unknown>,
    { ...data },
  );
}

function put(into: unknown, [first, ...rest]: readonly (string | number)[], value: unknown): unknown {
  if (first === undefined) return value;
  if (typeof first === 'number') {
    const list: unknown[] = Array.isArray(into) ? [...(into as unknown[])] : [];
    list[first] = put(list[first], rest, value);
    return list;
  }
  const fields = typeof into === 'object' && into !== null ? (into as Record<string, unknown>) : {};
  return { ...fields, [first]: put(fields[first], rest, value) };
}
