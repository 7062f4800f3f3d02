import { spawn } from 'node:child_process';
import { openSync, closeSync } from 'node:fs';

/** @type {Set<import('node:child_process').ChildProcess>} */
const running = new Set();

/** Kills all started processes when the run ends for any reason. */
process.on('exit', () => {
  for (const child of running) child.kill('SIGKILL');
});

/**
 * @typedef {{ command?: string, args: string[], environment: Record<string, string>, directory: string, log: string, hasIpc?: boolean }} ChildOptions
 * `log`: the file for both outputs; `hasIpc`: whether messages can be sent to it.
 */

/** A child process with its log file. */
export class ManagedProcess {
  /** The exit code or the name of the signal; null while it runs. @type {number | string | null} */
  exitStatus = null;
  /** @type {Promise<number | string>} */
  exited;
  #process;

  /** @param {ChildOptions} options */
  constructor({ command = process.execPath, args, environment, directory, log, hasIpc = false }) {
    const output = openSync(log, 'a');
    this.#process = spawn(command, args, {
      cwd: directory,
      env: environment,
      stdio: hasIpc ? ['ignore', output, output, 'ipc'] : ['ignore', output, output],
    });
    closeSync(output);
    running.add(this.#process);
    this.exited = new Promise((resolve) => {
      const onExit = (/** @type {number | string} */ end) => {
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

  /** @param {object} message */
  send(message) {
    if (this.#process.connected) this.#process.send(message, () => undefined);
  }

  /** @param {NodeJS.Signals} signal */
  signal(signal) {
    this.#process.kill(signal);
  }
}
