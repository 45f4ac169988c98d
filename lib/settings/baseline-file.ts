import { BASELINE_SCHEMA, type KnownFinding } from '../findings/baseline';
import type { Field } from '../kinds/field';
import { ZeroTrustError } from '../model/problem';
import { fileText, readFields } from './fields-of-file';

/** Where a baseline is written and looked for, where nobody says otherwise. */
export const BASELINE_FILE = 'zero-trust-baseline.json';

/**
 * Reads a baseline.
 *
 * @throws for what is none, with its line.
 */
export function readBaselineFile(path: string): readonly KnownFinding[] {
  return readBaseline(fileText(path), path);
}

/** The same of text; `file` is what it is called in problems. */
export function readBaseline(text: string, file: string): readonly KnownFinding[] {
  return readFields(text, file, known, notBaseline);
}

function known(top: Field): readonly KnownFinding[] | false {
  top.only(['schema', 'findings']);
  if (top.child('schema').value !== BASELINE_SCHEMA) {
    top.child('schema').refuse({
      rule: 'baseline',
      what: 'This is not a baseline that this version can read',
      allowed: BASELINE_SCHEMA,
      fix: 'Write it again: check --write-baseline',
    });
    return false;
  }
  return top
    .child('findings')
    .items()
    .map((item) => {
      item.only(['rule', 'object', 'fingerprint']);
      const [rule, object, fingerprint] = ['rule', 'object', 'fingerprint'].map(
        (name) => item.child(name).text() ?? '',
      );
      return { rule, object, fingerprint };
    });
}

function notBaseline(file: string): ZeroTrustError {
  return new ZeroTrustError({
    rule: 'baseline',
    where: file,
    what: 'This is not a baseline',
    allowed: 'a file that check --write-baseline wrote',
    fix: 'Write it again: check --write-baseline',
  });
}
