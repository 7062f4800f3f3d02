import type { ReactNode } from 'react';
import { Label } from '../../components/label.js';
import { useTranslations } from '../../i18n/language-provider.js';
import { DAY_STATUS_LOOKS, type DayStatus } from './bill-status.js';

/** The status of a day: colour, shape and text. */
export function BillStatusLabel({ status }: { status: DayStatus }): ReactNode {
  const { bills: t } = useTranslations();
  const { tone, symbol } = DAY_STATUS_LOOKS[status];
  return (
    <Label tone={tone}>
      <span aria-hidden>{symbol}</span> {t.statuses[status]}
    </Label>
  );
}
