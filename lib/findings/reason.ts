import { ZeroTrustError } from '../model/problem';
import { shown } from '../model/shown';

/** What stands where a reason is still to come. */
const UNFINISHED = /^(?:todo|tbd|fixme|xxx|lorem ipsum)\b/i;

/** A reason that says something, of each thing that needs one. */
const EXAMPLES: Readonly<Record<string, string>> = {
  'a flow': 'users reach the model through the gateway',
  'an acknowledgement': 'the security team agreed until the migration in May',
  'a guardrail': 'no pod of ours needs credentials of the node',
};

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

/**
 * The reason in one line, refused when it says nothing: fewer than two words, or none but placeholders. `of` is what it is
 * the reason of, for messages.
 */
export function reason(because: unknown, of = 'a flow'): string {
  const text = typeof because === 'string' ? because.replace(/\s+/g, ' ').trim() : '';
  if (saysSomething(text)) return text;
  const absent = because === undefined || because === null || typeof because === 'string';
  throw new ZeroTrustError({
    rule: 'reason',
    what:
      text === ''
        ? `${of} without a reason cannot be reviewed (\`because\` is ${absent ? 'missing or empty' : `${shown(because)}, which is not text`})`
        : `"${text}" is not a reason`,
    value: absent ? text : shown(because),
    allowed: `at least two words that say why ${of} is there, and no placeholder`,
    fix: `Say why: because: '${EXAMPLES[of] ?? EXAMPLES['a flow']}'`,
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
