import { describe, expect, it, jest } from '@jest/globals';
import { withTimeout } from './with-timeout.js';

const LIMIT_MS = 20;
const never = new Promise<never>(() => undefined);

describe('time limit of a promise', () => {
  it('returns the result or the error of work that ends in time, and leaves no timer', async () => {
    const clear = jest.spyOn(globalThis, 'clearTimeout');
    const onTimeout = jest.fn();
    expect(await withTimeout(Promise.resolve('done'), LIMIT_MS, onTimeout)).toBe('done');
    await expect(withTimeout(Promise.reject(new Error('broken')), LIMIT_MS, onTimeout)).rejects.toThrow('broken');
    expect(clear).toHaveBeenCalledTimes(2);
    clear.mockRestore();
    await new Promise((resolve) => setTimeout(resolve, 2 * LIMIT_MS));
    expect(onTimeout).not.toHaveBeenCalled();
  });

  it('returns the replacement, or throws its error, when the work takes too long', async () => {
    expect(await withTimeout(never, LIMIT_MS, () => 'late')).toBe('late');
    const fail = (): never => {
      throw new Error('no response');
    };
    await expect(withTimeout(never, LIMIT_MS, fail)).rejects.toThrow('no response');
  });

  it('ignores an error of the work after the time limit', async () => {
    let reject: (error: Error) => void = () => undefined;
    const work = new Promise<string>((_resolve, fail) => (reject = fail));
    expect(await withTimeout(work, LIMIT_MS, () => 'late')).toBe('late');
    const unhandled = jest.fn();
    process.once('unhandledRejection', unhandled);
    reject(new Error('later'));
    await new Promise((resolve) => setTimeout(resolve, LIMIT_MS));
    process.removeListener('unhandledRejection', unhandled);
    expect(unhandled).not.toHaveBeenCalled();
  });
});
