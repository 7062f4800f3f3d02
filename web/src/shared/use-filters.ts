import { useSearchParams } from 'react-router';

interface Filters {
  get: (name: string) => string;
  /** An empty text takes the filter away. */
  set: (name: string, value: string) => void;
}

/** The filters of a page live in its address: it can be kept, sent and gone back to. */
export function useFilters(): Filters {
  const [parameters, setParameters] = useSearchParams();
  return {
    get: (name) => parameters.get(name) ?? '',
    set: (name, value) => {
      setParameters(
        (before) => {
          const after = new URLSearchParams(before);
          if (value === '') after.delete(name);
          else after.set(name, value);
          return after;
        },
        { replace: true },
      );
    },
  };
}

/** One of the words that a filter knows; what somebody has typed into the address otherwise is none. */
export function oneOf<Word extends string>(words: readonly Word[], given: string): Word | undefined {
  return words.find((word) => word === given);
}
