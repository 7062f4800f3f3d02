import { Alert, Button, Checkbox, Form, Input, Modal, Radio } from 'antd';
import { type ReactNode, useState } from 'react';
import { unwrap, api, type Schemas } from '../../api/client.js';
import { YuanField } from '../../components/form/fields.js';
import { FormDialog } from '../../components/form/form-dialog.js';
import { CopyableText } from '../../components/values.js';
import { useTranslations } from '../../i18n/language-provider.js';
import { fenOf } from '../../utils/money.js';

const DAY_MS = 86_400_000;
/** Fen. The highest limit that the API accepts. */
const MAX_LIMIT_FEN = 2_000_000_000;
const SCOPES = [
  'orders:read',
  'orders:ship',
  'refunds:write',
  'payments:read',
  'payments:write',
  'events:read',
  'events:manage',
] as const;
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
  const [createdKey, setCreatedKey] = useState<Schemas['NewApiKeyView'] | null>(null);
  const scopes = Form.useWatch((values: Partial<ApiKeyForm>) => values.scopes, form) ?? ['orders:read'];
  if (createdKey) return <CreatedKeyDialog apiKey={createdKey} onClose={onClose} />;
  return (
    <FormDialog
      form={form}
      title={t.add}
      okText={t.create}
      initialValues={{ scopes: ['orders:read'], limit: DEFAULT_LIMIT_YUAN, days: 365 }}
      request={(draft: ApiKeyForm) => unwrap(api.POST('/admin/api/api-keys', { body: bodyOf(draft) }))}
      fieldNames={{ maxRefundFenPerDay: 'limit', expiresAt: 'days' }}
      onSuccess={setCreatedKey}
      onClose={onClose}
    >
      <Form.Item
        name="name"
        label={common.name}
        extra={t.nameHint}
        rules={[
          {
            required: true,
            message: t.nameRule,
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
        <YuanField
          name="limit"
          label={t.limit}
          extra={t.limitHint}
          maxFen={MAX_LIMIT_FEN}
          invalidText={t.limitInvalid}
        />
      )}
      <Form.Item name="days" label={t.expiresAt}>
        <Radio.Group options={[30, 90, 365].map((value) => ({ value, label: common.days(value) }))} />
      </Form.Item>
    </FormDialog>
  );
}

function bodyOf({ name, scopes, limit = DEFAULT_LIMIT_YUAN, days }: ApiKeyForm): Schemas['NewApiKeyBody'] {
  const expiresAt = new Date(Date.now() + days * DAY_MS).toISOString();
  return { name, scopes, maxRefundFenPerDay: fenOf(limit), expiresAt };
}

interface CreatedKeyDialogProps {
  apiKey: Schemas['NewApiKeyView'];
  onClose: () => void;
}

/** Shows the new key once. Only its button closes the dialog, because the key cannot be shown again. */
function CreatedKeyDialog({ apiKey: { name, key }, onClose }: CreatedKeyDialogProps): ReactNode {
  const { apiKeys: t } = useTranslations();
  return (
    <Modal
      open
      title={t.createdTitle(name)}
      closable={false}
      mask={{ closable: false }}
      keyboard={false}
      footer={
        <Button type="primary" onClick={onClose}>
          {t.saved}
        </Button>
      }
    >
      <Alert type="warning" showIcon title={t.shownOnce} />
      <p>
        <CopyableText text={key} />
      </p>
      <p className="quiet">{t.whereToStore}</p>
    </Modal>
  );
}
