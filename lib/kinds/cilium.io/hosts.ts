import type { HostPattern } from '../../model/host-pattern';
import type { RulePeer } from '../../model/layer';
import type { Field } from '../field';

/** `toFQDNs`: addresses as far as answers to queries for these names lead there. */
export function readHosts(field: Field): RulePeer[] {
  const patterns = field.items().flatMap((item) => {
    const name = readName(item);
    return name === undefined ? [] : [hostPattern(name)];
  });
  return patterns.length === 0 ? [] : [{ kind: 'hosts', patterns }];
}

/** A name, or a pattern of names, in lower case and without the dot at the end; undefined where it is none. */
export interface Name {
  readonly kind: 'name' | 'pattern';
  readonly text: string;
}

const LONGEST = 255;

/** `matchName` or `matchPattern` (pkg/policy/api/fqdn.go, with the patterns of the CRD). */
export function readName(field: Field): Name | undefined {
  field.only(['matchName', 'matchPattern']);
  const [name, pattern] = [field.child('matchName'), field.child('matchPattern')];
  if (name.isAbsent === pattern.isAbsent) {
    field.refuse({
      rule: 'one-of',
      what: name.isAbsent ? 'Nothing says which names are meant' : 'matchName and matchPattern stand beside each other',
      allowed: 'exactly one of matchName, matchPattern',
      fix: "Write matchName: 'api.example.com' for one name, or matchPattern: '*.example.com' for several.",
    });
    return undefined;
  }
  const given = name.isAbsent ? pattern : name;
  const text = given.text();
  if (text === undefined) return undefined;
  const characters = name.isAbsent ? /^[-\w*]+(\.[-\w*]+)*\.?$/ : /^[-\w]+(\.[-\w]+)*\.?$/;
  if (text.length > LONGEST || !characters.test(text)) {
    given.refuse({
      rule: 'cilium-host-name',
      what:
        text.length > LONGEST ? `The name has ${text.length} characters` : `'${text}' is not a name that Cilium takes`,
      value: text.slice(0, LONGEST),
      allowed: `at most ${LONGEST} of a-z 0-9 '-' '_' and '.' between them, and in matchPattern '*'`,
      fix:
        text.length > LONGEST
          ? 'Write the name as it is looked up: a DNS name has at most 253 characters.'
          : "Write the name alone, without scheme, port and path: api.example.com; in matchPattern with '*' for what varies.",
    });
    return undefined;
  }
  return { kind: name.isAbsent ? 'pattern' : 'name', text: text.toLowerCase().replace(/\.$/, '') };
}

/**
 * `*` stands for any characters of one label, and `**.` at the front, from 1.19 on, for one label or more
 * (pkg/fqdn/matchpattern): only wildcards of whole labels at the front have a word here.
 */
function hostPattern({ kind, text }: Name): HostPattern {
  if (kind === 'name' || !text.includes('*')) return { kind: 'exact', name: text };
  if (/^\*+$/.test(text)) return { kind: 'any' };
  const [, stars, under] = /^(\*+)\.([^*]+)$/.exec(text) ?? [];
  if (stars === undefined || under === undefined) return { kind: 'opaque', text };
  return { kind: stars === '*' ? 'one-label' : 'any-depth', under };
}
