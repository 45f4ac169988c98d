import { ZeroTrustError } from '../model/problem';

/** What stands where a reason is still to come. */
const UNFINISHED = /^(?:todo|tbd|fixme|xxx|lorem ipsum)\b/i;

/** Words that say nothing when nothing else is said; `test clients call the models` is a reason. */
const FILLERS = new Set([
  'asdf',
  'bar',
  'because',
  'foo',
  'a',
  'n',
  'na',
  'needed',
  'no',
  'none',
  'reason',
  'test',
  'testing',
  'why',
]);

/** The reason in one line, refused when it says nothing: fewer than two words, or none but placeholders. */
export function reason(because: string | undefined): string {
  const text = typeof because === 'string' ? because.replace(/\s+/g, ' ').trim() : '';
  if (saysSomething(text)) return text;
  throw new ZeroTrustError({
    rule: 'reason',
    what:
      text === ''
        ? 'a flow without a reason cannot be reviewed (`because` is missing or empty)'
        : `"${text}" is not a reason`,
    value: text,
    allowed: 'at least two words that say what the traffic is for, and no placeholder',
    fix: "Say why: because: 'users reach the model through the gateway'",
  });
}

/** Knows the words of scripts that write none between spaces, too (Unicode Annex 29, and ICU's dictionaries). */
const words = new Intl.Segmenter('en', { granularity: 'word' });

function saysSomething(text: string): boolean {
  const said = [...words.segment(text)]
    .map(({ segment }) => segment.toLowerCase())
    .filter((word) => /\p{L}/u.test(word));
  return said.length >= 2 && !UNFINISHED.test(text) && said.some((word) => !FILLERS.has(word));
}
