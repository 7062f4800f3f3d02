/**
 * Loaded before the service (`node --import`): shifts what the process believes to be the time of day, as a clock that was set
 * or a machine that slept would. The service itself is the built one, unchanged. Timers and stopwatches are real.
 */
const RealDate = Date;
const realNow = RealDate.now.bind(RealDate);
let offsetMs = Number(process.env['CHAOS_CLOCK_OFFSET_MS'] ?? 0);

RealDate.now = () => Math.round(realNow() + offsetMs);
globalThis.Date = new Proxy(RealDate, {
  construct: (target, given, newTarget) =>
    Reflect.construct(target, given.length === 0 ? [target.now()] : given, newTarget),
  apply: (target) => new target(target.now()).toString(),
});

process.on('message', (message) => {
  if (typeof message === 'object' && message !== null && 'offsetMs' in message) offsetMs = Number(message.offsetMs);
});
// Listening must not keep alive a process that has nothing left to do.
process.channel?.unref();
