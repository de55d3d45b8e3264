import type { TraceKind } from '../../../model/evidence.ts';
import { cleanTitle } from './clean-title.ts';
import { findGuilty } from './find-guilty.ts';
import { isMachinery, toPlainName } from '../machinery.ts';
import { pickFrame, toOtherSyscalls, toPlainSyscall } from './pick-frame.ts';
import type { Header, TitleRule } from './title-rule.ts';

/** The name that a report gets where no function is to blame. */
const NOBODY = 'corrupted';

export interface Title {
  readonly title: string;
  readonly otherTitles: readonly string[];
  readonly kind: TraceKind;
  /** The function to blame, as printed but for suffixes; `null` where none was found. */
  readonly culprit: string | null;
  /** Whether a rule knows this headline; else the line itself is the title. */
  readonly known: boolean;
  readonly quiet: boolean;
  readonly damaged: boolean;
}

/** A rule that fits, and what it caught. */
interface Fit {
  readonly rule: TitleRule;
  readonly line: number;
  readonly at: number;
  readonly groups: Readonly<Record<string, string>>;
}

/**
 * Titles a report: the rule of its header that fits earliest in the text, or the headline itself.
 *
 * @param lines the text of the report from its headline on, of one context, without frames that the log doubts
 * @param standIns functions to blame where the steps of the rule find none
 */
export function readTitle(header: Header, lines: readonly string[], standIns: readonly string[]): Title {
  const fit = findFit(header.rules, lines);
  if (fit) return makeTitle(fit, lines, standIns);
  const rule = header.rules.find(({ when }) => when.test((lines[0] ?? '').slice(0, 1000)));
  const line = lines.find((text) => text.includes(header.text)) ?? '';
  const title = cleanTitle(line.slice(Math.max(line.indexOf(header.text), 0)));
  return {
    title,
    otherTitles: [],
    kind: rule?.kind ?? header.kind,
    culprit: null,
    known: rule !== undefined,
    quiet: false,
    damaged: true,
  };
}

/** The first line that any rule fits decides; there the leftmost fit, then the order of the table. */
function findFit(rules: readonly TitleRule[], lines: readonly string[]): Fit | null {
  for (let line = 0; line < lines.length; line += 1) {
    const text = (lines[line] ?? '').slice(0, 1000);
    const fits: Fit[] = [];
    let earliest = Number.POSITIVE_INFINITY;
    for (const rule of rules) {
      const match = rule.when.exec(text);
      if (!match || match.index > earliest) continue;
      earliest = match.index;
      const groups = followOn(rule, lines, line, { ...match.groups });
      if (groups) fits.push({ rule, line, at: match.index, groups });
    }
    if (earliest === Number.POSITIVE_INFINITY) continue;
    return fits.find((fit) => fit.at === earliest) ?? null;
  }
  return null;
}

/** What the lines that must follow caught; `null` where one is missing. */
function followOn(
  rule: TitleRule,
  lines: readonly string[],
  from: number,
  groups: Record<string, string>,
): Record<string, string> | null {
  let at = from;
  for (const pattern of rule.then ?? []) {
    for (at += 1; at < lines.length; at += 1) {
      const match = pattern.exec((lines[at] ?? '').slice(0, 1000));
      if (!match) continue;
      Object.assign(groups, match.groups);
      break;
    }
    if (at >= lines.length) return null;
  }
  return groups;
}

function makeTitle(fit: Fit, lines: readonly string[], standIns: readonly string[]): Title {
  const { rule } = fit;
  const below = [(lines[fit.line] ?? '').slice(fit.at), ...lines.slice(fit.line + 1)];
  const guilty = findFrames(rule, below);
  const raw = guilty.frames[0] ?? null;
  const second = guilty.frames[1] ?? null;
  const own = rule.stacks === undefined ? (fit.groups['fn'] ?? null) : (raw ?? pickStandIn(rule, standIns));
  const fill = (template: string, frame: string): string =>
    cleanTitle(
      template.replace(/\{(?<key>\w{1,20})\}/g, (_, key: string) => {
        if (key === 'frame') return frame;
        if (key === 'frame2') return second === null ? NOBODY : toPlainSyscall(second);
        return key === 'fn' ? frame : (fit.groups[key] ?? '');
      }),
    );
  const name = own === null ? NOBODY : toPlainSyscall(own);
  const templates = [rule.title, ...(rule.also ?? [])];
  const title = fill(rule.title, name);
  const names = own === null ? [NOBODY] : [name, ...toOtherSyscalls(own), ...(raw === null ? [NOBODY] : [])];
  const otherTitles = new Set(names.flatMap((one) => templates.map((template) => fill(template, one))));
  otherTitles.delete(title);
  return {
    title,
    otherTitles: [...otherTitles],
    kind: rule.kind,
    culprit: own,
    known: true,
    quiet: rule.quiet === true,
    damaged: rule.damaged === true || !guilty.whole,
  };
}

/** What handles a fault before it is printed; a stack without reliable frames has it on top. */
const HANDLER = /console|vprintk|oops|^die|_fault|bad_area|^exc_|^asm_|no_context|^__switch_to/;

function pickStandIn(rule: TitleRule, functions: readonly string[]): string | null {
  const skip = (rule.skip ?? []).join('|');
  const names = functions
    .map(toPlainName)
    .filter((name) => !isMachinery(name) && !HANDLER.test(name) && !(skip !== '' && new RegExp(skip).test(name)));
  return pickFrame(names, rule.pick === 'hang' ? 'hang' : 'first');
}

function findFrames(rule: TitleRule, lines: readonly string[]): { frames: readonly (string | null)[]; whole: boolean } {
  const options = { skip: rule.skip ?? [], pick: rule.pick ?? 'first' } as const;
  let found: { frames: readonly (string | null)[]; whole: boolean } = { frames: [], whole: true };
  for (const steps of rule.stacks ?? []) {
    found = findGuilty(lines, steps, options);
    if (found.whole) break;
  }
  return found;
}
