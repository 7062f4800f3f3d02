/** The elements of a flat message in their order. Values are always text. */
export type Fields = ReadonlyMap<string, string>;

/** The value of an element; undefined for an absent or empty one. */
export function fieldValue(fields: Fields, name: string): string | undefined {
  const value = fields.get(name) ?? '';
  return value === '' ? undefined : value;
}

/** Copies the fields with changes; undefined removes an element. Existing elements keep their position. */
export function withFields(fields: Fields, changes: Readonly<Record<string, string | undefined>>): Map<string, string> {
  const changed = new Map(fields);
  for (const [name, value] of Object.entries(changes)) {
    if (value === undefined) changed.delete(name);
    else changed.set(name, value);
  }
  return changed;
}
