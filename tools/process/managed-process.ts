import { spawn, type ChildProcess } from 'node:child_process';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { isResponding, waitUntil } from './local-server.ts';

const running = new Set<ChildProcess>();

/** Kills all started processes when this one ends for any reason. */
process.on('exit', () => {
  for (const child of running) child.kill('SIGKILL');
});

/** `log`: the file for both outputs, otherwise only errors are shown; `hasIpc`: whether messages can be sent to it. */
interface ChildOptions {
  command?: string;
  args: string[];
  environment: Record<string, string>;
  directory: string;
  log?: string;
  hasIpc?: boolean;
}

/** A child process that does not outlive this one. */
export class ManagedProcess {
  /** The exit code or the name of the signal; null while it runs. */
  exitStatus: number | string | null = null;
  readonly exited: Promise<number | string>;
  readonly #name: string;
  readonly #process: ChildProcess;

  constructor({ command = process.execPath, args, environment, directory, log, hasIpc = false }: ChildOptions) {
    this.#name = log === undefined ? `${command} ${args.at(-1) ?? ''}` : `the process with the log ${log}`;
    const output = log === undefined ? null : openSync(log, 'a');
    this.#process = spawn(command, args, {
      cwd: directory,
      env: environment,
      stdio: ['ignore', output ?? 'ignore', output ?? 'inherit', ...(hasIpc ? (['ipc'] as const) : [])],
    });
    if (output !== null) closeSync(output);
    running.add(this.#process);
    this.exited = new Promise((resolve) => {
      const onExit = (end: number | string) => {
        this.exitStatus = end;
        running.delete(this.#process);
        resolve(end);
      };
      this.#process.once('error', (error) => onExit(String(error)));
      this.#process.once('exit', (code, signal) => onExit(signal ?? code ?? 0));
    });
    // Ignores errors of messages to a process that has just ended.
    this.#process.on('error', () => undefined);
  }

  get pid(): number | undefined {
    return this.#process.pid;
  }

  send(message: object) {
    if (this.#process.connected) this.#process.send(message, () => undefined);
  }

  signal(signal: NodeJS.Signals) {
    this.#process.kill(signal);
  }

  /**
   * @param isReady a URL that returns 200, or a check
   * @throws if the process ends, or is not ready in time. It is killed then, because a child keeps this process running.
   */
  async waitUntilReady(timeoutMs: number, isReady: string | (() => Promise<boolean>)): Promise<void> {
    try {
      await waitUntil(`${this.#name} to be ready`, timeoutMs, () => {
        if (this.exitStatus !== null) throw new Error(`${this.#name} ended (${this.exitStatus}) before it was ready.`);
        return typeof isReady === 'string' ? isResponding(isReady) : isReady();
      });
    } catch (error) {
      this.signal('SIGKILL');
      throw error;
    }
  }

  /** Ends the process with SIGTERM, and with SIGKILL after the timeout. @returns its exit status */
  async stop(timeoutMs: number): Promise<number | string> {
    if (this.exitStatus !== null) return this.exitStatus;
    this.signal('SIGTERM');
    const killTimer = setTimeout(() => this.signal('SIGKILL'), timeoutMs);
    const end = await this.exited;
    clearTimeout(killTimer);
    return end;
  }
}

/** Node's flags of `npm run start:prod`. @throws if that script does not start the service. */
export function serviceFlags(): string[] {
  const text = readFileSync(new URL('../../package.json', import.meta.url), 'utf8');
  const { scripts } = JSON.parse(text) as { scripts: Record<string, string> };
  const command = /^node (.*) ?dist\/server\/main\.js$/.exec(scripts['start:prod'] ?? '');
  if (!command) throw new Error('The script start:prod does not start dist/server/main.js. Adapt serviceFlags.');
  return (command[1] ?? '').split(' ').filter((flag) => flag !== '');
}
