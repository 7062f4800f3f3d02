import { quantile, type Figure } from './figures.ts';

const WARM_UP_ROUNDS = 5;
const ROUNDS = 40;
export const ADMINISTRATOR = { username: 'bench', password: 'correct horse battery staple' };

/**
 * The lists and searches of orders in the console, as one member of staff.
 * @param service its URL
 * @param orderNoOf the number of an order by its index, all over the table
 */
export async function measureLists(
  service: string,
  orders: number,
  orderNoOf: (index: number) => string,
): Promise<Figure[]> {
  const { body } = await call(service, 'POST', '/admin/api/auth/login', undefined, ADMINISTRATOR);
  const { token } = JSON.parse(body) as { token: string };
  const lists = { 'List of orders': listUrl, 'Search of orders by number': searchUrl };
  const figures: Figure[] = [];
  for (const [name, urlOf] of Object.entries(lists)) {
    const milliseconds: number[] = [];
    for (let round = 0; round < WARM_UP_ROUNDS + ROUNDS; round++) {
      const url = urlOf(round, orderNoOf(Math.floor((round * orders) / (WARM_UP_ROUNDS + ROUNDS))));
      const startedAt = performance.now();
      const reply = await call(service, 'GET', url, token);
      if (round >= WARM_UP_ROUNDS) milliseconds.push(performance.now() - startedAt);
      if ((JSON.parse(reply.body) as { items: object[] }).items.length === 0) throw new Error(`${url} found no order.`);
    }
    figures.push({
      name: `${name}, ${orders.toLocaleString('en')}, p95`,
      value: quantile(milliseconds, 0.95),
      unit: 'ms',
      below: 50,
    });
  }
  return figures;
}

/** The first page, without and with filters in turns. */
function listUrl(round: number): string {
  const filters = ['', '&status=PAID', '&status=PENDING', '&from=2020-01-01T00:00:00Z'];
  return `/admin/api/orders?limit=50${filters[round % filters.length]}`;
}

function searchUrl(_round: number, orderNo: string): string {
  return `/admin/api/orders?limit=50&q=${orderNo}`;
}

async function call(service: string, method: string, path: string, token?: string, payload?: object) {
  const headers = {
    ...(token !== undefined && { authorization: `Bearer ${token}` }),
    ...(payload && { 'content-type': 'application/json' }),
  };
  const reply = await fetch(`${service}${path}`, {
    method,
    headers,
    ...(payload && { body: JSON.stringify(payload) }),
  });
  const body = await reply.text();
  if (reply.status !== 200) throw new Error(`${method} ${path} returned ${reply.status}: ${body}`);
  return { body };
}
