import { Input } from 'antd';
import type { ReactNode } from 'react';
import { useTranslations } from '../i18n/language-provider.js';
import { instantOfDay, isDay } from '../utils/time.js';
import { useFilters } from '../hooks/use-filters.js';

/** The days between which the page's address wants things, as the service is asked: days of this browser's zone. */
export function useDayRange(): { from?: string; to?: string } {
  const { get } = useFilters();
  const [from, to] = [get('from'), get('to')];
  return {
    ...(isDay(from) && { from: instantOfDay(from) }),
    ...(isDay(to) && { to: instantOfDay(to, 1) }), // the last day counts in whole
  };
}

/** The two filters that say so. */
export function DayRange(): ReactNode {
  const { common } = useTranslations();
  const { get, set } = useFilters();
  return (
    <>
      <label>
        {common.from}
        <Input type="date" value={get('from')} onChange={({ target }) => set('from', target.value)} />
      </label>
      <label>
        {common.to}
        <Input type="date" value={get('to')} onChange={({ target }) => set('to', target.value)} />
      </label>
    </>
  );
}
