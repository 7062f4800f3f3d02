import { Button } from 'antd';
import { type ReactNode, useState } from 'react';
import { useNavigate } from 'react-router';
import { unwrap, api, type EventEndpoint } from '../../api/client.js';
import { ActionButton } from '../../components/action-button.js';
import { useTranslations } from '../../i18n/language-provider.js';
import { EditEndpointDialog } from './dialogs/endpoint-dialog.js';
import { ReplayDialog } from './dialogs/replay-dialog.js';
import { RotateDialog } from './dialogs/rotate-dialog.js';

type OpenDialog = 'edit' | 'rotate' | 'replay' | null;

/** All changes of one endpoint. */
export function EndpointActions({ endpoint }: { endpoint: EventEndpoint }): ReactNode {
  const { common, eventEndpoints: t } = useTranslations();
  const [dialog, setDialog] = useState<OpenDialog>(null);
  const close = (): void => setDialog(null);
  const params = { path: { id: endpoint.id } };
  const isEnabled = endpoint.status === 'ENABLED';
  return (
    <>
      <Button onClick={() => setDialog('edit')}>{common.edit}</Button>
      {isEnabled && (
        <ActionButton
          text={t.test}
          request={() => unwrap(api.POST('/admin/api/event-endpoints/{id}/test', { params }))}
          successText={t.testToast}
        />
      )}
      {isEnabled && <Button onClick={() => setDialog('replay')}>{t.replay}</Button>}
      <Button onClick={() => setDialog('rotate')}>{t.rotate}</Button>
      <SwitchButton endpoint={endpoint} />
      <DeleteButton id={endpoint.id} />
      {dialog === 'edit' && <EditEndpointDialog endpoint={endpoint} onClose={close} />}
      {dialog === 'rotate' && <RotateDialog endpoint={endpoint} onClose={close} />}
      {dialog === 'replay' && <ReplayDialog endpoint={endpoint} onClose={close} />}
    </>
  );
}

/** Enables or disables the endpoint. */
function SwitchButton({ endpoint: { id, status } }: { endpoint: EventEndpoint }): ReactNode {
  const { eventEndpoints: t } = useTranslations();
  const change = (body: { status: EventEndpoint['status'] }) =>
    unwrap(api.PATCH('/admin/api/event-endpoints/{id}', { params: { path: { id } }, body }));
  return status === 'ENABLED' ? (
    <ActionButton
      text={t.disable}
      question={t.confirmDisable}
      request={() => change({ status: 'DISABLED' })}
      successText={t.disabledToast}
    />
  ) : (
    <ActionButton text={t.enable} request={() => change({ status: 'ENABLED' })} successText={t.enabledToast} />
  );
}

function DeleteButton({ id }: { id: string }): ReactNode {
  const { eventEndpoints: t } = useTranslations();
  const navigate = useNavigate();
  const remove = async (): Promise<void> => {
    await unwrap(api.DELETE('/admin/api/event-endpoints/{id}', { params: { path: { id } } }));
    void navigate('/events', { replace: true });
  };
  return (
    <ActionButton
      danger
      isFinal
      text={t.remove}
      question={t.confirmRemove}
      request={remove}
      successText={t.removedToast}
    />
  );
}
