import { readState } from '../day-digest.ts';
import { sectionPath, withQuery } from '../links.ts';
import type { PagePorts } from '../ports.ts';
import { BarChart } from './bar-chart.tsx';
import { FigureCounter, type Figures } from './figures.ts';
import { WeekChart } from './week-chart.tsx';

/** The newest reports that are counted: half a year of a busy list has far fewer. */
const MOST = 5000;
const DAYS = 182;
const DAY = 86_400_000;

/** The figures of the half year that ends with a day; made once for each state of the store. */
export async function readFigures(day: string, { store, memory }: PagePorts): Promise<Figures> {
  return memory.get(`figures ${day}`, await readState(store), async () => {
    const counter = new FigureCounter(day);
    const from = new Date(Date.parse(day) - DAYS * DAY).toISOString();
    const window = { from, to: `${day}T23:59:59.999Z` };
    for await (const thread of store.threads({ genre: 'report', window, limit: MOST })) counter.add(thread);
    return counter.end();
  });
}

export function Charts({ figures }: { readonly figures: Figures }) {
  const { weeks, answers, open, reports } = figures;
  return (
    <section class="charts" aria-label="Half a year in pictures">
      <WeekChart weeks={weeks} />
      <BarChart
        title="First word of a maintainer"
        aside="after a report"
        bars={answers}
        empty="No report in half a year."
      />
      <BarChart
        title="Open reports"
        aside={`of ${reports} that moved, by part`}
        bars={open}
        toPath={(name) => (name === '' ? withQuery('/threads', { genre: 'report' }) : sectionPath(name))}
        toName={(name) => (name === '' ? 'no part named' : name.replace('/', ': '))}
        empty="No report is open."
      />
    </section>
  );
}
