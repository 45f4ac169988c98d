import { shallowJson } from './shallow-json';

/** Labels of a pod or a namespace. */
export type Labels = Readonly<Record<string, string>>;

/** The label that the API server sets on every namespace to its name; it is never absent (Kubernetes 1.22 and later). */
export const NAMESPACE_NAME_LABEL = 'kubernetes.io/metadata.name';

/** On every pod of a probe of this library, with the id of its prober. */
export const PROBER_LABEL = 'cdk8s-zero-trust/prober';

/** What is allowed, as a phrase that completes "Allowed: …". */
export const LABEL_KEY_ALLOWED =
  "a name of 1 to 63 of A-Z a-z 0-9 '-' '_' '.' that starts and ends with a letter or digit, optionally after a lower-case DNS name of at most 253 characters and '/', as in 'example.com/app'";
export const LABEL_VALUE_ALLOWED =
  "the empty value, or 1 to 63 of A-Z a-z 0-9 '-' '_' '.' that start and end with a letter or digit";
export const NAMESPACE_NAME_ALLOWED = "1 to 63 of a-z 0-9 '-' that start and end with a letter or digit";
export const OBJECT_NAME_ALLOWED =
  "at most 253 characters: parts of a-z 0-9 '-' that start and end with a letter or digit, joined by '.'";

// The patterns and lengths are those of k8s.io/apimachinery/pkg/util/validation (IsQualifiedName, IsValidLabelValue,
// IsDNS1123Label, IsDNS1123Subdomain). A part of a subdomain has no length of its own there.
const NAME = /^[A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?$/;
const DNS_LABEL = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/;
const QUALIFIED = { pattern: NAME, ofCharacters: /^[-A-Za-z0-9_.]+$/ };
const LABEL_OF_DNS = { pattern: DNS_LABEL, ofCharacters: /^[-a-z0-9]+$/ };
const LONGEST_NAME = 63;
const LONGEST_SUBDOMAIN = 253;

/** What is wrong with the key of a label, as a sentence without its full stop; undefined when nothing is. */
export function labelKeyProblem(key: unknown): string | undefined {
  const broken = (why: string) => `The label key ${shown(key)} ${why}`;
  if (typeof key !== 'string') return broken(`is ${kindOf(key)}, not a string`);
  // Asked of every label that is read; most keys have no prefix, and are as they should be.
  if (key.length <= LONGEST_NAME && NAME.test(key)) return undefined;
  const parts = key.split('/');
  if (parts.length > 2) return broken("has more than one '/'");
  const name = parts[parts.length - 1];
  const prefix = parts.length === 2 ? parts[0] : undefined;
  const why =
    (prefix === undefined ? undefined : subdomainFault(prefix, ' in the part before its slash')) ??
    nameFault(name, QUALIFIED, prefix === undefined ? '' : ' in the part behind its slash');
  return why === undefined ? undefined : broken(why);
}

/** What is wrong with the value of a label, as a sentence without its full stop; undefined when nothing is. */
export function labelValueProblem(value: unknown): string | undefined {
  const broken = (why: string) => `The label value ${shown(value)} ${why}`;
  if (typeof value !== 'string') return broken(`is ${kindOf(value)}, not a string`);
  if (value === '') return undefined;
  const why = nameFault(value, QUALIFIED, '');
  return why === undefined ? undefined : broken(why);
}

/** What is wrong with the name of a namespace, as a sentence without its full stop; undefined when nothing is. */
export function namespaceNameProblem(name: unknown): string | undefined {
  const broken = (why: string) => `The namespace name ${shown(name)} ${why}`;
  if (typeof name !== 'string') return broken(`is ${kindOf(name)}, not a string`);
  const why = nameFault(name, LABEL_OF_DNS, '');
  return why === undefined ? undefined : broken(why);
}

/** What is wrong with the name of an object such as a NetworkPolicy; undefined when nothing is. */
export function objectNameProblem(name: unknown): string | undefined {
  const broken = (why: string) => `The object name ${shown(name)} ${why}`;
  if (typeof name !== 'string') return broken(`is ${kindOf(name)}, not a string`);
  const why = subdomainFault(name, '');
  return why === undefined ? undefined : broken(why);
}

/** `where` is the part that it is about, with a blank before it. */
function nameFault(name: string, { pattern, ofCharacters }: typeof QUALIFIED, where: string): string | undefined {
  if (name.length <= LONGEST_NAME && pattern.test(name)) return undefined;
  if (name === '') return where === '' ? 'is empty' : `has nothing${where}`;
  if (name.length > LONGEST_NAME) return tooLong(name, LONGEST_NAME, where);
  if (!ofCharacters.test(name)) return `has a character that is not allowed${where}`;
  return `begins or ends with something else than a letter or digit${where}`;
}

function tooLong({ length }: string, most: number, where: string): string {
  return `has ${length} characters${where}, more than ${most}`;
}

function subdomainFault(name: string, where: string): string | undefined {
  // Most names have no dot.
  if (name.length <= LONGEST_SUBDOMAIN && DNS_LABEL.test(name)) return undefined;
  if (name === '') return where === '' ? 'is empty' : `has nothing${where}`;
  if (name.length > LONGEST_SUBDOMAIN) return tooLong(name, LONGEST_SUBDOMAIN, where);
  const wellFormed = name.split('.').every((label) => DNS_LABEL.test(label));
  return wellFormed ? undefined : `is not a lower-case DNS name${where}`;
}

function shown(value: unknown): string {
  return typeof value === 'string' ? `'${value}'` : shallowJson(value);
}

function kindOf(value: unknown): string {
  if (value === null || value === undefined) return 'empty';
  if (isList(value)) return 'a list';
  return typeof value === 'object' ? 'an object' : `a ${typeof value}`;
}

/** Array.isArray throws for a proxy that was revoked. */
function isList(value: unknown): boolean {
  try {
    return Array.isArray(value);
  } catch {
    return false;
  }
}

/**
 * Labels that pods take over from the node that they are bound to, in the place of their own, from Kubernetes 1.35 on
 * (admission plugin PodTopologyLabels, KEP-4742): of no pod does a manifest tell them.
 */
const FROM_NODES: readonly string[] = ['topology.kubernetes.io/region', 'topology.kubernetes.io/zone'];

export function isFromNode(key: string): boolean {
  return FROM_NODES.includes(key);
}
