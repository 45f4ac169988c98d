import { Construct, type IConstruct } from 'constructs';
import { type ManifestOrigin, originKey, type PolicyManifest } from '../../engines/manifest';
import { FLOWS_ANNOTATION } from '../../graph/flow-lines';
import type { AddedObject, Addition, AdditionRecord } from '../records';
import { EmittedObject } from './emitted-object';
import type { SpecOf } from './further-policies';
import { managedLabels } from './managed-labels';

/** Below the construct of an addition. */
const HOLDER = '$added';

/** What was emitted of an addition, as text. */
const emittedOf = new WeakMap<IConstruct, string>();

/** Emits what follows from the rest of the deployment, in place of what followed from it before. Whether the tree changed. */
export function emitAdditions(
  additions: ReadonlyMap<AdditionRecord, Addition>,
  manifests: ReadonlyMap<string, readonly PolicyManifest[]>,
  specOf: SpecOf,
  annotationOf: (namespace: string, name: string) => string | undefined,
): boolean {
  let isChanged = false;
  for (const [{ construct }, addition] of additions) {
    const policies = policiesOf(addition, manifests);
    const text = JSON.stringify([policies.map(({ manifest }) => manifest), addition.objects, addition.annotations]);
    if (emittedOf.get(construct) === text) continue;
    isChanged = true;
    emittedOf.set(construct, text);
    construct.node.tryRemoveChild(HOLDER);
    const holder = new Construct(construct, HOLDER);
    for (const policy of policies) emitPolicy(holder, policy, addition, specOf, annotationOf);
    for (const object of addition.objects) emitObject(holder, object);
  }
  return isChanged;
}

type OfTier = Extract<ManifestOrigin, { kind: 'tier' }>;

interface PolicyOfTier {
  readonly of: OfTier;
  readonly position: number;
  readonly manifest: PolicyManifest;
}

function policiesOf(
  { tiers }: Addition,
  manifests: ReadonlyMap<string, readonly PolicyManifest[]>,
): readonly PolicyOfTier[] {
  return tiers.flatMap(({ namespace, name }) => {
    const of: OfTier = { kind: 'tier', namespace, name };
    return (manifests.get(originKey(of)) ?? []).map((manifest, position) => ({ of, position, manifest }));
  });
}

function emitPolicy(
  holder: Construct,
  { of, position, manifest: { apiVersion, kind, metadata } }: PolicyOfTier,
  { labels, annotations }: Addition,
  specOf: SpecOf,
  annotationOf: (namespace: string, name: string) => string | undefined,
): void {
  new EmittedObject(holder, `${kind} ${metadata.namespace} ${metadata.name}`, {
    apiVersion,
    kind,
    ...metadata,
    labels: { ...managedLabels(undefined), ...labels },
    annotations: {
      ...annotations,
      ...(position === 0 && { [FLOWS_ANNOTATION]: () => annotationOf(of.namespace, of.name) }),
    },
    spec: () => specOf(of, position),
  });
}

function emitObject(
  holder: Construct,
  { apiVersion, kind, name, namespace, labels, annotations, spec }: AddedObject,
): void {
  new EmittedObject(holder, `${kind} ${namespace ?? ''} ${name}`, {
    apiVersion,
    kind,
    name,
    ...(namespace !== undefined && { namespace }),
    labels: { ...managedLabels(undefined), ...labels },
    annotations,
    ...(spec && { spec: () => spec }),
  });
}
