/**
 * jest-light-runner 0.8.2 answers the first worker that asks for its data by sending it to all workers, and answers none that
 * asks later. A worker that has not yet begun to listen then misses it and waits for ever. Here such a worker keeps what it
 * missed, and gets it when it asks.
 */
const WORKER_DATA = 'jest-light-runner-worker-data';
const REQUEST = 'jest-light-runner-get-worker-data';

if (process.send !== undefined) {
  let missed = null;
  const emit = process.emit.bind(process);
  // Not a listener: the first listener would receive the messages that wait for the runner's own.
  process.emit = (name, ...values) => {
    if (name === 'message' && values[0]?.type === WORKER_DATA) missed = values[0];
    return emit(name, ...values);
  };
  const send = process.send.bind(process);
  process.send = (message, ...others) => {
    if (message !== REQUEST || missed === null) return send(message, ...others);
    process.nextTick(() => emit('message', missed));
    return true;
  };
}
