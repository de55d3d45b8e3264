import type { Section } from './section.ts';
import type { Dialect } from './dialect.ts';

/** What the scripts call the people of an entry, by its status in lower case; other statuses stand as they are. */
const ROLE_OF_STATUS: Readonly<Record<string, string>> = {
  supported: 'supporter',
  maintained: 'maintainer',
  'odd fixes': 'odd fixer',
  orphan: 'orphan minder',
  obsolete: 'obsolete minder',
  'buried alive in reporters': 'chief penguin',
};

/** The status of a section as written (the last S line), or `null`. */
export function statusOf(section: Section): string | null {
  return section.properties.findLast(({ letter }) => letter === 'S')?.value ?? null;
}

/** The title, cut as the dialect prints it. */
export function shortTitle(section: Section, dialect: Dialect): string {
  const { title } = section;
  if (title.length <= dialect.titleLimit) return title;
  return `${title.slice(0, dialect.titleLimit - 3).trimEnd()}...`;
}

/** The role of a section's maintainers: `supporter:TITLE`. */
export function maintainerRole(section: Section, dialect: Dialect): string {
  const status = (statusOf(section) ?? 'unknown').toLowerCase();
  return `${ROLE_OF_STATUS[status] ?? status}:${shortTitle(section, dialect)}`;
}

export function reviewerRole(section: Section, dialect: Dialect): string {
  return dialect.reviewerWithTitle ? `reviewer:${shortTitle(section, dialect)}` : 'reviewer';
}

/** The role of a list: `open list:TITLE`, without the title for THE REST. */
export function listRole(kind: 'open' | 'moderated', section: Section, dialect: Dialect): string {
  const title = shortTitle(section, dialect);
  return title === 'THE REST' ? `${kind} list` : `${kind} list:${title}`;
}
