import { Alert, Form, Radio } from 'antd';
import { type ReactNode, useState } from 'react';
import { unwrap, api, type EventEndpoint, type Schemas } from '../../../api/client.js';
import { FormDialog } from '../../../components/form/form-dialog.js';
import { useTranslations } from '../../../i18n/language-provider.js';
import { SecretDialog } from './secret-dialog.js';

const OVERLAP_HOURS = [0, 1, 24, 168];
const DEFAULT_OVERLAP_HOURS = 24;

interface RotateForm {
  overlapHours: number;
}

/** Replaces the secret of an endpoint and shows the new one once. */
export function RotateDialog({
  endpoint: { id },
  onClose,
}: {
  endpoint: EventEndpoint;
  onClose: () => void;
}): ReactNode {
  const { eventEndpoints: t } = useTranslations();
  const [secret, setSecret] = useState<string | null>(null);
  if (secret !== null) return <SecretDialog secret={secret} onClose={onClose} />;
  return (
    <FormDialog<RotateForm, Schemas['EventEndpointWithSecretView']>
      title={t.rotateTitle}
      okText={t.rotate}
      initialValues={{ overlapHours: DEFAULT_OVERLAP_HOURS }}
      isButtonFocused
      request={(body) => unwrap(api.POST('/admin/api/event-endpoints/{id}/rotate', { params: { path: { id } }, body }))}
      onSuccess={(rotated) => setSecret(rotated.secret)}
      onClose={onClose}
      notice={<Alert className="gap-below" type="info" title={t.rotateHint} />}
    >
      <Form.Item name="overlapHours" label={t.overlap}>
        <Radio.Group options={OVERLAP_HOURS.map((value) => ({ value, label: t.overlaps[value] }))} />
      </Form.Item>
    </FormDialog>
  );
}
