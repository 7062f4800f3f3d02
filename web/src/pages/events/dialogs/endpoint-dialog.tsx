import { Checkbox, Form, Input, Radio } from 'antd';
import { type ReactNode, useState } from 'react';
import { unwrap, api, type EventEndpoint, type Schemas } from '../../../api/client.js';
import { FormDialog } from '../../../components/form/form-dialog.js';
import { useTranslations } from '../../../i18n/language-provider.js';
import { SecretDialog } from './secret-dialog.js';

type EventType = EventEndpoint['types'][number];

/** The types to choose from. A reserved type is offered only while it is chosen; test events need no choice. */
const TYPES: readonly EventType[] = [
  'order.created',
  'order.paid',
  'order.closed',
  'order.late_payment',
  'order.updated',
  'refund.requested',
  'refund.processing',
  'refund.succeeded',
  'refund.failed',
  'refund.abnormal',
  'refund.rejected',
  'refund.cancelled',
  'refund.updated',
  'shipment.created',
  'shipment.synced',
  'shipment.updated',
];

interface EndpointForm {
  url: string;
  description?: string;
  choice: 'all' | 'chosen';
  /** Absent with `all`, because the field is not shown. */
  types?: EventType[];
}

/** Creates an endpoint and shows its secret once. */
export function NewEndpointDialog({ onClose }: { onClose: () => void }): ReactNode {
  const { eventEndpoints: t } = useTranslations();
  const [secret, setSecret] = useState<string | null>(null);
  const [form] = Form.useForm<EndpointForm>();
  const choice = useChoice(form, 'all');
  if (secret !== null) return <SecretDialog secret={secret} onClose={onClose} />;
  return (
    <FormDialog<EndpointForm, Schemas['EventEndpointWithSecretView']>
      form={form}
      title={t.add}
      okText={t.create}
      initialValues={{ choice: 'all', types: [] }}
      request={(draft) => unwrap(api.POST('/admin/api/event-endpoints', { body: bodyOf(draft) }))}
      onSuccess={(created) => setSecret(created.secret)}
      onClose={onClose}
    >
      <EndpointFields choice={choice} types={TYPES} />
    </FormDialog>
  );
}

/** Changes where an endpoint is and what it receives. */
export function EditEndpointDialog({ endpoint, onClose }: { endpoint: EventEndpoint; onClose: () => void }): ReactNode {
  const { common, eventEndpoints: t } = useTranslations();
  const [form] = Form.useForm<EndpointForm>();
  const { id, url, description, types } = endpoint;
  const before = types.length === 0 ? 'all' : 'chosen';
  const choice = useChoice(form, before);
  return (
    <FormDialog<EndpointForm>
      form={form}
      title={t.editTitle}
      okText={common.save}
      initialValues={{ url, description, choice: before, types }}
      request={(draft) =>
        unwrap(api.PATCH('/admin/api/event-endpoints/{id}', { params: { path: { id } }, body: bodyOf(draft) }))
      }
      successText={common.saved}
      onClose={onClose}
    >
      <EndpointFields choice={choice} types={[...TYPES, ...types.filter((type) => !TYPES.includes(type))]} />
    </FormDialog>
  );
}

function useChoice(
  form: ReturnType<typeof Form.useForm<EndpointForm>>[0],
  initial: EndpointForm['choice'],
): EndpointForm['choice'] {
  return Form.useWatch((values: Partial<EndpointForm>) => values.choice, form) ?? initial;
}

function EndpointFields({ choice, types }: { choice: EndpointForm['choice']; types: readonly EventType[] }): ReactNode {
  const { eventEndpoints: t } = useTranslations();
  return (
    <>
      <Form.Item
        name="url"
        label={t.endpoint}
        extra={t.urlHint}
        rules={[{ required: true, pattern: /^https?:\/\/\S+$/i, message: t.urlRule }]}
      >
        <Input
          autoComplete="off"
          autoFocus
          inputMode="url"
          maxLength={500}
          placeholder="https://erp.example.com/events"
        />
      </Form.Item>
      <Form.Item name="description" label={t.description} extra={t.descriptionHint}>
        <Input autoComplete="off" maxLength={200} />
      </Form.Item>
      <Form.Item name="choice" label={t.types}>
        <Radio.Group
          options={[
            { value: 'all', label: t.allTypesLong },
            { value: 'chosen', label: t.chosenTypes },
          ]}
        />
      </Form.Item>
      {choice === 'chosen' && (
        <Form.Item name="types" aria-label={t.types} rules={[{ type: 'array', min: 1, message: t.typesRule }]}>
          <Checkbox.Group
            className="event-types"
            options={types.map((value) => ({ value, label: <TypeName type={value} /> }))}
          />
        </Form.Item>
      )}
    </>
  );
}

function TypeName({ type }: { type: EventType }): ReactNode {
  const { eventEndpoints: t } = useTranslations();
  return (
    <>
      {t.typeNames[type]} <span className="mono quiet">{type}</span>
    </>
  );
}

function bodyOf({ url, description = '', choice, types = [] }: EndpointForm): Schemas['NewEventEndpointBody'] {
  return { url: url.trim(), description: description.trim(), types: choice === 'all' ? [] : types };
}
