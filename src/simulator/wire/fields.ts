/** The elements of a flat message in the order in which they stand. A value is always text, never a number. */
export type Fields = ReadonlyMap<string, string>;

/** The value of an element; an empty one counts as absent. */
export function fieldValue(fields: Fields, name: string): string | undefined {
  const value = fields.get(name) ?? '';
  return value === '' ? undefined : value;
}

/** Copy with changes; an undefined value takes the element out. Those that were there keep their place. */
export function withFields(fields: Fields, changes: Readonly<Record<string, string | undefined>>): Map<string, string> {
  const changed = new Map(fields);
  for (const [name, value] of Object.entries(changes)) {
    if (value === undefined) changed.delete(name);
    else changed.set(name, value);
  }
  return changed;
}
