/** The maximum number of differences to print. */
const MAX_LINES = 50;

/**
 * @param {[string, string | number][]} rows
 * @returns {string}
 */
export function formatTable(rows) {
  const width = Math.max(...rows.map(([name]) => name.length));
  return rows.map(([name, value]) => `  ${name.padEnd(width)}  ${String(value).padStart(8)}`).join('\n');
}

/**
 * @param {Record<string, number>} counts
 * @returns {[string, number][]} the counts above zero, sorted by name
 */
export function nonZeroCounts(counts) {
  return Object.entries(counts)
    .filter(([, times]) => times > 0)
    .toSorted(([a], [b]) => a.localeCompare(b));
}

/** @param {string[]} found */
export function formatList(found) {
  const shown = found.slice(0, MAX_LINES).map((line) => `  ${line}`);
  return [...shown, ...(found.length > MAX_LINES ? [`  … and ${found.length - MAX_LINES} more`] : [])].join('\n');
}
