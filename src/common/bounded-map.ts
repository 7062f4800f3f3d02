/** A map in memory that keeps the latest `maxSize` entries: setting a key makes it the latest one and drops the oldest. */
export class BoundedMap<Key, Value> extends Map<Key, Value> {
  constructor(private readonly maxSize: number) {
    super();
  }

  override set(key: Key, value: Value): this {
    this.delete(key);
    super.set(key, value);
    const oldest = this.keys().next();
    if (this.size > this.maxSize && oldest.done !== true) this.delete(oldest.value);
    return this;
  }
}
