import type { BenchDatabases } from '../support/databases.ts';
import { ShopEnvironment } from '../shop/shop-environment.ts';
import { freePort } from '../../tools/process/local-server.ts';
import { residentBytes } from '../support/processes.ts';
import { median, type Figure } from '../support/figures.ts';

const BUYERS = 8;
/** Thirty seconds of load, with a memory measurement every two seconds. */
const WINDOWS = 15;
const WINDOW_SECONDS = 2;
/**
 * The allowed growth from the middle third to the last. The sales are printed, so that the growth per sale can be
 * computed.
 */
const HEAP_MARGIN_MB = 3;
const RESIDENT_MARGIN_MB = 10;

/**
 * Verifies that memory stays flat under a steady load of sales. After each window the process collects its garbage, so
 * that only retained memory is measured. The first third is the warm-up and is not evaluated.
 */
export async function benchSoak(databases: BenchDatabases): Promise<Figure[]> {
  const port = await freePort();
  const flags = [`--inspect=127.0.0.1:${port}`, '--inspect-publish-uid=http']; // keeps it out of stderr
  const shop = await ShopEnvironment.open(databases, { purpose: 'soak', instances: 1, flags });
  const [service] = shop.processes;
  if (!service) throw new Error('The service is not running.');
  const inspector = await HeapInspector.connect(port);
  try {
    const windows: { heap: number; resident: number; sold: number }[] = [];
    for (let window = 0; window < WINDOWS; window++) {
      const { sold } = await shop.runBuyers({ buyers: BUYERS, seconds: WINDOW_SECONDS, instances: 1 });
      const heap = await inspector.heapAfterCollection();
      windows.push({ heap: heap / 1e6, resident: residentBytes(service) / 1e6, sold });
    }
    await shop.assertSalesRecorded();
    return figuresOf(windows);
  } finally {
    inspector.close();
    await shop.close();
  }
}

function figuresOf(windows: { heap: number; resident: number; sold: number }[]): Figure[] {
  const third = windows.length / 3;
  const [middle, last] = [windows.slice(third, 2 * third), windows.slice(2 * third)];
  const growth = (what: 'heap' | 'resident') =>
    median(last.map((window) => window[what])) - median(middle.map((window) => window[what]));
  return [
    { name: 'Retained heap, growth to the last third', value: growth('heap'), unit: 'MB', atMost: HEAP_MARGIN_MB },
    {
      name: 'Resident memory, growth to the last third',
      value: growth('resident'),
      unit: 'MB',
      atMost: RESIDENT_MARGIN_MB,
    },
    { name: '  retained heap at the end', value: windows.at(-1)?.heap ?? NaN, unit: 'MB' },
    { name: '  resident memory at the end', value: windows.at(-1)?.resident ?? NaN, unit: 'MB' },
    { name: '  sales', value: windows.reduce((sum, { sold }) => sum + sold, 0), unit: '' },
  ];
}

/** The parts of the inspector's answers that are read here. */
interface InspectorAnswer {
  id?: number;
  error?: { message: string };
  result?: { usedSize?: number };
}

/** A client of Node's inspector, to collect garbage and read the heap size from outside. */
class HeapInspector {
  #socket;
  #lastId = 0;

  constructor(socket: WebSocket) {
    this.#socket = socket;
  }

  static async connect(port: number) {
    const response = await fetch(`http://127.0.0.1:${port}/json/list`);
    const [target] = (await response.json()) as { webSocketDebuggerUrl: string }[];
    if (!target) throw new Error('The inspector has no target.');
    const socket = new WebSocket(target.webSocketDebuggerUrl);
    await new Promise((resolve, reject) => {
      socket.addEventListener('open', resolve, { once: true });
      socket.addEventListener('error', () => reject(new Error('The inspector does not respond.')), { once: true });
    });
    return new HeapInspector(socket);
  }

  /** @returns bytes in use after a garbage collection */
  async heapAfterCollection(): Promise<number> {
    await this.#call('HeapProfiler.collectGarbage');
    const { usedSize = NaN } = (await this.#call('Runtime.getHeapUsage')) ?? {};
    return usedSize;
  }

  close() {
    this.#socket.close();
  }

  #call(method: string): Promise<InspectorAnswer['result']> {
    const id = ++this.#lastId;
    return new Promise((resolve, reject) => {
      const listen = ({ data }: { data: unknown }) => {
        const answer = JSON.parse(String(data)) as InspectorAnswer;
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
