import { type FileHandle, mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Lines that are written together. */
const LINES_PER_WRITE = 2000;

/** A sorted part of the file, in bytes. */
export interface SortedRun {
  start: number;
  end: number;
}

/**
 * A temporary file with sorted runs of lines, one after another. Its name is removed as soon as it is open, so nothing remains
 * even if the process is killed. Only this user can read it.
 */
export class SortFile {
  readonly runs: SortedRun[] = [];
  private handle: FileHandle | null = null;
  private directory: string | null = null;
  private length = 0;

  async append(lines: readonly string[]): Promise<void> {
    const handle = (this.handle ??= await this.open());
    const start = this.length;
    for (let at = 0; at < lines.length; at += LINES_PER_WRITE) {
      const bytes = Buffer.from(`${lines.slice(at, at + LINES_PER_WRITE).join('\n')}\n`);
      await writeAll(handle, bytes, this.length);
      this.length += bytes.length;
    }
    this.runs.push({ start, end: this.length });
  }

  /** @returns the bytes from `start` on, at most as many as the buffer holds. */
  async read(buffer: Buffer, start: number): Promise<Buffer> {
    if (this.handle === null) throw new Error('The temporary file is not open');
    const { bytesRead } = await this.handle.read(buffer, 0, buffer.length, start);
    if (bytesRead === 0) throw new Error('The temporary file is shorter than what was written');
    return buffer.subarray(0, bytesRead);
  }

  async close(): Promise<void> {
    const { handle } = this;
    this.handle = null;
    await handle?.close();
    await this.removeDirectory();
  }

  private async open(): Promise<FileHandle> {
    this.directory = await mkdtemp(join(tmpdir(), 'wx-checkout-sort-'));
    const handle = await open(join(this.directory, 'runs'), 'wx+', 0o600);
    // Windows keeps the name of an open file: it is removed when the file is closed.
    if (process.platform !== 'win32') await this.removeDirectory();
    return handle;
  }

  private async removeDirectory(): Promise<void> {
    const { directory } = this;
    this.directory = null;
    if (directory !== null) await rm(directory, { recursive: true, force: true });
  }
}

async function writeAll(handle: FileHandle, bytes: Buffer, position: number): Promise<void> {
  for (let done = 0; done < bytes.length;) {
    const { bytesWritten } = await handle.write(bytes, done, bytes.length - done, position + done);
    done += bytesWritten;
  }
}
