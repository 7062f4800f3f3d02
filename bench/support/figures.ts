/** A measured value. A figure without a target is only reported. */
export interface Figure {
  name: string;
  value: number;
  unit: string;
  atLeast?: number;
  atMost?: number;
  below?: number;
}

/**
 * @param values at least one
 * @param share 0.5 is the median
 * @returns the value that `share` of all do not exceed
 */
export function quantile(values: number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.max(0, Math.ceil(share * sorted.length) - 1))] ?? NaN;
}

/** @param values at least one */
export function median(values: number[]): number {
  return quantile(values, 0.5);
}

export function isMet({ value, atLeast = -Infinity, atMost = Infinity, below = Infinity }: Figure) {
  return value >= atLeast && value <= atMost && value < below;
}

/** One line of the output. */
export function lineFor(figure: Figure) {
  const { name, value, unit, atLeast, atMost, below } = figure;
  const digits = value >= 100 ? 0 : value >= 10 ? 1 : 2;
  const goals = [
    [atLeast, '≥'],
    [atMost, '≤'],
    [below, '<'],
  ];
  const [goal, sign] = goals.find(([limit]) => limit !== undefined) ?? [];
  const target = goal === undefined ? '' : `${sign} ${goal} ${unit}`.trim();
  const verdict = goal === undefined ? '' : isMet(figure) ? 'ok' : 'MISSED';
  return `${name.padEnd(44)}${`${value.toFixed(digits)} ${unit.padEnd(2)}`.padStart(12)}   ${target.padEnd(10)}${verdict}`.trimEnd();
}
