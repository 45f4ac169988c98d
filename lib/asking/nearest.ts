import type { Plane, PolicyRef, RulePeer } from '../model/layer';
import { isNear, nearestOf } from '../model/near';
import type { PodSet } from '../model/pod-set';
import type { Labels, Selector } from '../model/selector';
import * as selectors from '../model/selector';
import type { Namespace, World } from '../model/world';

/** Something in the manifests that has labels, or asks for them. */
interface Candidate {
  readonly name: string;
  readonly labels: Labels;
  /** `has` for a workload, `asks for` for a policy. */
  readonly verb: 'has' | 'asks for';
}

/** What to say of a namespace that is not there, with the nearest name where one is near: a sentence without its full stop. */
export function namespaceMissing(namespace: string, { namespaces }: World): string {
  const nearest = nearestOf(
    namespace,
    namespaces.map(({ name }) => name),
  );
  const known = namespaces.map(({ name }) => name).slice(0, MOST_NAMES);
  const instead =
    nearest !== undefined
      ? `; did you mean '${nearest}'`
      : known.length > 0
        ? `; there ${known.length === 1 ? 'is' : 'are'} ${known.join(', ')}${namespaces.length > known.length ? ', …' : ''}`
        : '';
  return `There is no namespace '${namespace}' in these manifests${instead}`;
}

/** What comes nearest to pods that nothing in the manifests is about, and in what it differs. */
export function nearestPods(namespace: string, labels: Labels, world: World, plane: Plane): string | undefined {
  const place = world.namespaces.find(({ name }) => name === namespace);
  if (place === undefined) return namespaceMissing(namespace, world);
  const candidates = [...workloadsIn(place, world), ...selectorsIn(place, plane)];
  const [nearest] = candidates
    .map((candidate) => ({ candidate, distance: distanceOf(labels, candidate.labels) }))
    .filter(({ distance }) => distance < Number.POSITIVE_INFINITY)
    .sort((a, b) => a.distance - b.distance);
  return nearest && nearestText(nearest.candidate, namespace, labels);
}

const MOST_NAMES = 10;

/** Labels that policies ask for in a namespace, in words for an end: what can be asked about where no workload is shown. */
export function labelsAskedIn(namespace: string, { namespaces }: World, plane: Plane): readonly string[] {
  const place = namespaces.find(({ name }) => name === namespace);
  if (place === undefined) return [];
  return [...new Set(selectorsIn(place, plane).map(({ labels }) => `${namespace}/${pairs(entriesOf(labels))}`))];
}

function nearestText({ name, labels: theirs, verb }: Candidate, namespace: string, labels: Labels): string {
  const besides = entriesOf(theirs).filter(([key]) => !Object.hasOwn(labels, key));
  const others = entriesOf(theirs).filter(([key, value]) => Object.hasOwn(labels, key) && labels[key] !== value);
  const lacking = entriesOf(labels).filter(([key]) => !Object.hasOwn(theirs, key));
  const differences = [
    ...(besides.length > 0 ? [`${verb} ${pairs(besides)} besides`] : []),
    ...(others.length > 0 ? [`${verb} ${pairs(others)}`] : []),
    ...(lacking.length > 0 ? [`${verb === 'has' ? 'has no' : 'does not ask for'} ${pairs(lacking)}`] : []),
  ];
  const instead = lacking.length > 0 && verb === 'asks for' ? { ...labels, ...theirs } : theirs;
  return `The nearest is ${name}, which ${differences.join(' and ')}: '${namespace}/${pairs(entriesOf(instead))}'`;
}

function workloadsIn({ name }: Namespace, { workloads }: World): Candidate[] {
  return workloads
    .filter(({ namespace }) => namespace === name)
    .map(({ id, labels }) => ({ name: id, labels, verb: 'has' }));
}

function selectorsIn({ labels }: Namespace, { layers }: Plane): Candidate[] {
  return layers.flatMap(({ rules, isolations }) => [
    ...isolations.flatMap(({ subject, policy }) => asked(subject, policy, labels)),
    ...rules.flatMap(({ subject, peers, policy }) =>
      [subject, ...peers.flatMap(podsOf)].flatMap((set) => asked(set, policy, labels)),
    ),
  ]);
}

function asked({ namespaces, pods }: PodSet, { kind, namespace, name }: PolicyRef, labels: Labels): Candidate[] {
  const wanted = labelsOf(pods);
  if (Object.keys(wanted).length === 0 || !selectors.matches(namespaces, labels)) return [];
  return [
    { name: `${kind} ${namespace === undefined ? '' : `${namespace}/`}${name}`, labels: wanted, verb: 'asks for' },
  ];
}

/** The labels that every pod of a selector has, with a value that will do. */
function labelsOf(selector: Selector): Labels {
  const sample = selectors.sample(selector) ?? {};
  const required = selector.constraints.filter(({ mayBeAbsent }) => !mayBeAbsent).map(({ key }) => key);
  return Object.fromEntries(required.flatMap((key) => (Object.hasOwn(sample, key) ? [[key, sample[key]]] : [])));
}

function podsOf(peer: RulePeer): PodSet[] {
  return peer.kind === 'pods' ? [peer.pods] : [];
}

/** 0 where all is equal; infinite where nothing has anything in common, not even a value that is nearly the same. */
function distanceOf(labels: Labels, theirs: Labels): number {
  const keys = new Set([...Object.keys(labels), ...Object.keys(theirs)]);
  let common = 0;
  let distance = 0;
  for (const key of keys) {
    const [mine, other] = [labels[key], theirs[key]];
    if (mine === undefined || other === undefined) distance += 1;
    else if (mine === other) common += 1;
    else if (isNear(mine, other)) {
      common += 1;
      distance += 0.5;
    } else distance += 2;
  }
  return common === 0 ? Number.POSITIVE_INFINITY : distance / common;
}

function entriesOf(labels: Labels): [string, string][] {
  return Object.entries(labels).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
}

function pairs(entries: readonly (readonly [string, string])[]): string {
  return entries.map((pair) => pair.join('=')).join(',');
}
