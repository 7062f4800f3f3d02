import { ServiceClient } from '../../tools/client/service-client.ts';
import type { SimulatorProcess } from '../../tools/process/simulator-process.ts';
import type { Database } from '../environment/database.ts';
import type { RunEnvironment } from '../environment/run-environment.ts';
import type { GeneratedSecrets } from '../environment/run-folder.ts';
import { AnswerRecord } from './answer-record.ts';
import { RecordingSender } from './recording-sender.ts';

/** Everything that a run has started or generated. */
export interface StartedRun {
  database: Database;
  environment: RunEnvironment;
  generated: GeneratedSecrets;
}

/** What all buyers and staff use. */
export interface ScenarioServices {
  sender: RecordingSender;
  /** Repeats each call until it has a usable response. */
  service: ServiceClient;
  /** Sends each call once. */
  serviceOnce: ServiceClient;
  wechat: SimulatorProcess;
  answerRecord: AnswerRecord;
  /** Secrets that no log and no response may contain, by a name that may be printed. */
  secrets: Record<string, string>;
}

/** @param logFile the log of all responses */
export function createServices({ database, environment, generated }: StartedRun, logFile: string): ScenarioServices {
  const { fleet, wechat, certificates } = environment;
  const sender = new RecordingSender(() => fleet.nextUrl(), logFile);
  const staffPasswords = generated.staff.map((password, index) => [
    `the password of staff member ${index + 1}`,
    password,
  ]);
  return {
    sender,
    service: new ServiceClient('', sender.send),
    serviceOnce: new ServiceClient('', sender.sendOnce),
    wechat,
    answerRecord: new AnswerRecord(),
    secrets: {
      'the API key': generated.apiKey,
      'the APIv3 key': generated.apiV3Key,
      'the AppSecret': generated.appSecret,
      'the password of the first administrator': generated.admin,
      ...(Object.fromEntries(staffPasswords) as Record<string, string>),
      'the key of the certificate': certificates.merchant.key,
      'the certificate': certificates.merchant.cert,
      ...database.secrets,
    },
  };
}
