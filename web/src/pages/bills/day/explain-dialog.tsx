import type { ReactNode } from 'react';
import { api, type BillDifference, unwrap } from '../../../api/client.js';
import { ReasonField } from '../../../components/form/fields.js';
import { FormDialog } from '../../../components/form/form-dialog.js';
import { useTranslations } from '../../../i18n/language-provider.js';
import { meaningOf } from './difference-texts.js';

interface ExplainDialogProps {
  date: string;
  difference: BillDifference;
  onClose: () => void;
}

/** Staff say why a difference is none. Explaining again replaces the note. */
export function ExplainDialog({ date, difference, onClose }: ExplainDialogProps): ReactNode {
  const translations = useTranslations();
  const { bills: t } = translations;
  const { id, note } = difference;
  const params = { path: { date, id: String(id) } };
  return (
    <FormDialog<{ note: string }>
      title={`${t.explainTitle}: ${t.kinds[difference.kind]}`}
      okText={t.explain}
      initialValues={note === null ? {} : { note }}
      draftKey={`bill-difference ${id}`}
      request={(body) => unwrap(api.POST('/admin/api/bills/{date}/differences/{id}/explain', { params, body }))}
      successText={t.explainedToast}
      onClose={onClose}
      notice={
        <>
          <p>{meaningOf(difference, translations)}</p>
          <p className="quiet">{t.explainHint}</p>
        </>
      }
    >
      <ReasonField name="note" label={t.noteLabel} needed={t.noteRequired} maxLength={500} autoFocus />
    </FormDialog>
  );
}
