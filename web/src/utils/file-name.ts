/** `bills-2026-11.csv` of `attachment; filename="bills-2026-11.csv"`. The service writes only such plain names. */
export function fileNameOf(disposition: string | null): string | null {
  return /filename="([\w.-]+)"/.exec(disposition ?? '')?.[1] ?? null;
}
