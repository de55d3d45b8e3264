import type { Hono } from 'hono';
import { groupBest, writePerson } from '../../digest/suggested.ts';
import { writeRegression } from '../../digest/environment-line.ts';
import { checkText, type Checked } from '../../pipeline/check-text.ts';
import { clientOf, readForm } from '../guard.ts';
import { toPage, type AnyPage } from '../page.ts';
import { Traces } from '../pages/evidence.tsx';
import { toCcLine } from '../mask.ts';
import { GenreTag } from '../parts.tsx';
import type { PagePorts } from '../ports.ts';
import { RateLimit } from '../rate-limit.ts';
import { show, tellTrouble, type Variables } from '../shell.tsx';

const LARGEST = 1_048_576;
/** Checks of one address: each may cost a second. */
const CHECKS = { most: 20, whileMs: 5 * 60_000 };

interface CheckData {
  readonly checked: Checked | null;
}

/** A form for a log or a draft. Its answer is made on the spot and kept nowhere, nor is what was pasted. */
export const CHECK: AnyPage = toPage<CheckData>({
  path: '/check',
  at: '/check',
  summary: 'A form for a pasted log or a draft mail; POST (field `text`) answers with what is recognised and missing',
  query: [],
  load: () => Promise.resolve({ checked: null }),
  view: ({ checked }) => ({
    title: 'Check',
    body: (
      <>
        <h1>Check a log or a draft before it is sent</h1>
        {checked === null ? null : <Answer checked={checked} />}
        <form method="post" action="/check" class="card">
          <p>
            <label for="text">Paste the log, or the whole mail with its header</label>
          </p>
          <textarea
            id="text"
            name="text"
            rows={checked === null ? 18 : 8}
            required
            maxlength={LARGEST}
            spellcheck={false}
          ></textarea>
          <p>
            <button class="main">Check</button> <span class="soft small">Nothing is stored. One megabyte at most.</span>
          </p>
        </form>
      </>
    ),
  }),
});

/** `POST /check`, for a form, or for a program that sends text and asks for JSON. */
export function addChecking(app: Hono<{ Variables: Variables }>, ports: PagePorts): void {
  const checks = new RateLimit(CHECKS);
  app.post('/check', async (context) => {
    const now = ports.clock.now();
    const wait = checks.take(clientOf(context, ports), now);
    if (wait !== null) {
      context.header('retry-after', String(wait));
      return tellTrouble(context, ports, { status: 429, text: `Too many checks: wait ${wait} seconds.` });
    }
    const isText = (context.req.header('content-type') ?? '').startsWith('text/plain');
    const text = isText ? await context.req.text() : ((await readForm(context))['text'] ?? '');
    const bytes = Buffer.from(text);
    if (bytes.length > LARGEST)
      return tellTrouble(context, ports, { status: 413, text: 'That is too long: one megabyte at most.' });
    if (text.trim() === '') return tellTrouble(context, ports, { status: 400, text: 'There is nothing to check.' });
    const checked = checkText(bytes, { trees: ports.trees(), asOf: now });
    return show(context, CHECK, { data: { checked }, ports });
  });
}

function Answer({ checked }: { readonly checked: Checked }) {
  const { thread, wrappedLines, nearMisses, cut } = checked;
  const regression = writeRegression(thread.regression);
  return (
    <section aria-label="What was found" class="answer">
      <p>
        Taken for: <GenreTag genre={thread.genre} symptoms={thread.symptoms} />
        {regression === null ? '' : ` Regression: ${regression}`}
      </p>
      {wrappedLines.length === 0 ? null : (
        <p class="warn">
          Your log is wrapped: a mailer broke {wrappedLines.length} {wrappedLines.length === 1 ? 'line' : 'lines'} (
          {wrappedLines.slice(0, 8).join(', ')}
          {wrappedLines.length > 8 ? ', …' : ''}). Attach it as a file instead.
        </p>
      )}
      {nearMisses === 0 ? null : (
        <p class="warn">
          {nearMisses} lines look like a crash log that cannot be read: see for yourself whether it is whole.
        </p>
      )}
      {cut === null ? null : <p class="warn">{cut}</p>}
      <div class="grid">
        <div>
          {thread.traces.length === 0 ? <p class="card soft">No crash log was found in it.</p> : null}
          <Traces traces={thread.traces} toLine={() => null} numbers={new Map()} />
        </div>
        <div>
          <section class="card">
            <h2>Worth adding</h2>
            {thread.missing.length === 0 ? (
              <p class="soft">Nothing that is usually asked for.</p>
            ) : (
              <ul>
                {thread.missing.map((one) => (
                  <li>{one}</li>
                ))}
              </ul>
            )}
          </section>
          <Known thread={thread} />
          <Whom thread={thread} />
        </div>
      </div>
    </section>
  );
}

function Known({ thread: { environment } }: Pick<Checked, 'thread'>) {
  if (environment.length === 0) return null;
  return (
    <section class="card">
      <h2>Environment</h2>
      <dl class="facts">
        {environment.slice(0, 40).map(({ key, role, value, line }) => (
          <>
            <dt>
              {key}
              {role === null ? '' : ` (${role})`}
            </dt>
            <dd>
              {value} <span class="soft small">line {line}</span>
            </dd>
          </>
        ))}
      </dl>
    </section>
  );
}

function Whom({ thread }: Pick<Checked, 'thread'>) {
  const cc = toCcLine(thread.routing);
  const groups = groupBest(thread.routing);
  return (
    <section class="card">
      <h2>Who should see it</h2>
      {groups.length === 0 ? (
        <p class="soft">Nobody found: no file, function or subsystem is named that a MAINTAINERS file covers.</p>
      ) : null}
      {groups.map(({ people, role, reasons }) => (
        <div>
          {people.map((one) => (
            <p>{writePerson(one)}</p>
          ))}
          <p class="soft small">{role}</p>
          <ul class="small">
            {reasons.slice(0, 3).map((reason) => (
              <li>{reason}</li>
            ))}
          </ul>
        </div>
      ))}
      {cc === null ? null : <pre tabindex={0}>{cc}</pre>}
    </section>
  );
}
