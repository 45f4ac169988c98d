import type { Random } from '../../judges/random';
import type { Edit } from '../edit';
import { type Files, namespacesOf, type Peer, peersOf, policiesOf, rulesOf } from '../manifests';

const NAME = 'kubernetes.io/metadata.name';

/** A policy in another namespace, or a peer from another one. */
export function changeNamespaces(files: Files, random: Random): Edit[] {
  const policies = policiesOf(files);
  const names = [...namespacesOf(files).map(({ metadata }) => metadata.name), 'kube-system', 'elsewhere'];
  const otherThan = (name: string | undefined) => random.oneOf(names.filter((each) => each !== name));
  return [
    ...policies.flatMap(({ metadata }) => [
      () => {
        metadata.namespace = otherThan(metadata.namespace);
      },
      () => {
        delete metadata.namespace;
      },
    ]),
    ...policies
      .flatMap((policy) => rulesOf(policy).flatMap(({ rule }) => peersOf(rule)))
      .flatMap((peer) => ofPeer(peer, otherThan)),
  ];
}

/** Without a namespaceSelector it is the namespace of the policy; with an empty one, every namespace. */
function ofPeer(peer: Peer, otherThan: (name: string | undefined) => string): Edit[] {
  const { podSelector, namespaceSelector } = peer;
  if (podSelector === undefined && namespaceSelector === undefined) return [];
  const labels = namespaceSelector?.matchLabels ?? {};
  return [
    () => {
      peer.namespaceSelector = { matchLabels: { [NAME]: otherThan(labels[NAME]) } };
    },
    ...(JSON.stringify(namespaceSelector) === '{}'
      ? []
      : [
          () => {
            peer.namespaceSelector = {};
          },
        ]),
    ...(podSelector && namespaceSelector
      ? [
          () => {
            delete peer.namespaceSelector;
          },
        ]
      : []),
  ];
}

/** Namespaces are selected by their labels. */
export function relabelNamespaces(files: Files, random: Random): Edit[] {
  return namespacesOf(files).flatMap(({ metadata }): Edit[] => {
    const labels = metadata.labels ?? {};
    return [
      ...Object.keys(labels).flatMap((key) => [
        () => {
          delete labels[key];
        },
        () => {
          labels[key] = `${labels[key]}-2`;
        },
      ]),
      () => {
        const [key, value] = random.oneOf([
          ['team', 'red'],
          ['name', 'ingress'],
          ['seen', 'never'],
        ] as const);
        metadata.labels = { ...labels, [key]: value };
      },
    ];
  });
}
