import { Form } from 'antd';
import { type ReactNode, useState } from 'react';
import { unwrap, api, type Schemas } from '../../api/client.js';
import { formatYuan } from '../../utils/money.js';
import { Money } from '../../components/money.js';
import { FormDialog } from '../../components/form-dialog.js';
import { ReasonField } from '../../components/reason-field.js';
import { useAction } from '../../hooks/use-action.js';
import { useTranslations } from '../../i18n/language-provider.js';
import type { BatchAction } from './batch-bar.js';

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
  const [form] = Form.useForm<{ reason?: string }>();
  const { run, isRunning } = useAction({
    form,
    request: ({ reason }: { reason?: string }) => {
      const refundNos = refunds.map(({ refundNo }) => refundNo);
      const body = { action, refundNos, ...(reason !== undefined && { reason }) };
      return unwrap(api.POST('/admin/api/refunds/batch', { body }));
    },
    onSuccess: ({ items }) => setResults(items),
  });
  const isDone = results !== null;
  const confirmText =
    action === 'approve'
      ? t.confirmBatchApprove(refunds.length, formatYuan(totalFen(refunds)))
      : t.confirmBatchReject(refunds.length);
  return (
    <FormDialog
      form={form}
      title={action === 'approve' ? t.batchApprove : t.batchReject}
      okText={isDone ? common.close : confirmText}
      isDanger={action === 'reject' && !isDone}
      isDone={isDone}
      isRunning={isRunning}
      isButtonFocused={action === 'approve'}
      isMaskClosable={false}
      onFinish={isDone ? () => onClose(true) : run}
      onClose={() => onClose(isDone)}
      notice={
        <>
          <BatchSummary refunds={refunds} results={results} />
          {!isDone && action === 'approve' && <p className="quiet">{t.batchLater}</p>}
        </>
      }
    >
      {!isDone && action === 'reject' && (
        <ReasonField label={t.rejectReason} needed={t.rejectReasonRequired} autoFocus />
      )}
    </FormDialog>
  );
}

function totalFen(refunds: BatchDialogProps['refunds']): number {
  return refunds.reduce((total, { amountFen }) => total + amountFen, 0);
}

function BatchSummary({
  refunds,
  results,
}: {
  refunds: BatchDialogProps['refunds'];
  results: Results | null;
}): ReactNode {
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
