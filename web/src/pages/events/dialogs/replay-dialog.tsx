import { Alert, Checkbox, Form, Input } from 'antd';
import { type ReactNode, useState } from 'react';
import { unwrap, api, type EventEndpoint, type Schemas } from '../../../api/client.js';
import { FormDialog } from '../../../components/form/form-dialog.js';
import { useTranslations } from '../../../i18n/language-provider.js';
import { instantOfMinute, minuteOf } from '../../../utils/time.js';

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;

/** Minutes in the browser's time zone. */
interface ReplayForm {
  from: string;
  to: string;
  onlyFailed: boolean;
}

/** Delivers the events of a period again. */
export function ReplayDialog({
  endpoint: { id },
  onClose,
}: {
  endpoint: EventEndpoint;
  onClose: () => void;
}): ReactNode {
  const { eventEndpoints: t } = useTranslations();
  const [lastDay] = useState(lastDayOf);
  return (
    <FormDialog<ReplayForm, number>
      title={t.replayTitle}
      okText={t.replay}
      initialValues={lastDay}
      request={(draft) => replay(id, draft)}
      successText={t.replayedToast}
      onClose={onClose}
      notice={<Alert className="gap-below" type="info" title={t.replayHint} />}
    >
      <Form.Item name="from" label={t.replayFrom} rules={[{ required: true }]}>
        <Input type="datetime-local" max="9998-12-31T23:59" />
      </Form.Item>
      <Form.Item
        name="to"
        label={t.replayTo}
        dependencies={['from']}
        rules={[
          { required: true },
          ({ getFieldValue }) => ({
            validator: (_rule, to: string) =>
              // Such texts sort by time.
              to > String(getFieldValue('from')) ? Promise.resolve() : Promise.reject(new Error(t.replayOrder)),
          }),
        ]}
      >
        <Input type="datetime-local" max="9998-12-31T23:59" />
      </Form.Item>
      <Form.Item name="onlyFailed" valuePropName="checked">
        <Checkbox>{t.onlyFailed}</Checkbox>
      </Form.Item>
    </FormDialog>
  );
}

/** The last 24 hours. They end with the next minute, so that no event is left out. */
function lastDayOf(): ReplayForm {
  const minuteAt = (ms: number): string => minuteOf(new Date(ms).toISOString());
  const now = Date.now();
  return { from: minuteAt(now - DAY_MS), to: minuteAt(now + MINUTE_MS), onlyFailed: false };
}

/** One call takes a part of a long period, so this calls until the end. @returns the number of events. */
async function replay(id: string, { from, to, onlyFailed }: ReplayForm): Promise<number> {
  const params = { path: { id } };
  let [count, start] = [0, instantOfMinute(from)];
  for (;;) {
    const body = { from: start, to: instantOfMinute(to), onlyFailed };
    const part: Schemas['ReplayView'] = await unwrap(
      api.POST('/admin/api/event-endpoints/{id}/replay', { params, body }),
    );
    count += part.count;
    // The same start again would repeat the same events for ever.
    if (part.continueFrom === null || part.continueFrom === start) return count;
    start = part.continueFrom;
  }
}
