import { ZeroTrustError } from '../model/problem';

const PLACEHOLDERS = /^(?:todo|tbd|fixme|xxx|n\/?a|none|test(?:ing)?|foo|bar|asdf|because|reason|why|lorem ipsum)\b/i;

/** The reason in one line, refused when it says nothing: fewer than two words, or a placeholder. */
export function reason(because: string | undefined): string {
  const text = typeof because === 'string' ? because.replace(/\s+/g, ' ').trim() : '';
  const words = text.split(' ').filter((word) => /\p{L}/u.test(word));
  if (words.length < 2 || PLACEHOLDERS.test(text)) {
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
  return text;
}
