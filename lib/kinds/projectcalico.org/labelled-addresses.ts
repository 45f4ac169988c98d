import type { IpSet } from '../../model/ip-set';
import * as ips from '../../model/ip-set';
import { type Labels, NAMESPACE_NAME_LABEL } from '../../model/labels';
import type { Beside } from '../beside';
import { Field, type FieldProblem } from '../field';
import { labelsOf, nameOf, namespaceOf } from '../metadata';
import { NAME, NAMESPACE, OF_NAMESPACE } from './calico-labels';
import { holdsFor, type KnownLabels, UNKNOWN } from './labelled';
import { readNet } from './nets';
import type { Expression } from './selector-expression';

/** Addresses that a selector reaches by labels: those of a network set, or of a host endpoint. */
interface LabelledAddresses {
  readonly labels: KnownLabels;
  readonly addresses: IpSet;
  /** A host endpoint has the addresses that it says, and may have more. */
  readonly isHost: boolean;
}

/** The addresses of what is among the manifests that the selector holds for, and those that it may hold for. */
export function addressesSelected(expression: Expression, beside: Beside): { certain: IpSet; possible: IpSet } {
  const found = labelledAddresses(beside).map((it) => ({ ...it, holds: holdsFor(expression, it.labels) }));
  const certain = found.filter(({ holds, isHost }) => holds === true && !isHost);
  const possible = found.filter(({ holds }) => holds !== false);
  return { certain: addressesOf(certain), possible: addressesOf(possible) };
}

function addressesOf(all: readonly LabelledAddresses[]): IpSet {
  return ips.unionOf(all.map(({ addresses }) => addresses));
}

const known = new WeakMap<Beside, readonly LabelledAddresses[]>();

function labelledAddresses(beside: Beside): readonly LabelledAddresses[] {
  const before = known.get(beside);
  if (before !== undefined) return before;
  const of = (kind: string) => beside.ofKind('projectcalico.org', kind);
  const namespaces = of('NetworkSet').length === 0 ? NO_NAMESPACES : namespaceLabels(beside);
  const all = [
    ...of('NetworkSet').flatMap((object) => {
      const { labels, namespace, addresses } = readSet(object, 'nets', beside.defaultNamespace);
      return [{ labels: inNamespace(labels, namespace, namespaces.get(namespace)), addresses, isHost: false }];
    }),
    ...of('GlobalNetworkSet').map((object) => outOfNamespaces(readSet(object, 'nets', ''), false)),
    ...of('HostEndpoint').map((object) => outOfNamespaces(readSet(object, 'expectedIPs', ''), true)),
  ];
  known.set(beside, all);
  return all;
}

interface SetRead {
  readonly labels: Labels;
  readonly namespace: string;
  readonly addresses: IpSet;
}

/** What is wrong with it is reported where it is read by itself; the addresses that are in order are taken all the same. */
function readSet(object: unknown, list: string, defaultNamespace: string): SetRead {
  const top = quietly(object);
  const metadata = top.child('metadata');
  const addresses = top
    .child('spec')
    .child(list)
    .items()
    .flatMap((item) => readNet(item) ?? []);
  return {
    labels: labelsOf(metadata),
    namespace: namespaceOf(metadata, defaultNamespace),
    addresses: ips.unionOf(addresses),
  };
}

function namespaceLabels(beside: Beside): ReadonlyMap<string, Labels> {
  return new Map(
    beside.ofKind('', 'Namespace').map((object) => {
      const metadata = quietly(object).child('metadata');
      return [nameOf(metadata), labelsOf(metadata)];
    }),
  );
}

const NO_NAMESPACES: ReadonlyMap<string, Labels> = new Map();

function quietly(object: unknown): Field {
  const unheard: FieldProblem[] = [];
  return Field.top(object, unheard);
}

/** Of a namespace that no manifest shows, only the name is known. */
function inNamespace(own: Labels, namespace: string, ofNamespace: Labels | undefined): KnownLabels {
  return (key) => {
    if (key === NAMESPACE) return namespace;
    if (!key.startsWith(OF_NAMESPACE)) return labelOf(own, key);
    const label = key.slice(OF_NAMESPACE.length);
    if (label === NAME || label === NAMESPACE_NAME_LABEL) return namespace;
    return ofNamespace === undefined ? UNKNOWN : labelOf(ofNamespace, label);
  };
}

function outOfNamespaces({ labels, addresses }: SetRead, isHost: boolean): LabelledAddresses {
  return { labels: (key) => labelOf(labels, key), addresses, isHost };
}

function labelOf(labels: Labels, key: string): string | undefined {
  return Object.hasOwn(labels, key) ? labels[key] : undefined;
}
