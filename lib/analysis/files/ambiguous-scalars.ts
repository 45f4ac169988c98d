import { isObject } from '../../kinds/field';
import type { Problem } from '../../model/problem';
import type { FileDocument } from './document';

// Scalars without quotes that YAML 1.1 and 1.2 read as different values. kubectl, Helm and Argo CD read 1.1 here
// (sigs.k8s.io/yaml), most other readers 1.2.
const SCALAR =
  /^[ \t]*(?:- +)*(?:[\w./-]+: +)?(0[0-9]+|y|Y|n|N|yes|Yes|YES|no|No|NO|on|On|ON|off|Off|OFF)[ \t]*(?:#.*)?$/gm;

/** Kinds that hold free text, in which such words are words. */
const FREE_TEXT = ['ConfigMap', 'Secret'];

/** Values that the cluster may read as another value than we do, by file, document and line. */
export function ambiguousScalars({ file, number, object, part }: FileDocument): Problem[] {
  if (part === undefined || !isObject(object) || FREE_TEXT.includes(String(object.kind))) return [];
  return [...part.text.matchAll(SCALAR)].map(({ 0: line, 1: scalar, index }) => {
    const before = part.text.slice(0, index + line.length).split('\n').length;
    return {
      rule: 'ambiguous-scalar',
      where: `${file}, document ${number}, line ${part.line + before - 1}`,
      what: `The value ${scalar} without quotes is another value to some readers of YAML than to others`,
      value: scalar,
      allowed: 'text in quotes, numbers without leading zeros, true and false',
      fix: `Write '${scalar}' in quotes if it is text, or the number or truth value that is meant.`,
    };
  });
}
