import { isZone } from '../../lib/zone-clock.ts';
import { DAYS, FORMS, type Day, type Form } from '../../model/subscriber.ts';

/** What somebody typed, read; or one line that says what is wanted. */
export type Wish<T> = { readonly kind: 'good'; readonly value: T } | { readonly kind: 'bad'; readonly problem: string };

const good = <T>(value: T): Wish<T> => ({ kind: 'good', value });
const bad = (problem: string): Wish<never> => ({ kind: 'bad', problem });

/** `7:00`, `07:00`, `19.30`. */
export function readTime(text: string): Wish<string> {
  const { hour = '', minute = '' } = /^(?<hour>\d{1,2})[:.](?<minute>\d\d)$/.exec(text.trim())?.groups ?? {};
  if (hour === '' || Number(hour) > 23 || Number(minute) > 59) return bad('a time is HH:MM, such as 07:00');
  return good(`${hour.padStart(2, '0')}:${minute}`);
}

/** A name of the time zone database; what Intl knows. */
export function readZone(text: string): Wish<string> {
  const zone = text.trim();
  const isName = /^[A-Za-z][A-Za-z0-9_+/-]{1,40}$/.test(zone);
  return isName && isZone(zone) ? good(zone) : bad('a zone is named like Europe/Prague, or UTC');
}

const WORKDAYS: readonly Day[] = ['mon', 'tue', 'wed', 'thu', 'fri'];

/** `mon,tue`, `mon-fri`, `workdays`, `daily`; whole names too. In the order of the week. */
export function readDays(text: string): Wish<readonly Day[]> {
  const words = text
    .toLowerCase()
    .split(/[\s,]+/)
    .filter((word) => word !== '');
  const found = words.flatMap((word): readonly (Day | null)[] => {
    if (/^(?:daily|all|every)$/.test(word)) return DAYS;
    if (/^(?:workdays?|weekdays?)$/.test(word)) return WORKDAYS;
    const [from, to = from] = word.split('-').map((each) => DAYS.indexOf(each.slice(0, 3) as Day));
    return from === undefined || to === undefined || from < 0 || to < from ? [null] : DAYS.slice(from, to + 1);
  });
  if (found.length === 0 || found.includes(null)) return bad('days are mon,tue,wed,thu,fri,sat,sun, mon-fri, or daily');
  return good(DAYS.filter((day) => found.includes(day)));
}

export function readForm(text: string): Wish<Form> {
  const form = FORMS.find((one) => one === text.trim().toLowerCase());
  return form === undefined ? bad(`a form is ${FORMS.join(', ')}`) : good(form);
}

/** One address and nothing else: no blank, bracket, comma or line end that could make more of it. */
const ADDRESS = /^[a-z0-9!#$%&'*+/=?^_`{|}~.-]{1,64}@(?:[a-z0-9-]{1,63}\.){1,8}[a-z0-9-]{2,63}$/;

export function readAddress(text: string): Wish<string> {
  const address = text.trim().toLowerCase();
  return ADDRESS.test(address) ? good(address) : bad('an address is name@host.example');
}
