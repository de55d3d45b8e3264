import { GENRES, STATUSES } from '../../model/verdict.ts';
import type { TriageThread } from '../../model/triage.ts';
import type { Correction } from '../../ports.ts';
import { CORRECTABLE } from '../../ports.ts';
import type { Look } from '../page.ts';
import { threadPath } from '../links.ts';

/** What people said of a thread, undone words too. */
export function History({ corrections, look }: { readonly corrections: readonly Correction[]; readonly look: Look }) {
  if (corrections.length === 0) return null;
  return (
    <section class="card">
      <h2>Corrected by people</h2>
      <ul class="small">
        {corrections.map(({ id, field, value, by, at, undone }) => (
          <li>
            {undone === null ? (
              <>
                {field}: {value}
              </>
            ) : (
              <s>
                {field}: {value}
              </s>
            )}{' '}
            <span class="soft">
              by {by}, {at.slice(0, 10)}
              {undone === null ? '' : `; taken back by ${undone.by}, ${undone.at.slice(0, 10)}`}
            </span>
            {look.mark === null || undone !== null ? null : (
              <form method="post" action="/undo">
                <input type="hidden" name="mark" value={look.mark} />
                <input type="hidden" name="id" value={String(id)} />
                <button>Take back</button>
              </form>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}

/** A form that sets one field of a thread; a person's word wins over the rules. */
export function CorrectForm({ thread, mark }: { readonly thread: TriageThread; readonly mark: string }) {
  return (
    <section class="card" aria-labelledby="correct">
      <h2 id="correct">Correct it</h2>
      <form method="post" action={`${threadPath(thread.id)}/correct`}>
        <input type="hidden" name="mark" value={mark} />
        <p>
          <label>
            Field{' '}
            <select name="field">
              {CORRECTABLE.map((field) => (
                <option value={field}>{field}</option>
              ))}
            </select>
          </label>
        </p>
        <p>
          <label>
            Value <input name="value" required maxlength={300} list="values" />
          </label>
          <datalist id="values">
            {[...GENRES, ...STATUSES].map((value) => (
              <option value={value}></option>
            ))}
          </datalist>
        </p>
        <button class="main">Set it</button>
      </form>
    </section>
  );
}
