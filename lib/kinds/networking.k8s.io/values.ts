import type { IpSet } from '../../model/ip-set';
import * as ips from '../../model/ip-set';
import { namespaceNameProblem } from '../../model/labels';
import type { Isolation, Rule, RulePeer } from '../../model/layer';
import { NAMESPACE_NAME_LABEL, podSet, soleNamespace } from '../../model/pod-set';
import type { PortSet } from '../../model/port-set';
import type { Selector } from '../../model/selector';
import * as selectors from '../../model/selector';
import { within } from '../../model/within';
import { type Field, isObject } from '../field';
import { readingOnce } from '../memory';
import { namespaceCalled } from '../metadata';
import { readPorts } from './ports';

/** A peer that is pods. */
export type PodsPeer = Extract<RulePeer, { readonly kind: 'pods' }>;

/** Readers of the values that policies repeat: each distinct one is read once. */
export interface Values {
  /** The namespace of that name. */
  readonly namespace: (name: string) => Selector;
  /** The ports of a rule. */
  readonly ports: (field: Field) => PortSet;
  /** A selector of namespaces; an absent one as the empty one. Reported and read as nothing where it is wrong. */
  readonly namespaces: (field: Field) => Selector;
  /** A selector of pods, in the same way. */
  readonly pods: (field: Field) => Selector;
  /** The peer of pods with these labels in these namespaces: for the same selectors the same, so that what is worked out of it is so once. */
  readonly peerOf: (namespaces: Selector, pods: Selector) => PodsPeer;
  /** An ipBlock's addresses; reported and none where it is wrong. */
  readonly addresses: (cidr: Field, except: Field) => IpSet;
  /** Peers that are in order and mean the same in every policy, by the object that they stand in. */
  readonly peers: Map<object, RulePeer>;
  /** Policies by their object, where several readings have the same objects. @default none is kept, since none is met again */
  readonly policies?: Map<unknown, PolicyOnce>;
}

/** What a policy in order says, of which nothing hangs on other objects, with what it was read by. */
export interface PolicyOnce {
  readonly reading: {
    readonly rules: readonly Rule[];
    readonly isolations: readonly Isolation[];
    readonly leftOut?: readonly Rule[];
    readonly problems: readonly [];
  };
  readonly source: string | undefined;
  readonly defaultNamespace: string;
}

export function memoizing(): Values {
  const addressesByText = new Map<string, IpSet>();
  const namespaceByName = new Map<string, Selector>();
  const peersByPods = new Map<Selector, Map<Selector, PodsPeer>>();
  const namespace = (name: string) => {
    const known = namespaceByName.get(name);
    if (known !== undefined) return known;
    const made = namespaceCalled(name);
    namespaceByName.set(name, made);
    return made;
  };
  return {
    namespace,
    ports: readingOnce(readPorts),
    namespaces: readingOnce((field) => {
      const read = readSelector(field);
      const name = soleNamespace(read);
      return name !== undefined && namespaceNameProblem(name) === undefined ? namespace(name) : read;
    }),
    peerOf: (namespaces, pods) => {
      const inNamespaces = within(peersByPods, pods);
      const before = inNamespaces.get(namespaces);
      if (before !== undefined) return before;
      const peer: PodsPeer = { kind: 'pods', pods: podSet(namespaces, pods) };
      inNamespaces.set(namespaces, peer);
      return peer;
    },
    pods: readingOnce(readPodSelector),
    addresses: (cidr, except) => {
      const block = requiredText(cidr);
      const excepts = except.isAbsent ? NO_EXCEPTS : eachOnce(except);
      if (block === undefined) return ips.none;
      const text = excepts.size === 0 ? block : JSON.stringify([block, ...excepts.keys()]);
      const known = addressesByText.get(text);
      if (known !== undefined) return known;
      const before = cidr.problemCount;
      const read = readBlock(cidr, block, excepts);
      // What is wrong is to be reported again where it stands again.
      if (cidr.problemCount === before) addressesByText.set(text, read);
      return read;
    },
    peers: new Map(),
  };
}

const NO_EXCEPTS: ReadonlyMap<string, Field> = new Map();

function readSelector(field: Field): Selector {
  if (field.isAbsent) return selectors.anything;
  return field.try(selectors.fromLabelSelector) ?? selectors.nothing;
}

function readPodSelector(field: Field): Selector {
  const read = readSelector(field);
  // Our selectors know that no namespace is without it. No pod has it, so that `Exists` would be read the other way.
  if (namesNamespaceName(field.value)) field.refuse(NAMESPACE_NAME_OF_PODS);
  return read;
}

/** Whether a selector, as it stands in a manifest, names the label of namespaces. */
function namesNamespaceName(json: unknown): boolean {
  if (!isObject(json)) return false;
  const { matchLabels, matchExpressions } = json;
  const inLabels = isObject(matchLabels) && Object.hasOwn(matchLabels, NAMESPACE_NAME_LABEL);
  return (
    inLabels || (Array.isArray(matchExpressions) && matchExpressions.some((it) => it?.key === NAMESPACE_NAME_LABEL))
  );
}

const NAMESPACE_NAME_OF_PODS = {
  rule: 'pod-selector-key',
  what: `'${NAMESPACE_NAME_LABEL}' is a label of namespaces, and pods do not carry it`,
  value: NAMESPACE_NAME_LABEL,
  allowed: 'labels of pods',
  fix: 'Move it to the namespaceSelector of the peer.',
};

function requiredText(field: Field): string | undefined {
  const text = field.text();
  if (text !== undefined || !field.isAbsent) return text;
  field.refuse({
    rule: 'cidr',
    what: 'An ipBlock without a block matches nothing, and the API server refuses it',
    allowed: "an IPv4 or IPv6 block, as '10.20.0.0/16'",
    fix: "Write the block: cidr: '192.0.2.0/24', or '192.0.2.10/32' for one address.",
  });
  return undefined;
}

/** Each text at its first place: one that is repeated says nothing more, and the API server takes it. */
function eachOnce(list: Field): ReadonlyMap<string, Field> {
  const first = new Map<string, Field>();
  for (const item of list.items()) {
    const text = requiredText(item);
    if (text !== undefined && !first.has(text)) first.set(text, item);
  }
  return first;
}

function readBlock(cidr: Field, block: string, excepts: ReadonlyMap<string, Field>): IpSet {
  const whole = cidr.try(() => ips.fromBlock(block));
  if (whole === undefined) return ips.none;
  if (excepts.size === 0) return whole;
  // One at a time, so that each problem has its own place.
  const without = [...excepts].map(([text, item]) => {
    const rest = item.try(() => ips.fromBlock(block, [text]));
    return rest === undefined ? whole : ips.difference(whole, rest);
  });
  return ips.difference(whole, ips.unionOf(without));
}
