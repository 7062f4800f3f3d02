import { sendRequest } from '../../../tools/client/http.js';

export type MetricLabels = Readonly<Record<string, string>>;

/** One line of Prometheus' text format. */
export interface MetricSample {
  name: string;
  labels: MetricLabels;
  value: number;
}

/** The metrics of one instance at `/metrics`. */
export class MetricsScrape {
  private constructor(readonly text: string) {}

  static async fetch(instanceUrl: string): Promise<MetricsScrape> {
    const { status, body } = await sendRequest<string>(`${instanceUrl}/metrics`);
    if (status !== 200) throw new Error(`/metrics responds with ${status}`);
    return new MetricsScrape(body);
  }

  get samples(): MetricSample[] {
    return this.text
      .split('\n')
      .filter((line) => line !== '' && !line.startsWith('#'))
      .map((line) => parseSample(line));
  }

  /** Returns the type of every metric by its name. */
  get types(): Map<string, string> {
    const matches = [...this.text.matchAll(/^# TYPE (\S+) (\S+)$/gm)];
    return new Map(matches.map(([, name = '', type = '']) => [name, type]));
  }

  /** Returns the value of the one series with this name and at least these labels, or undefined when there is none. */
  getValue(name: string, labels: MetricLabels = {}): number | undefined {
    const found = this.samples.filter(
      (sample) =>
        sample.name === `wx_checkout_${name}` &&
        Object.entries(labels).every(([label, value]) => sample.labels[label] === value),
    );
    if (found.length > 1) throw new Error(`${name} with ${JSON.stringify(labels)} matches several series`);
    return found[0]?.value;
  }
}

function parseSample(line: string): MetricSample {
  const [, name = '', labels = '', value = ''] = /^([a-z_:][a-z0-9_:]*)(?:\{(.*)\})? (\S+)$/i.exec(line) ?? [];
  if (name === '' || (value !== 'Nan' && Number.isNaN(Number(value)))) throw new Error(`Not a sample: ${line}`);
  const pairs = [...labels.matchAll(/(\w+)="([^"]*)"/g)].map(([, label = '', text = '']) => [label, text]);
  return { name, labels: Object.fromEntries(pairs) as MetricLabels, value: Number(value) };
}
