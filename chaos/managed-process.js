import { spawn } from 'node:child_process';
import { openSync, closeSync } from 'node:fs';

/** @type {Set<import('node:child_process').ChildProcess>} */
const running = new Set();

/** Whatever ends the run ends what it started. */
process.on('exit', () => {
  for (const child of running) child.kill('SIGKILL');
});

/**
 * @typedef {{ command?: string, args: string[], environment: Record<string, string>, directory: string, log: string, hears?: boolean }} ChildOptions
 * `log`: a file that both outputs are added to; `hears`: whether it can be sent messages.
 */

/** A process that we started, and may therefore kill. */
export class ManagedProcess {
  /** How it ended: an exit code, the name of a signal, or null while it runs. @type {number | string | null} */
  exitStatus = null;
  /** @type {Promise<number | string>} */
  exited;
  #process;

  /** @param {ChildOptions} options */
  constructor({ command = process.execPath, args, environment, directory, log, hears = false }) {
    const output = openSync(log, 'a');
    this.#process = spawn(command, args, {
      cwd: directory,
      env: environment,
      stdio: hears ? ['ignore', output, output, 'ipc'] : ['ignore', output, output],
    });
    closeSync(output);
    running.add(this.#process);
    this.exited = new Promise((resolve) => {
      const settle = (/** @type {number | string} */ end) => {
        this.exitStatus = end;
        running.delete(this.#process);
        resolve(end);
      };
      this.#process.once('error', (error) => settle(String(error)));
      this.#process.once('exit', (code, signal) => settle(signal ?? code ?? 0));
    });
    // A message to one that has just died is no news.
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
