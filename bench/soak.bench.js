import { ShopEnvironment } from './shop-environment.js';
import { freePort, residentBytes } from './processes.js';
import { median } from './statistics.js';

const BUYERS = 8;
/** Thirty seconds of load, with a look at the memory after every two. */
const WINDOWS = 15;
const WINDOW_SECONDS = 2;
/** How much more the last third may need than the middle one. The sales are printed: together they say what one may leave behind. */
const HEAP_MARGIN_MB = 3;
const RESIDENT_MARGIN_MB = 10;

/**
 * Whether memory stays flat under a steady load of whole sales. After each window the process collects its garbage, so
 * that what is seen is what it keeps; the first third is for warming up, and counts for nothing.
 * @param {import('./databases.js').BenchDatabases} databases
 * @returns {Promise<import('./main.js').Figure[]>}
 */
export async function benchSoak(databases) {
  const port = await freePort();
  const flags = [`--inspect=127.0.0.1:${port}`, '--inspect-publish-uid=http']; // not to stderr
  const market = await ShopEnvironment.open(databases, { purpose: 'soak', instances: 1, flags });
  const [service] = market.processes;
  if (!service) throw new Error('There is no service.');
  const inspector = await HeapInspector.connect(port);
  try {
    /** @type {{ heap: number, resident: number, sold: number }[]} */
    const windows = [];
    for (let window = 0; window < WINDOWS; window++) {
      const { sold } = await market.runBuyers({ buyers: BUYERS, seconds: WINDOW_SECONDS, instances: 1 });
      const heap = await inspector.heapAfterCollection();
      windows.push({ heap: heap / 1e6, resident: residentBytes(service) / 1e6, sold });
    }
    await market.assertSalesRecorded();
    return figuresOf(windows);
  } finally {
    inspector.close();
    await market.close();
  }
}

/**
 * @param {{ heap: number, resident: number, sold: number }[]} windows
 * @returns {import('./main.js').Figure[]}
 */
function figuresOf(windows) {
  const third = windows.length / 3;
  const [middle, last] = [windows.slice(third, 2 * third), windows.slice(2 * third)];
  const growth = (/** @type {'heap' | 'resident'} */ what) =>
    median(last.map((window) => window[what])) - median(middle.map((window) => window[what]));
  return [
    { name: 'Heap kept, last third above the middle one', value: growth('heap'), unit: 'MB', atMost: HEAP_MARGIN_MB },
    {
      name: 'Resident, last third above the middle one',
      value: growth('resident'),
      unit: 'MB',
      atMost: RESIDENT_MARGIN_MB,
    },
    { name: '  heap kept at the end', value: windows.at(-1)?.heap ?? NaN, unit: 'MB' },
    { name: '  resident at the end', value: windows.at(-1)?.resident ?? NaN, unit: 'MB' },
    { name: '  sales meanwhile', value: windows.reduce((sum, { sold }) => sum + sold, 0), unit: '' },
  ];
}

/** Node's own inspector, for the two questions that only it answers from outside. */
class HeapInspector {
  #socket;
  #asked = 0;

  /** @param {WebSocket} socket */
  constructor(socket) {
    this.#socket = socket;
  }

  /** @param {number} port */
  static async connect(port) {
    const [target] = await (await fetch(`http://127.0.0.1:${port}/json/list`)).json();
    const socket = new WebSocket(target.webSocketDebuggerUrl);
    await new Promise((resolve, reject) => {
      socket.addEventListener('open', resolve, { once: true });
      socket.addEventListener('error', () => reject(new Error('The inspector does not answer.')), { once: true });
    });
    return new HeapInspector(socket);
  }

  /** @returns {Promise<number>} bytes that are still used after everything unused was collected */
  async heapAfterCollection() {
    await this.#ask('HeapProfiler.collectGarbage');
    return (await this.#ask('Runtime.getHeapUsage')).usedSize;
  }

  close() {
    this.#socket.close();
  }

  /**
   * @param {string} method
   * @returns {Promise<any>}
   */
  #ask(method) {
    const id = ++this.#asked;
    return new Promise((resolve, reject) => {
      const listen = (/** @type {MessageEvent} */ { data }) => {
        const answer = JSON.parse(data);
        if (answer.id !== id) return;
        this.#socket.removeEventListener('message', listen);
        if (answer.error) reject(new Error(answer.error.message));
        else resolve(answer.result);
      };
      this.#socket.addEventListener('message', listen);
      this.#socket.send(JSON.stringify({ id, method }));
    });
  }
}
