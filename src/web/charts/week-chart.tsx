import { KINDS, type Week } from './figures.ts';

const WIDTH = 520;
const HEIGHT = 150;
const LEFT = 28;
const BOTTOM = 20;
const TOP = 8;

/** Reports of each week as stacked bars; every number stands in a title and in the table below. */
export function WeekChart({ weeks }: { readonly weeks: readonly Week[] }) {
  const sums = weeks.map(({ reports }) => KINDS.reduce((sum, kind) => sum + reports[kind], 0));
  const most = Math.max(4, ...sums);
  const step = (WIDTH - LEFT) / weeks.length;
  const toHeight = (count: number): number => ((HEIGHT - TOP - BOTTOM) * count) / most;
  return (
    <figure class="card figure">
      <figcaption>
        Reports a week{' '}
        <span class="soft">
          {sums.reduce((sum, one) => sum + one, 0)} in {weeks.length} weeks
        </span>
      </figcaption>
      <svg class="chart" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={writeLabel(sums, weeks)}>
        {[0, most / 2, most].map((at) => (
          <>
            <line
              class="rule"
              x1={LEFT}
              x2={WIDTH}
              y1={HEIGHT - BOTTOM - toHeight(at)}
              y2={HEIGHT - BOTTOM - toHeight(at)}
            />
            <text x={LEFT - 6} y={HEIGHT - BOTTOM - toHeight(at) + 4} text-anchor="end">
              {Number.isInteger(at) ? at : ''}
            </text>
          </>
        ))}
        {weeks.map((week, place) => (
          <Stack
            week={week}
            x={LEFT + place * step + step * 0.14}
            width={step * 0.72}
            toHeight={toHeight}
            isNamed={place % 6 === 1 && place < weeks.length - 2}
          />
        ))}
      </svg>
      <Legend weeks={weeks} />
    </figure>
  );
}

interface StackProps {
  readonly week: Week;
  readonly x: number;
  readonly width: number;
  readonly toHeight: (count: number) => number;
  readonly isNamed: boolean;
}

function Stack({ week: { from, reports }, x, width, toHeight, isNamed }: StackProps) {
  const sum = KINDS.reduce((all, kind) => all + reports[kind], 0);
  let y = HEIGHT - BOTTOM;
  return (
    <g>
      <title>{`week of ${from}: ${sum}`}</title>
      {KINDS.map((kind) => {
        const height = toHeight(reports[kind]);
        y -= height;
        return height === 0 ? null : (
          <rect class={`k-${kind}`} x={round(x)} y={round(y)} width={round(width)} height={round(height)} />
        );
      })}
      {isNamed ? (
        <text x={round(x)} y={HEIGHT - 4}>
          {from.slice(5)}
        </text>
      ) : null}
    </g>
  );
}

function Legend({ weeks }: { readonly weeks: readonly Week[] }) {
  return (
    <p class="legend small">
      {KINDS.map((kind) => (
        <span>
          <svg class="key" viewBox="0 0 10 10" aria-hidden="true">
            <rect class={`k-${kind}`} width="10" height="10" rx="2" />
          </svg>
          {kind} {weeks.reduce((sum, { reports }) => sum + reports[kind], 0)}
        </span>
      ))}
    </p>
  );
}

function writeLabel(sums: readonly number[], weeks: readonly Week[]): string {
  const [first, last] = [weeks[0]?.from ?? '', weeks.at(-1)?.from ?? ''];
  return `Reports a week from ${first} to ${last}: ${sums.join(', ')}`;
}

function round(value: number): string {
  return value.toFixed(1);
}
