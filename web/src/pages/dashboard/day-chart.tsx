import type { ReactNode } from 'react';
import { yuan } from '../../money.js';
import { useWords } from '../../words/words.js';
import { type ChartDay, roundUp } from './days.js';

const [WIDTH, HEIGHT] = [900, 240];
const [LEFT, BOTTOM, TOP] = [76, 24, 8];
const LINES = [0, 0.25, 0.5, 0.75, 1];
/** Names below the bars: more would overlap. */
const NAMES = 8;

/** Two bars for each day. Whoever cannot see it has the table below. */
export function DayChart({ days }: { days: ChartDay[] }): ReactNode {
  const { dashboard: words } = useWords();
  const top = roundUp(Math.max(...days.map(({ paidFen, refundedFen }) => Math.max(paidFen, refundedFen))));
  const y = (fen: number): number => TOP + (1 - fen / top) * (HEIGHT - TOP - BOTTOM);
  return (
    <>
      <div className="legend" aria-hidden>
        <span>
          <i className="paid" />
          {words.paid}
        </span>
        <span>
          <i className="refunded" />
          {words.refunded}
        </span>
      </div>
      <svg
        className="chart"
        viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
        role="img"
        aria-label={words.chart(days[0]?.date ?? '', days.at(-1)?.date ?? '')}
      >
        {LINES.map((part) => (
          <g key={part}>
            <line x1={LEFT} x2={WIDTH} y1={y(part * top)} y2={y(part * top)} />
            <text x={LEFT - 6} y={y(part * top) + 4} textAnchor="end">
              {yuan(Math.round(part * top))}
            </text>
          </g>
        ))}
        {days.map((day, index) => (
          <Bars key={day.date} day={day} index={index} count={days.length} y={y} />
        ))}
      </svg>
    </>
  );
}

interface BarFacts {
  day: ChartDay;
  index: number;
  count: number;
  y: (fen: number) => number;
}

function Bars({ day: { date, paidFen, refundedFen }, index, count, y }: BarFacts): ReactNode {
  const { dashboard: words } = useWords();
  const slot = (WIDTH - LEFT) / count;
  const width = Math.min(22, slot * 0.36);
  const middle = LEFT + slot * (index + 0.5);
  const isNamed = index % Math.ceil(count / NAMES) === 0;
  return (
    <g>
      <title>{`${date}: ${words.paid} ${yuan(paidFen)}, ${words.refunded} ${yuan(refundedFen)}`}</title>
      <rect className="chart-paid" x={middle - width} width={width} y={y(paidFen)} height={y(0) - y(paidFen)} />
      <rect className="chart-refunded" x={middle} width={width} y={y(refundedFen)} height={y(0) - y(refundedFen)} />
      {isNamed && (
        <text x={middle} y={HEIGHT - 6} textAnchor="middle">
          {date.slice(5)}
        </text>
      )}
    </g>
  );
}
