import type { TriageThread } from '../../model/triage.ts';
import type { Correction } from '../../ports.ts';
import { applyCorrections } from './apply-corrections.ts';

/** What people said of one thread, in the form of the labels that heddle is scored by: only fields that were corrected. */
export interface Label {
  readonly id: string;
  readonly subject: string;
  readonly messages: readonly { readonly id: string }[];
  readonly genre?: string;
  readonly status?: string;
  readonly duplicateOf?: string | null;
  readonly component?: string;
  readonly routing?: readonly { readonly address: string; readonly role: string }[];
  readonly by: readonly string[];
}

/** The label of a thread, or `null` where no correction is in force. */
export function toLabel(thread: TriageThread, corrections: readonly Correction[]): Label | null {
  const inForce = corrections.filter(({ undone }) => undone === null);
  if (inForce.length === 0) return null;
  const fields = new Set(inForce.map(({ field }) => field));
  const said = applyCorrections(thread, inForce);
  const set = new Set(inForce.flatMap(({ field, value }) => (field === 'route' ? [value] : [])));
  const isDuplicate = fields.has('duplicate-of');
  return {
    id: said.id,
    subject: said.subject,
    messages: said.messages.map(({ id }) => ({ id })),
    ...(fields.has('genre') ? { genre: said.genre } : {}),
    ...(fields.has('status') || isDuplicate ? { status: said.status } : {}),
    ...(isDuplicate ? { duplicateOf: said.duplicateOf } : {}),
    ...(said.component !== undefined && fields.has('component') ? { component: said.component } : {}),
    ...(set.size > 0
      ? {
          routing: said.routing
            .filter(({ address }) => set.has(address))
            .map(({ address, role }) => ({ address, role })),
        }
      : {}),
    by: [...new Set(inForce.map(({ by }) => by))],
  };
}
