import type { IConstruct } from 'constructs';
import type { Problem } from '../../model/problem';
import type { PeerSpec } from '../../values/peer';

type PodsPeer = Extract<PeerSpec, { kind: 'pods' }>;

/** What keeps a peer from standing at one end of what `construct` declares, whoever runs it. */
export function placeProblems(peer: PeerSpec, construct: IConstruct): Problem[] {
  switch (peer.kind) {
    case 'tier':
    case 'namespace':
      return isInApp(peer.construct, construct) ? [] : [otherApp(peer.construct.node.path)];
    case 'pods':
      return podPlaceProblems(peer);
    default:
      return [];
  }
}

/** Pods of a construct of this app may be a tier of it, which is known when the app is complete. */
export function ownerProblems(peer: PeerSpec, construct: IConstruct): Problem[] {
  if (peer.kind !== 'pods' || peer.owner !== undefined) return [];
  return peer.workload !== undefined && isInApp(peer.workload, construct) ? [] : [ownerMissing()];
}

export function ownerMissing(): Problem {
  return {
    rule: 'peer-owner',
    what: 'these pods are in no tier of this app, so somebody else must allow the other half of the flow, and it is not said who',
    value: '',
    allowed: 'pods with an owner, or a tier',
    fix: "Say who runs them: ….ownedBy('platform team')",
  };
}

function podPlaceProblems({ workload, namespaces }: PodsPeer): Problem[] {
  if (workload === undefined) return namespaces === undefined ? [noNamespace()] : [];
  return namespaces === undefined ? [] : [twoNamespaces(workload.node.path)];
}

function isInApp(peer: IConstruct, { node }: IConstruct): boolean {
  return peer.node.root === node.root;
}

function otherApp(path: string): Problem {
  return {
    rule: 'peer-other-app',
    what: `${path} belongs to another app, whose manifests are not rendered with these`,
    value: path,
    allowed: 'tiers and namespaces of the same App',
    fix: "Name its pods: Pods.labeled({ … }).inNamespace('…').ownedBy('…'), and let the other app allow its half.",
  };
}

function noNamespace(): Problem {
  return {
    rule: 'peer-namespace',
    what: 'the namespace of the pods is not given, and a selector alone would mean pods in the namespace of this tier',
    value: '',
    allowed: 'pods of one namespace, by name, or of namespaces with certain labels',
    fix: "Name it: Pods.labeled({ app: 'prometheus' }).inNamespace('monitoring').ownedBy('platform team')",
  };
}

function twoNamespaces(path: string): Problem {
  return {
    rule: 'peer-namespace',
    what: `the pods of ${path} run in the namespace that its manifest has, and the peer names one as well`,
    value: path,
    allowed: 'Pods.of without inNamespace and inNamespacesLabeled',
    fix: 'Leave it out: the namespace is read from the workload.',
  };
}
