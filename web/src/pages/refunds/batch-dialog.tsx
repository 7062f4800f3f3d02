import { Form } from 'antd';
import { type ReactNode, useState } from 'react';
import { unwrap, api, type Schemas } from '../../api/client.js';
import { formatYuan } from '../../utils/money.js';
import { Money } from '../../components/status-tags.js';
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

/** First what will be done, in sum; then what came of each. */
export function BatchDialog({ action, refunds, onClose }: BatchDialogProps): ReactNode {
  const { common, refunds: words } = useTranslations();
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
  return (
    <FormDialog
      form={form}
      title={action === 'approve' ? words.batchApprove : words.batchReject}
      okText={isDone ? common.close : words.batchRun(refunds.length)}
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
          {!isDone && action === 'approve' && <p className="quiet">{words.batchLater}</p>}
        </>
      }
    >
      {!isDone && action === 'reject' && (
        <ReasonField label={words.rejectReason} needed={words.rejectNeedsReason} autoFocus />
      )}
    </FormDialog>
  );
}

function BatchSummary({
  refunds,
  results,
}: {
  refunds: BatchDialogProps['refunds'];
  results: Results | null;
}): ReactNode {
  const { common, refunds: words } = useTranslations();
  const sum = refunds.reduce((total, { amountFen }) => total + amountFen, 0);
  const good = results?.filter(({ ok }) => ok).length ?? 0;
  return (
    <>
      <p role="status">
        <strong>
          {results
            ? words.batchResult(good, results.length - good)
            : words.batchSummary(refunds.length, formatYuan(sum))}
        </strong>
      </p>
      <p className="quiet">{words.batchEach}</p>
      <div className="batch-rows" tabIndex={0} role="group" aria-label={words.queue}>
        <table className="lines">
          <thead>
            <tr>
              <th>{words.refundNo}</th>
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
  const { problems, refunds: words } = useTranslations();
  if (result?.ok) return <td className="good">✓ {words.ok}</td>;
  const code = result?.code ?? '';
  return <td className="bad">✗ {problems.batch[code] ?? code}</td>;
}
