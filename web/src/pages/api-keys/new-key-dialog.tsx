import { Checkbox, Form, Input, Radio } from 'antd';
import { type ReactNode, useState } from 'react';
import { unwrap, api, type Schemas } from '../../api/client.js';
import { parseYuan } from '../../utils/money.js';
import { FormDialog } from '../../components/form-dialog.js';
import { useAction } from '../../hooks/use-action.js';
import { yuanRule } from '../../utils/yuan-rule.js';
import { useTranslations } from '../../i18n/language-provider.js';
import { CreatedKeyDialog } from './created-key-dialog.js';

const DAY_MS = 86_400_000;
/** Fen. The highest limit that the API accepts. */
const MAX_LIMIT_FEN = 2_000_000_000;
const SCOPES = ['orders:read', 'orders:ship', 'refunds:write'] as const;
/** Yuan. Enough for an ordinary day, too little to empty an account. */
const DEFAULT_LIMIT_YUAN = '10000.00';

interface ApiKeyForm {
  name: string;
  scopes: Schemas['NewApiKeyBody']['scopes'];
  /** Yuan, as typed; absent without the permission to refund. */
  limit?: string;
  days: number;
}

/** Creates a key and shows it once. */
export function NewKeyDialog({ onClose }: { onClose: () => void }): ReactNode {
  const { common, apiKeys: t } = useTranslations();
  const [form] = Form.useForm<ApiKeyForm>();
  const [made, setMade] = useState<Schemas['NewApiKeyView'] | null>(null);
  const scopes = Form.useWatch((values: Partial<ApiKeyForm>) => values.scopes, form) ?? ['orders:read'];
  const { run, isRunning } = useAction({
    form,
    fieldNames: { maxRefundFenPerDay: 'limit', expiresAt: 'days' },
    request: (draft: ApiKeyForm) => unwrap(api.POST('/admin/api/api-keys', { body: bodyOf(draft) })),
    onSuccess: setMade,
  });
  if (made) return <CreatedKeyDialog apiKey={made} onClose={onClose} />;
  return (
    <FormDialog
      form={form}
      title={t.add}
      okText={t.create}
      initialValues={{ scopes: ['orders:read'], limit: DEFAULT_LIMIT_YUAN, days: 365 }}
      isRunning={isRunning}
      onFinish={run}
      onClose={onClose}
    >
      <Form.Item
        name="name"
        label={t.name}
        extra={t.nameHint}
        rules={[
          {
            ...{ required: true, message: t.nameRule },
            pattern: /^[\p{L}\p{N}](?:[\p{L}\p{N} ._@+-]{0,38}[\p{L}\p{N}])?$/u,
          },
        ]}
      >
        <Input autoComplete="off" autoFocus maxLength={40} />
      </Form.Item>
      <Form.Item name="scopes" label={t.scopes} rules={[{ required: true, message: t.scopesRule }]}>
        <Checkbox.Group options={SCOPES.map((value) => ({ value, label: t.scopeNames[value] }))} />
      </Form.Item>
      {scopes.includes('refunds:write') && (
        <Form.Item
          name="limit"
          label={t.limit}
          extra={t.limitHint}
          rules={[yuanRule({ maxFen: MAX_LIMIT_FEN, invalidText: t.limitInvalid })]}
        >
          <Input prefix="¥" inputMode="decimal" maxLength={20} />
        </Form.Item>
      )}
      <Form.Item name="days" label={t.expiresAt}>
        <Radio.Group
          options={[
            { value: 30, label: common.days(30) },
            { value: 90, label: common.days(90) },
            { value: 365, label: common.days(365) },
          ]}
        />
      </Form.Item>
    </FormDialog>
  );
}

function bodyOf({ name, scopes, limit = DEFAULT_LIMIT_YUAN, days }: ApiKeyForm): Schemas['NewApiKeyBody'] {
  const maxRefundFenPerDay = parseYuan(limit);
  if (maxRefundFenPerDay === null) throw new Error('The form validates the amount before it submits.');
  const expiresAt = new Date(Date.now() + days * DAY_MS).toISOString();
  return { name, scopes, maxRefundFenPerDay, expiresAt };
}
