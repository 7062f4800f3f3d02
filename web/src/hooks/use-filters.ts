import { useSearchParams } from 'react-router';

interface Filters {
  get: (name: string) => string;
  /** An empty text takes the filter away. */
  set: (name: string, value: string) => void;
  /** Several at once; what is not named stays as it is. */
  change: (values: Record<string, string>) => void;
  /** The names of those that are set, in any order. */
  active: readonly string[];
}

/** The filters of a page live in its address: it can be kept, sent and gone back to. */
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

/** One of the words that a filter knows; what somebody has typed into the address otherwise is none. */
export function oneOf<Word extends string>(words: readonly Word[], given: string): Word | undefined {
  return words.find((word) => word === given);
}
