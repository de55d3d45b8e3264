import { z } from 'zod';
import { GENRES } from '../../model/verdict.ts';

/** What a model has to answer to `prompts/classify.md`. */
export const Answer = z.object({
  genre: z.enum(GENRES),
  component: z.string().max(200).nullable(),
  summary: z.string().max(2000),
  quote: z.string().max(1000),
  suggestions: z.array(z.string().max(254)).max(20),
});
export type Answer = z.infer<typeof Answer>;

/** The same as a JSON schema, in the strict form that servers take: every field required, no others. */
export const ANSWER_SCHEMA: Readonly<Record<string, unknown>> = toStrictSchema();

/** Bounds are ours to check: several servers refuse a schema that has any. */
function toStrictSchema(): Readonly<Record<string, unknown>> {
  const text = { type: 'string' };
  const properties = {
    genre: { type: 'string', enum: [...GENRES] },
    component: { type: ['string', 'null'] },
    summary: text,
    quote: text,
    suggestions: { type: 'array', items: text },
  };
  return { type: 'object', properties, required: Object.keys(Answer.shape), additionalProperties: false };
}
