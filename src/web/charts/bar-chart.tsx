import type { Bar } from './figures.ts';

interface Props {
  readonly title: string;
  readonly aside: string;
  readonly bars: readonly Bar[];
  /** Where the name of a bar leads; `null` for one that leads nowhere. */
  readonly toPath?: (name: string) => string | null;
  readonly toName?: (name: string) => string;
  readonly empty: string;
}

/** Counts as bars that lie; names and numbers are text of the page, so that everybody can read and follow them. */
export function BarChart({ title, aside, bars, toPath, toName, empty }: Props) {
  const most = Math.max(1, ...bars.map(({ count }) => count));
  const isEmpty = bars.every(({ count }) => count === 0);
  return (
    <figure class="card figure">
      <figcaption>
        {title} <span class="soft">{aside}</span>
      </figcaption>
      {isEmpty ? <p class="soft small">{empty}</p> : null}
      <table class="bars small">
        <tbody>
          {(isEmpty ? [] : bars).map(({ name, count }) => {
            const path = toPath?.(name) ?? null;
            const shown = toName?.(name) ?? name;
            return (
              <tr>
                <th scope="row">{path === null ? shown : <a href={path}>{shown}</a>}</th>
                <td class="n">{count}</td>
                <td class="b">
                  <svg class="rail" viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true">
                    <rect class="k-bar" width={((100 * count) / most).toFixed(1)} height="8" rx="1" />
                  </svg>
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </figure>
  );
}
