import { groupOf, type ObjectRef, objectText } from '../kinds/manifest';

/** What an object that is passed over leaves to be assumed. */
export type Topic = 'elsewhere' | 'networks' | 'requests' | 'settings' | 'admission' | 'unknown';

/** An object that is passed over, and why that is said. */
export interface PassedOver {
  readonly topic: Topic;
  readonly ref: ObjectRef;
}

/** The sentence of each topic, in the order in which they are said. */
const SENTENCES: readonly (readonly [Topic, (objects: string) => string])[] = [
  ['elsewhere', (objects) => `objects from elsewhere: what ${objects} bring is not among what was read`],
  ['networks', (objects) => `other networks: what goes by ${objects} is outside policy`],
  ['requests', (objects) => `requests at gateways: ${objects} may refuse requests whose connections are let through`],
  ['settings', (objects) => `settings: what ${objects} change about the engine is not reckoned with`],
  [
    'admission',
    (objects) => `admission: what the servers of ${objects} change in objects that are applied is not known`,
  ],
];

/** Each a sentence: what was passed over and could still bear on connections. */
export function assumptionsOf(passedOver: readonly PassedOver[]): string[] {
  const about = (topic: Topic) => passedOver.filter((it) => it.topic === topic).map(({ ref }) => ref);
  const known = SENTENCES.flatMap(([topic, sentence]) => {
    const refs = about(topic);
    return refs.length === 0 ? [] : [sentence(namesOf(refs))];
  });
  const unknown = about('unknown');
  if (unknown.length === 0) return known;
  return [...known, `unknown kinds: nobody looked at what the controllers of ${countsOf(unknown)} do`];
}

const MOST_NAMES = 5;

function namesOf(refs: readonly ObjectRef[]): string {
  const names = [...new Set(refs.map(objectText))].sort();
  const rest = names.length - MOST_NAMES;
  return rest <= 0 ? names.join(', ') : `${names.slice(0, MOST_NAMES).join(', ')} and ${rest} more`;
}

/** `2 Widget of example.com, 1 Gadget of example.org`. */
function countsOf(refs: readonly ObjectRef[]): string {
  const counts = new Map<string, number>();
  for (const { apiVersion, kind } of refs) {
    const group = groupOf(apiVersion);
    const text = group === '' ? kind : `${kind} of ${group}`;
    counts.set(text, (counts.get(text) ?? 0) + 1);
  }
  return [...counts]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([text, count]) => `${count} ${text}`)
    .join(', ');
}
