/**
 * @param {number[]} values at least one
 * @param {number} share 0.5 is the median
 * @returns {number} the value that `share` of all do not exceed
 */
export function quantile(values, share) {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.max(0, Math.ceil(share * sorted.length) - 1))] ?? NaN;
}

/**
 * @param {number[]} values at least one
 * @returns {number}
 */
export function median(values) {
  return quantile(values, 0.5);
}
