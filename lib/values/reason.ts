import { ZeroTrustError } from '../model/problem';
import { shown } from '../model/shown';

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
export function reason(because: unknown): string {
  const text = typeof because === 'string' ? because.replace(/\s+/g, ' ').trim() : '';
  if (saysSomething(text)) return text;
  const absent = because === undefined || because === null || typeof because === 'string';
  throw new ZeroTrustError({
    rule: 'reason',
    what:
      text === ''
        ? `a flow without a reason cannot be reviewed (\`because\` is ${absent ? 'missing or empty' : `${shown(because)}, which is not text`})`
        : `"${text}" is not a reason`,
    value: absent ? text : shown(because),
    allowed: 'at least two words that say what the traffic is for, and no placeholder',
    fix: "Say why: because: 'users reach the model through the gateway'",
  });
}

function saysSomething(text: string): boolean {
  if (UNFINISHED.test(text)) return false;
  const plain = text.split(' ').filter((word) => /^\p{L}+$/u.test(word));
  if (plain.length >= 2 && plain.some(isTelling)) return true;
  const said = segmented(text).filter((word) => /\p{L}/u.test(word));
  return said.length >= 2 && said.some(isTelling);
}

function isTelling(word: string): boolean {
  return !FILLERS.has(word.toLowerCase());
}

/**
 * Also the words of scripts that write none between spaces (Unicode Annex 29, and ICU's dictionaries). It takes a while to
 * make, and few reasons need it.
 */
let words: Intl.Segmenter | undefined;

function segmented(text: string): string[] {
  words ??= new Intl.Segmenter('en', { granularity: 'word' });
  return [...words.segment(text)].map(({ segment }) => segment);
}
