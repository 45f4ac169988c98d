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
  const text = typeof because === 'string' ? inOneLine(because) : '';
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

/** Most reasons are written so, and stay the text that they are. */
function inOneLine(text: string): string {
  return /[^\S ]|^ | {2}| $/.test(text) ? text.replace(/\s+/g, ' ').trim() : text;
}

function saysSomething(text: string): boolean {
  if (UNFINISHED.test(text)) return false;
  if (hasTellingWords(text.split(' '))) return true;
  const said = segmented(text).filter((word) => /\p{L}/u.test(word));
  return said.length >= 2 && said.some(isTelling);
}

/** Two words, one of which tells something: mostly the first two. */
function hasTellingWords(words: readonly string[]): boolean {
  let plain = 0;
  let telling = 0;
  return words.some((word) => {
    if (!/^\p{L}+$/u.test(word)) return false;
    plain += 1;
    if (isTelling(word)) telling += 1;
    return plain >= 2 && telling >= 1;
  });
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
