/**
 * Loaded before the service (`node --import`): shifts the wall clock of the process, as after a clock change or a suspended
 * machine. The service itself is the unchanged build. Timers and the monotonic clock are real.
 */
const RealDate = Date;
const realNow = RealDate.now.bind(RealDate);
let offsetMs = Number(process.env['CHAOS_CLOCK_OFFSET_MS'] ?? 0);

RealDate.now = () => Math.round(realNow() + offsetMs);
globalThis.Date = new Proxy(RealDate, {
  construct: (target, args, newTarget) =>
    Reflect.construct(target, args.length === 0 ? [target.now()] : args, newTarget) as Date,
  apply: (target) => new target(target.now()).toString(),
});

process.on('message', (message) => {
  if (typeof message === 'object' && message !== null && 'offsetMs' in message) offsetMs = Number(message.offsetMs);
});
// The IPC channel must not keep the process running.
process.channel?.unref();
