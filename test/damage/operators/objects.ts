import type { Random } from '../../judges/random';
import type { Edit } from '../edit';
import { type Files, type KubernetesObject, namespacesOf, policiesOf, portsOf, rulesOf } from '../manifests';

/** A policy of somebody else that opens a namespace, ours or not, one way or both. */
export function addAllowAll(files: Files, random: Random): Edit[] {
  const places = Object.values(files);
  const names = [...namespacesOf(files).map(({ metadata }) => metadata.name), 'elsewhere'];
  const subjects = [{}, ...policiesOf(files).map(({ spec }) => spec.podSelector)];
  return names.map((namespace) => () => {
    const types = random.oneOf([['Ingress'], ['Egress'], ['Ingress', 'Egress']]);
    random.oneOf(places).push({
      apiVersion: 'networking.k8s.io/v1',
      kind: 'NetworkPolicy',
      metadata: { name: 'allow-all', namespace },
      spec: {
        podSelector: structuredClone(random.oneOf(subjects)),
        policyTypes: types,
        ...(types.includes('Ingress') ? { ingress: [{}] } : {}),
        ...(types.includes('Egress') ? { egress: [{}] } : {}),
      },
    });
  });
}

/** An app of one file keeps it: a folder without any file is not read at all. */
export function lose(files: Files): Edit[] {
  const names = Object.keys(files);
  return [
    ...Object.values(files).flatMap((objects) => objects.map((_, i) => () => void objects.splice(i, 1))),
    ...(names.length === 1 ? [] : names).map((name) => () => {
      delete files[name];
    }),
  ];
}

/** Twice is the same as once, but for an object, which the cluster would take for the same or another one. */
export function duplicate(files: Files): Edit[] {
  const policies = policiesOf(files);
  const rules = policies.flatMap(rulesOf);
  const twice = <T>(all: T[], each: T) => all.push(structuredClone(each));
  return [
    ...Object.values(files).flatMap((objects) =>
      objects.flatMap((object) => [() => twice(objects, object), () => twice(objects, renamed(object))]),
    ),
    ...rules.map(
      ({ rule, all }) =>
        () =>
          void twice(all, rule),
    ),
    ...rules.flatMap(({ rule: { from = [], to = [] } }) =>
      [from, to].flatMap((peers) => peers.map((peer) => () => void twice(peers, peer))),
    ),
    ...policies.flatMap(portsOf).map(
      ({ port, rule: { ports = [] } }) =>
        () =>
          void twice(ports, port),
    ),
  ];
}

function renamed(object: KubernetesObject): KubernetesObject {
  return { ...object, metadata: { ...object.metadata, name: `${object.metadata.name}-2` } };
}

/** A policy is what it says, whatever it is called. */
export function swapNames(files: Files): Edit[] {
  const policies = policiesOf(files);
  return policies.flatMap(({ metadata: a }, i) =>
    policies
      .slice(i + 1)
      .filter(({ metadata: b }) => a.name !== b.name)
      .map(({ metadata: b }) => () => {
        [a.name, b.name] = [b.name, a.name];
      }),
  );
}
