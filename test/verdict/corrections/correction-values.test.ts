import { describe, expect, it } from 'vitest';
import { readAssignment } from '../../../src/verdict/corrections/correction-values.ts';

const COMPONENTS = ['SCHEDULING', 'XEN HYPERVISOR X86', 'XEN HYPERVISOR ARM'];

const GOOD = [
  { text: 'genre=report', field: 'genre', value: 'report' },
  { text: 'Genre = Pull Request', field: 'genre', value: 'pull-request' },
  { text: 'status=needs_info', field: 'status', value: 'needs-info' },
  { text: 'component=scheduling', field: 'component', value: 'SCHEDULING' },
  { text: 'duplicate-of=<a=b@example.org>', field: 'duplicate-of', value: 'a=b@example.org' },
  { text: 'route=<Ann@Example.org>', field: 'route', value: 'ann@example.org' },
] as const;

const BAD = [
  { name: 'no field', text: 'report', says: 'FIELD=VALUE, with genre, status, component, duplicate-of, route' },
  { name: 'an unknown field', text: 'severity=9', says: 'FIELD=VALUE' },
  { name: 'a field of every object', text: 'constructor=1', says: 'FIELD=VALUE' },
  { name: 'an unknown genre', text: 'genre=bug', says: 'genre cannot be bug: report, patch, pull-request, question' },
  { name: 'an unknown status', text: 'status=open', says: 'new, acknowledged, needs-info, patch-proposed, fixed' },
  { name: 'no value', text: 'status=', says: 'status cannot be empty' },
  { name: 'part of a component', text: 'component=hypervisor', says: '(XEN HYPERVISOR X86; XEN HYPERVISOR ARM)' },
  { name: 'a duplicate that is no id', text: 'duplicate-of=the other one', says: 'the Message-ID' },
  { name: 'an address with a name', text: 'route=Ann <ann@example.org>', says: 'one mail address' },
  { name: 'several addresses', text: 'route=a@example.org,b@example.org', says: 'one mail address' },
  { name: 'an address with a line end', text: 'route=a@example.org\nBcc: b@example.org', says: 'one mail address' },
] as const;

describe('readAssignment', () => {
  it.each(GOOD)('reads $text', ({ text, field, value }) => {
    expect(readAssignment(text, COMPONENTS)).toEqual({ kind: 'good', assignment: { field, value } });
  });

  it.each(BAD)('refuses $name and says what is allowed', ({ text, says }) => {
    const read = readAssignment(text, COMPONENTS);

    expect(read).toEqual({ kind: 'bad', problem: expect.stringContaining(says) as string });
  });
});
