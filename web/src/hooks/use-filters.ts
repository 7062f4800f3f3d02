import { useSearchParams } from 'react-router';

interface Filters {
  get: (name: string) => string;
  /** An empty value removes the filter. */
  set: (name: string, value: string) => void;
  /** Sets several filters at once. Filters that are not named stay unchanged. */
  change: (values: Record<string, string>) => void;
  /** Names of the filters that are set, in any order. */
  active: readonly string[];
}

/** The filters of a page, stored in its URL, so that a filtered page can be bookmarked and shared. */
export function useFilters(): Filters {
  const [parameters, setParameters] = useSearchParams();
  const change = (values: Record<string, string>): void =>
    setParameters(
      (before) => {
        const after = new URLSearchParams(before);
        for (const [name, value] of Object.entries(values)) {
          if (value === '') after.delete(name);
          else after.set(name, value);
        }
        return after;
      },
      { replace: true },
    );
  return {
    get: (name) => parameters.get(name) ?? '',
    set: (name, value) => change({ [name]: value }),
    change,
    active: [...parameters].filter(([, value]) => value !== '').map(([name]) => name),
  };
}

/** The search in the URL as a query parameter. */
export function useSearch(): { q?: string } {
  const q = useFilters().get('q');
  return q === '' ? {} : { q };
}

/** Returns `text` if it is one of the allowed values. A URL may contain any other. */
export function oneOf<Value extends string>(values: readonly Value[], text: string): Value | undefined {
  return values.find((value) => value === text);
}
