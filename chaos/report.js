/** Differences that are printed; of a thousand more nobody reads the rest. */
const MOST_LINES = 50;

/**
 * @param {[string, string | number][]} rows
 * @returns {string}
 */
export function table(rows) {
  const width = Math.max(...rows.map(([name]) => name.length));
  return rows.map(([name, value]) => `  ${name.padEnd(width)}  ${String(value).padStart(8)}`).join('\n');
}

/**
 * @param {Record<string, number>} counts
 * @returns {[string, number][]} what happened at least once, by name
 */
export function happened(counts) {
  return Object.entries(counts)
    .filter(([, times]) => times > 0)
    .toSorted(([a], [b]) => a.localeCompare(b));
}

/** @param {string[]} found */
export function listed(found) {
  const shown = found.slice(0, MOST_LINES).map((line) => `  ${line}`);
  return [...shown, ...(found.length > MOST_LINES ? [`  … and ${found.length - MOST_LINES} more`] : [])].join('\n');
}
