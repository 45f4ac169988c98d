import type { Random } from '../../judges/random';
import type { Edit } from '../edit';
import { type Files, isPolicy, type KubernetesObject, namespacesOf, policiesOf } from '../manifests';

const WAVE = 'argocd.argoproj.io/sync-wave';

const HOOKS: readonly Readonly<Record<string, string>>[] = [
  { 'argocd.argoproj.io/hook': 'Skip' },
  { 'argocd.argoproj.io/hook': 'PostSync' },
  { 'argocd.argoproj.io/hook': 'Sync', 'argocd.argoproj.io/hook-delete-policy': 'HookSucceeded' },
  { 'helm.sh/hook': 'test' },
];

/** Applied at another time, deleted afterwards, or not applied at all. */
export function makeHooks(files: Files): Edit[] {
  return objectsOf(files).flatMap((object) => HOOKS.map((annotations) => () => annotate(object, annotations)));
}

/** The deny before the allows, an object that is replaced and not merged, or no word of when. */
export function changeSync(files: Files, random: Random): Edit[] {
  return objectsOf(files).flatMap((object) => {
    const { annotations } = object.metadata;
    return [
      () => annotate(object, { [WAVE]: String(random.oneOf([-100, 40, 1000])) }),
      () => annotate(object, { 'argocd.argoproj.io/sync-options': 'Replace=true' }),
      ...(annotations?.[WAVE] === undefined
        ? []
        : [
            () => {
              delete annotations[WAVE];
            },
          ]),
    ];
  });
}

/** What belongs to something that is not there is deleted. */
export function addOwners(files: Files, random: Random): Edit[] {
  return objectsOf(files).map(({ metadata }) => () => {
    const kind = random.oneOf(['ConfigMap', 'Namespace', 'Pod']);
    metadata.ownerReferences = [{ apiVersion: 'v1', kind, name: 'gone', uid: 'a1' }];
  });
}

/** Why a flow is there, as people and machines read it. */
export function changeReasons(files: Files): Edit[] {
  return policiesOf(files).flatMap(({ metadata: { annotations = {} } }) =>
    Object.keys(annotations)
      .filter((key) => key.startsWith('cdk8s-zero-trust/'))
      .flatMap((key) => [
        () => {
          annotations[key] = `${annotations[key]} `;
        },
        () => {
          delete annotations[key];
        },
      ]),
  );
}

/** What a tool of deployment adds on its way, where it decides nothing. */
export function addWhatOthersAdd(files: Files, random: Random): Edit[] {
  return objectsOf(files).flatMap((object) => {
    const { metadata } = object;
    const labels = isPolicy(object)
      ? [
          () => {
            const key = random.oneOf(['app.kubernetes.io/instance', 'argocd.argoproj.io/instance', 'helm.sh/chart']);
            metadata.labels = { ...metadata.labels, [key]: 'shop' };
          },
          () => {
            metadata.labels = { ...metadata.labels, [`team-${random.between(1, 9)}`]: 'red' };
          },
        ]
      : [];
    return [
      ...labels,
      () => annotate(object, { 'argocd.argoproj.io/tracking-id': `shop:${object.kind}:${metadata.name}` }),
      () => annotate(object, { 'meta.helm.sh/release-name': 'shop' }),
      () => {
        metadata.creationTimestamp = null;
      },
    ];
  });
}

/** Something that the app does not render, of whatever kind. */
export function addObjects(files: Files, random: Random): Edit[] {
  const places = Object.values(files);
  return namespacesOf(files).map(({ metadata: { name: namespace } }) => () => {
    const container = { name: 'main', image: 'example/main' };
    const metadata = { name: 'stranger', namespace };
    random.oneOf(places).push(
      random.oneOf<KubernetesObject>([
        { apiVersion: 'v1', kind: 'ConfigMap', metadata },
        { apiVersion: 'v1', kind: 'Service', metadata, spec: { selector: { app: 'a' }, ports: [{ port: 80 }] } },
        { apiVersion: 'v1', kind: 'Pod', metadata, spec: { hostNetwork: true, containers: [container] } },
      ]),
    );
  });
}

function objectsOf(files: Files): KubernetesObject[] {
  return Object.values(files).flat();
}

function annotate({ metadata }: KubernetesObject, annotations: Readonly<Record<string, string>>): void {
  metadata.annotations = { ...metadata.annotations, ...annotations };
}
