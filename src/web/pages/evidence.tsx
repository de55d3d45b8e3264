import { writeFrame, writeCircumstances, toShownTitle } from '../../digest/trace-lines.ts';
import { PLAIN } from '../../digest/style.ts';
import { toSafeLine } from '../../lib/safe-text.ts';
import { toSourceLink } from '../source-link.ts';
import type { TriageFact, TriageTrace } from '../../model/triage.ts';

/** The address of the very line that a fact came from; `null` where the mail is not of this thread. */
export type ToLine = (message: string, part: string, line: number) => string | null;

const MOST_TRACES = 6;
const MOST_FRAMES = 60;

interface TracesProps {
  readonly traces: readonly TriageTrace[];
  readonly toLine: ToLine;
  readonly numbers: ReadonlyMap<string, number>;
  /** The lines of each trace as the mail has them, in the order of the traces. */
  readonly originals?: readonly (readonly string[])[];
  /** Where sources are read, by project. */
  readonly sources?: Readonly<Record<string, string>>;
}

const MOST_ORIGINAL = 120;

/** A frame on a line of its own, with a link to its source where one is known. */
function FrameLine({ text, link }: { readonly text: string; readonly link: string | null }) {
  if (link === null) return <>{`\n${text}`}</>;
  const indent = text.length - text.trimStart().length;
  return (
    <>
      {`\n${text.slice(0, indent)}`}
      <a href={link} rel="noreferrer">
        {text.slice(indent)}
      </a>
    </>
  );
}

function Original({ lines }: { readonly lines: readonly string[] | undefined }) {
  if (lines === undefined || lines.length === 0) return null;
  return (
    <details class="small">
      <summary>As it stands in the mail, not repaired</summary>
      <pre tabindex={0}>{lines.join('\n')}</pre>
    </details>
  );
}

/** The lines of a trace in the text of its part, with their quote marks; not more than are read. */
export function toOriginal(text: string, [first, last]: readonly [number, number]): readonly string[] {
  return text
    .split('\n')
    .slice(first - 1, Math.min(last, first - 1 + MOST_ORIGINAL))
    .map((line) => toSafeLine(line, 400));
}

/** The crashes of a thread, with what their numbers mean, each linked to its lines. */
export function Traces({ traces, toLine, numbers, originals = [], sources = {} }: TracesProps) {
  return (
    <>
      {traces.slice(0, MOST_TRACES).map((trace, place) => {
        const [first, last] = trace.lines;
        const link = toLine(trace.message, trace.part, first);
        return (
          <section class="card">
            <h2>
              {trace.project} {trace.kind}{' '}
              <span class="count">
                {place + 1} of {traces.length}
              </span>
            </h2>
            <p>{toShownTitle(trace.title)}</p>
            <p class="soft small">
              {writeCircumstances(trace)};{' '}
              {link === null ? (
                `lines ${first}–${last}`
              ) : (
                <a href={link}>
                  mail {numbers.get(trace.message)}, lines {first}–{last}
                </a>
              )}
              ; fingerprint <code>{trace.fingerprint}</code>
            </p>
            {trace.damage === null ? null : <p class="warn small">Not whole: {trace.damage}</p>}
            <pre tabindex={0}>
              {trace.headline}
              {trace.frames.slice(0, MOST_FRAMES).map((frame) => (
                <FrameLine
                  text={writeFrame(frame, frame.function === trace.culprit, PLAIN)}
                  link={toSourceLink(sources[trace.project], trace.version, frame)}
                />
              ))}
            </pre>
            {trace.frames.length > MOST_FRAMES ? (
              <p class="soft small">and {trace.frames.length - MOST_FRAMES} more frames</p>
            ) : null}
            <Original lines={originals[place]} />
            <ul class="small">
              {trace.notes.map(({ text, line }) => {
                const to = toLine(trace.message, trace.part, line);
                return <li>{to === null ? text : <a href={to}>{text}</a>}</li>;
              })}
            </ul>
          </section>
        );
      })}
      {traces.length > MOST_TRACES ? <p class="soft">and {traces.length - MOST_TRACES} more traces</p> : null}
    </>
  );
}

interface FactsProps {
  readonly facts: readonly TriageFact[];
  readonly missing: readonly string[];
  readonly toLine: ToLine;
  readonly numbers: ReadonlyMap<string, number>;
}

/** What the reporter runs, each with the line that says so, and what is not said yet. */
export function Facts({ facts, missing, toLine, numbers }: FactsProps) {
  if (facts.length + missing.length === 0) return null;
  return (
    <section class="card" aria-labelledby="environment">
      <h2 id="environment">Environment</h2>
      <dl class="facts">
        {facts.slice(0, 60).map(({ key, value, role, message, line, quote }) => {
          const link = toLine(message, 'body', line);
          return (
            <>
              <dt>
                {key}
                {role === null ? '' : ` (${role})`}
              </dt>
              <dd>
                {value}{' '}
                {link === null ? null : (
                  <a class="small" href={link} title={quote}>
                    mail {numbers.get(message)}, line {line}
                  </a>
                )}
              </dd>
            </>
          );
        })}
      </dl>
      {missing.length === 0 ? null : <p class="small soft">Not said yet: {missing.join(', ')}</p>}
    </section>
  );
}
