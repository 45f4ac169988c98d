import type { ApiObject } from 'cdk8s';
import type { Endpoint } from '../../model/endpoint';
import { isOneEditApart } from '../../model/one-edit';
import { soleNamespace } from '../../model/pod-set';
import * as selectors from '../../model/selector';
import { mayMakePods } from '../emission/door';
import { renderedKind } from '../workloads/rendered-kind';
import { renderedPods } from '../workloads/rendered-pods';
import { aboutFlow } from './flow-text';
import type { Seen } from './seen';
import type { Suspicion, Warning } from './warning';

const ACKNOWLEDGE = "acknowledge: [{ rule: 'namespace-misspelt', because: '…' }]";

/** A policy for a namespace that nobody made matches nothing, in silence. */
export const namespaceMisspelt: Warning = {
  id: 'namespace-misspelt',
  level: 'warning',
  why: 'A policy for a namespace that does not exist matches nothing, and nobody says so',
  fix: 'Write the name of the namespace as it is declared.',
  find: (seen) => [...peersElsewhere(seen), ...workloadsElsewhere(seen)],
};

function peersElsewhere(seen: Seen): readonly Suspicion[] {
  const strangers = seen.graph.flows.filter(({ from, to }) => from.kind === 'pods' || to.kind === 'pods');
  if (strangers.length === 0) return [];
  const ours = namespacesOf(seen);
  const names = new Set(strangers.flatMap(({ from, to }) => [from, to].flatMap(namespaceOf)));
  const misspelt = new Map([...names].filter((name) => !ours.has(name)).flatMap((name) => nearestTo(name, ours)));
  if (misspelt.size === 0) return [];
  return strangers.flatMap((flow) =>
    [flow.from, flow.to].flatMap((end) => {
      const [name = ''] = namespaceOf(end);
      const near = misspelt.get(name);
      const tier = seen.tierOf(flow);
      if (near === undefined || tier === undefined) return [];
      return [
        {
          construct: tier.record.construct,
          ...aboutFlow(flow, seen),
          what: `the app declares no namespace ${name}, and one slip makes it ${near}`,
          value: name,
          fix: `Write inNamespace('${near}'), or acknowledge it: ${ACKNOWLEDGE}`,
          acknowledged: [flow.acknowledged, tier.record.acknowledged],
        },
      ];
    }),
  );
}

/** Pods that have the labels of a tier in a namespace that is not its own: no policy is theirs, and everybody gets through. */
function workloadsElsewhere(seen: Seen): readonly Suspicion[] {
  return strangeWorkloads(seen).flatMap(({ object, name, nearby }) => {
    const pods = renderedPods(object).filter(({ hostNetwork }) => !hostNetwork);
    const tier = seen.seenTiers.find(
      ({ record, endpoint }) =>
        nearby.includes(record.namespace.name) &&
        pods.some(({ labels }) => selectors.matches(endpoint.pods.pods, labels)),
    );
    if (tier === undefined) return [];
    const near = tier.record.namespace;
    return [
      {
        construct: tier.record.construct,
        about: `${object.kind} ${name}/${object.name}`,
        what: `its pods have the labels of the tier ${tier.key}, the app declares no namespace ${name}, and one slip makes it ${near.name}`,
        why: 'No policy of the tier binds pods in another namespace, so whoever reaches them gets through',
        value: name,
        fix: `Write namespace: '${near.name}' in ${object.node.path}, or acknowledge it on the tier: ${ACKNOWLEDGE}`,
        acknowledged: [tier.record.acknowledged, near.acknowledged],
      },
    ];
  });
}

interface StrangeWorkload {
  readonly object: ApiObject;
  /** Of its namespace. */
  readonly name: string;
  /** The zero-trust namespaces that one slip makes of it. */
  readonly nearby: readonly string[];
}

/** Objects of the app that may make pods in a namespace of which the app says nothing and that is one slip from one of ours. */
function strangeWorkloads(seen: Seen): readonly StrangeWorkload[] {
  const ours = namespacesOf(seen);
  const zeroTrust = seen.declarations.namespaces.map(({ name }) => name);
  const nearbyOf = new Map<string, readonly string[]>();
  return seen.objects.flatMap((object) => {
    const name = object.metadata.namespace;
    if (name === undefined || ours.has(name)) return [];
    const nearby = nearbyOf.get(name) ?? zeroTrust.filter((own) => isOneEditApart(own, name));
    nearbyOf.set(name, nearby);
    return nearby.length > 0 && mayMakePods(renderedKind(object)) ? [{ object, name, nearby }] : [];
  });
}

/** The one namespace of pods that are not ours. */
function namespaceOf(end: Endpoint): string[] {
  if (end.kind !== 'pods') return [];
  const name = soleNamespace(end.pods.namespaces);
  return name === undefined ? [] : [name];
}

function nearestTo(name: string, ours: ReadonlySet<string>): [string, string][] {
  const near = [...ours].find((own) => isOneEditApart(own, name));
  return near === undefined ? [] : [[name, near]];
}

/** Those of the app, whoever made their Namespace. */
function namespacesOf({ declarations, objects }: Seen): ReadonlySet<string> {
  const made = objects.filter(({ kind, apiVersion }) => kind === 'Namespace' && apiVersion === 'v1');
  return new Set([...declarations.namespaces, ...made].map(({ name }) => name));
}
