import { type ReactNode, useState } from 'react';
import { unwrap, api, type Schemas } from '../../../api/client.js';
import { ReasonField } from '../../../components/form/fields.js';
import { FormDialog } from '../../../components/form/form-dialog.js';
import { Money } from '../../../components/values.js';
import { useTranslations } from '../../../i18n/language-provider.js';
import { formatYuan } from '../../../utils/money.js';

export type BatchAction = 'approve' | 'reject';
type Results = Schemas['RefundBatchResponse']['items'];

interface BatchDialogProps {
  action: BatchAction;
  refunds: Schemas['AdminRefundView'][];
  onClose: (isDone: boolean) => void;
}

/** Shows the total before the decision, and the result of each refund after it. */
export function BatchDialog({ action, refunds, onClose }: BatchDialogProps): ReactNode {
  const { common, refunds: t } = useTranslations();
  const [results, setResults] = useState<Results | null>(null);
  const isDone = results !== null;
  const isApproval = action === 'approve';
  const confirmText = isApproval
    ? t.confirmBatchApprove(refunds.length, formatYuan(totalFen(refunds)))
    : t.confirmBatchReject(refunds.length);
  return (
    <FormDialog
      title={isApproval ? t.batchApprove : t.batchReject}
      okText={isDone ? common.close : confirmText}
      isDanger={!isApproval && !isDone}
      isDone={isDone}
      isButtonFocused={isApproval}
      isMaskClosable={false}
      request={({ reason }: { reason?: string }) => {
        const refundNos = refunds.map(({ refundNo }) => refundNo);
        const body = { action, refundNos, ...(reason !== undefined && { reason }) };
        return unwrap(api.POST('/admin/api/refunds/batch', { body }));
      }}
      onSuccess={({ items }) => setResults(items)}
      onClose={() => onClose(isDone)}
      notice={
        <>
          <BatchSummary refunds={refunds} results={results} />
          {!isDone && isApproval && <p className="quiet">{t.batchLater}</p>}
        </>
      }
    >
      {!isDone && !isApproval && <ReasonField label={t.rejectReason} needed={t.rejectReasonRequired} autoFocus />}
    </FormDialog>
  );
}

function totalFen(refunds: BatchDialogProps['refunds']): number {
  return refunds.reduce((total, { amountFen }) => total + amountFen, 0);
}

function BatchSummary({ refunds, results }: { refunds: BatchDialogProps['refunds']; results: Results | null }) {
  const { common, refunds: t } = useTranslations();
  const good = results?.filter(({ ok }) => ok).length ?? 0;
  return (
    <>
      <p role="status">
        <strong>
          {results
            ? t.batchResult(good, results.length - good)
            : t.batchSummary(refunds.length, formatYuan(totalFen(refunds)))}
        </strong>
      </p>
      <p className="quiet">{t.batchEach}</p>
      <div className="batch-rows" tabIndex={0} role="group" aria-label={t.listLabel}>
        <table className="lines">
          <thead>
            <tr>
              <th>{t.refundNo}</th>
              <th className="right">{common.amount}</th>
              {results && <th>{common.status}</th>}
            </tr>
          </thead>
          <tbody>
            {refunds.map(({ refundNo, amountFen }) => (
              <tr key={refundNo} data-refund={refundNo}>
                <td className="mono">{refundNo}</td>
                <td className="right">
                  <Money fen={amountFen} />
                </td>
                {results && <ResultCell result={results.find((row) => row.refundNo === refundNo)} />}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
}

function ResultCell({ result }: { result: Results[number] | undefined }): ReactNode {
  const { problems, refunds: t } = useTranslations();
  if (result?.ok) return <td className="good">✓ {t.ok}</td>;
  const code = result?.code ?? '';
  return <td className="bad">✗ {problems.batch[code] ?? code}</td>;
}
