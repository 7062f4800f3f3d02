import { Alert, Form, Input, Radio, Select } from 'antd';
import type { ReactNode } from 'react';
import { unwrap, api, type RefundRecord, type Schemas } from '../../../api/client.js';
import { FormDialog } from '../../../components/form/form-dialog.js';
import { useTranslations } from '../../../i18n/language-provider.js';
import type { Translations } from '../../../i18n/zh.js';
import { formatYuan } from '../../../utils/money.js';

type RedirectForm = Schemas['RedirectRefundBody'];

interface RedirectDialogProps {
  refund: RefundRecord;
  onClose: () => void;
}

/**
 * Sends the money of an ABNORMAL refund to the merchant, or to a debit card of the buyer. Says what the choice means before
 * it is confirmed. If an earlier call may have been accepted, only its destination can be repeated.
 */
export function RedirectDialog({ refund, onClose }: RedirectDialogProps): ReactNode {
  const { refunds: t } = useTranslations();
  const [form] = Form.useForm<RedirectForm>();
  const { refundNo, amountFen, redirectTo } = refund;
  const to = Form.useWatch((values: Partial<RedirectForm>) => values.to, form) ?? redirectTo ?? undefined;
  const params = { path: { refundNo } };
  return (
    <FormDialog<RedirectForm>
      form={form}
      title={t.redirectTitle}
      okText={t.confirmRedirect(formatYuan(amountFen))}
      isDanger
      isInvalid={to === undefined}
      initialValues={redirectTo === null ? {} : { to: redirectTo }}
      request={(body) => unwrap(api.POST('/admin/api/refunds/{refundNo}/redirect', { params, body }))}
      successText={t.redirectedToast}
      onClose={onClose}
      notice={<p>{redirectTo === null ? t.redirectHint : t.redirectRepeatHint}</p>}
    >
      <Form.Item name="to" label={t.redirectTo}>
        <Radio.Group
          options={(['MERCHANT', 'USER_BANK_CARD'] as const).map((value) => ({
            value,
            label: t.destinations[value],
            disabled: redirectTo !== null && redirectTo !== value,
          }))}
        />
      </Form.Item>
      {to !== undefined && (
        <Alert
          className="gap-below"
          type={to === 'MERCHANT' ? 'warning' : 'info'}
          showIcon
          title={t.redirectMeanings[to]}
        />
      )}
      {to === 'USER_BANK_CARD' && <CardFields />}
    </FormDialog>
  );
}

/** The card goes to the service and on to WeChat. It is stored nowhere, and browsers must not offer to remember it. */
function CardFields(): ReactNode {
  const { refunds: t } = useTranslations();
  const banks = Object.keys(t.banks) as (keyof Translations['refunds']['banks'])[];
  return (
    <>
      <Form.Item name="bankType" label={t.bankType} rules={[{ required: true, message: t.bankTypeRequired }]}>
        <Select
          options={banks.map((value) => ({ value, label: t.banks[value] }))}
          showSearch={{ optionFilterProp: 'label' }}
        />
      </Form.Item>
      <Form.Item
        name="bankAccount"
        label={t.bankAccount}
        extra={t.cardHint}
        rules={[{ required: true, pattern: /^[0-9]{8,32}$/, message: t.bankAccountInvalid }]}
      >
        <Input inputMode="numeric" autoComplete="off" maxLength={32} />
      </Form.Item>
      <Form.Item
        name="realName"
        label={t.realName}
        rules={[{ required: true, whitespace: true, message: t.realNameRequired }]}
      >
        <Input autoComplete="off" maxLength={50} />
      </Form.Item>
    </>
  );
}
