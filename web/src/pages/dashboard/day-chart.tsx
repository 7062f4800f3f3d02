import { Grid } from 'antd';
import type { ReactNode } from 'react';
import { formatYuan } from '../../utils/money.js';
import { useTranslations } from '../../i18n/language-provider.js';
import { type ChartDay, chartMaximum } from './days.js';

/** SVG units. `names` is the number of day labels below the bars. More would overlap. */
interface ChartSize {
  width: number;
  height: number;
  names: number;
}

const WIDE: ChartSize = { width: 900, height: 240, names: 8 };
/** A phone needs a smaller drawing, because scaling down the wide one would shrink the text. */
const NARROW: ChartSize = { width: 360, height: 220, names: 4 };
const [LEFT, BOTTOM, TOP] = [76, 24, 8];
const GRID_LINES = [0, 0.25, 0.5, 0.75, 1];

/** Two bars for each day. The table below has the same numbers for screen readers. */
export function DayChart({ days }: { days: ChartDay[] }): ReactNode {
  const { dashboard: t } = useTranslations();
  const isWide = Grid.useBreakpoint().md ?? true;
  const size = isWide ? WIDE : NARROW;
  const top = chartMaximum(Math.max(...days.map(({ paidFen, refundedFen }) => Math.max(paidFen, refundedFen))));
  const y = (fen: number): number => TOP + (1 - fen / top) * (size.height - TOP - BOTTOM);
  return (
    <>
      <Legend />
      <svg
        className="chart"
        viewBox={`0 0 ${size.width} ${size.height}`}
        role="img"
        aria-label={t.chart(days[0]?.date ?? '', days.at(-1)?.date ?? '')}
      >
        {GRID_LINES.map((part) => (
          <g key={part}>
            <line x1={LEFT} x2={size.width} y1={y(part * top)} y2={y(part * top)} />
            <text x={LEFT - 6} y={y(part * top) + 4} textAnchor="end">
              {formatYuan(Math.round(part * top))}
            </text>
          </g>
        ))}
        {days.map((day, index) => (
          <Bars key={day.date} day={day} index={index} count={days.length} size={size} y={y} />
        ))}
      </svg>
    </>
  );
}

function Legend(): ReactNode {
  const { dashboard: t } = useTranslations();
  return (
    <div className="legend" aria-hidden>
      <span>
        <i className="paid" />
        {t.paid}
      </span>
      <span>
        <i className="refunded" />
        {t.refunded}
      </span>
    </div>
  );
}

interface BarsProps {
  day: ChartDay;
  index: number;
  count: number;
  size: ChartSize;
  y: (fen: number) => number;
}

function Bars({ day: { date, paidFen, refundedFen }, index, count, size, y }: BarsProps): ReactNode {
  const { dashboard: t } = useTranslations();
  const slot = (size.width - LEFT) / count;
  const width = Math.min(22, slot * 0.36);
  const middle = LEFT + slot * (index + 0.5);
  const isNamed = index % Math.ceil(count / size.names) === 0;
  return (
    <g>
      <title>{`${date}: ${t.paid} ${formatYuan(paidFen)}, ${t.refunded} ${formatYuan(refundedFen)}`}</title>
      <rect className="chart-paid" x={middle - width} width={width} y={y(paidFen)} height={y(0) - y(paidFen)} />
      <rect className="chart-refunded" x={middle} width={width} y={y(refundedFen)} height={y(0) - y(refundedFen)} />
      {isNamed && (
        <text x={middle} y={size.height - 6} textAnchor="middle">
          {date.slice(5)}
        </text>
      )}
    </g>
  );
}
