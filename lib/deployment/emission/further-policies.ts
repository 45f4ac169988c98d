import { Construct, type IConstruct } from 'constructs';
import { type ManifestOrigin, originKey, type PolicyManifest } from '../../engines/manifest';
import { guardrailAnnotation } from '../../graph/flow-annotations';
import { FLOWS_ANNOTATION } from '../../graph/flow-lines';
import type { Declarations } from '../declarations';
import { EmittedObject } from './emitted-object';
import { managedLabels } from './managed-labels';
import { type Origin, originsOf } from './origins';
import { syncAnnotations } from './sync-annotations';

/** Below the tier, namespace or guardrail that they are of. */
const HOLDER = '$more-policies';

/** The spec of a policy at a position among those of its origin, when it is rendered. */
export type SpecOf = (of: ManifestOrigin, position: number) => PolicyManifest['spec'];

/**
 * Emits the policies that are not in the tree from the start: a tier and a namespace have one each, and an engine may need
 * more (where a limit forces a split) and others (guardrails). Those that are no longer needed go. Whether the tree
 * changed.
 */
export function emitMore(
  manifests: ReadonlyMap<string, readonly PolicyManifest[]>,
  declarations: Declarations,
  specOf: SpecOf,
): boolean {
  let isChanged = false;
  for (const origin of originsOf(declarations)) {
    const wanted = furtherOf(origin, manifests);
    if (isThere(origin, wanted)) continue;
    isChanged = true;
    origin.construct.node.tryRemoveChild(HOLDER);
    if (wanted.length > 0) emit(origin, wanted, specOf);
  }
  return isChanged;
}

function furtherOf(
  { of, own }: Origin,
  manifests: ReadonlyMap<string, readonly PolicyManifest[]>,
): readonly PolicyManifest[] {
  const all = manifests.get(originKey(of)) ?? [];
  return all.length <= own ? NONE : all.slice(own);
}

const NONE: readonly PolicyManifest[] = [];

/** A policy that joins the tree when the app is validated. */
export interface FurtherPolicy {
  /** What it is of. */
  readonly construct: IConstruct;
  readonly manifest: PolicyManifest;
}

/** The policies that are not in the tree from the start. */
export function furtherPolicies(
  manifests: ReadonlyMap<string, readonly PolicyManifest[]>,
  declarations: Declarations,
): FurtherPolicy[] {
  const found: FurtherPolicy[] = [];
  for (const origin of originsOf(declarations)) {
    for (const manifest of furtherOf(origin, manifests)) found.push({ construct: origin.construct, manifest });
  }
  return found;
}

/** Whether the object joined the tree in a validation. */
export function isFurther({ node: { scope } }: IConstruct): boolean {
  return scope?.node.id === HOLDER;
}

function isThere({ construct }: Origin, wanted: readonly PolicyManifest[]): boolean {
  const holder = construct.node.tryFindChild(HOLDER);
  if (holder === undefined) return wanted.length === 0;
  const ids = holder.node.children.map(({ node }) => node.id);
  return ids.length === wanted.length && wanted.every((manifest, i) => ids[i] === idOf(manifest));
}

function emit(
  { construct, of, partOf, because, own }: Origin,
  wanted: readonly PolicyManifest[],
  specOf: SpecOf,
): void {
  const holder = new Construct(construct, HOLDER);
  for (const [i, manifest] of wanted.entries()) {
    const { apiVersion, kind, metadata } = manifest;
    new EmittedObject(holder, idOf(manifest), {
      apiVersion,
      kind,
      ...metadata,
      labels: managedLabels(partOf),
      annotations: {
        ...syncAnnotations(construct, of.kind === 'tier' ? 'allow' : 'deny'),
        ...(because !== undefined && { [FLOWS_ANNOTATION]: guardrailAnnotation(because) }),
      },
      spec: () => specOf(of, own + i),
    });
  }
}

function idOf({ kind, metadata: { namespace, name } }: PolicyManifest): string {
  return [kind, namespace, name].filter((part) => part !== undefined).join(' ');
}
