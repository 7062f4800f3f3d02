import type { ReactNode } from 'react';
import type { Schemas } from '../../api/client.js';
import { Tile } from '../../components/tile.js';
import { useTranslations } from '../../i18n/language-provider.js';
import { beijingDay } from '../../utils/time.js';

const DAY_MS = 86_400_000;

/** Days whose bill has open differences or is incomplete, and from noon on yesterday's bill if it is not balanced. */
export function BillTiles({ bills, now }: { bills: Schemas['ToDoView']['bills']; now: string }): ReactNode {
  const { bills: t, toDo } = useTranslations();
  const { days, openDifferences, firstDate, isYesterdayOpen } = bills;
  const yesterday = beijingDay(new Date(Date.parse(now) - DAY_MS).toISOString());
  return (
    <>
      <Tile
        name={t.toDoDays}
        value={String(days)}
        text={days > 0 ? t.toDoDaysText(openDifferences) : toDo.allDone}
        tone={days > 0 ? 'urgent' : 'calm'}
        to={firstDate === null ? '/bills' : `/bills/${firstDate}?status=OPEN`}
      />
      {isYesterdayOpen && (
        <Tile name={t.toDoYesterday} value="!" text={t.toDoYesterdayText} tone="urgent" to={`/bills/${yesterday}`} />
      )}
    </>
  );
}
