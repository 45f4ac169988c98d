import { Construct, type IConstruct } from 'constructs';
import { type ManifestOrigin, originKey, type PolicyManifest } from '../../engines/manifest';
import { guardrailAnnotation } from '../../graph/flow-annotations';
import { FLOWS_ANNOTATION } from '../../graph/flow-lines';
import type { Declarations } from '../declarations';
import { EmittedObject } from './emitted-object';
import { managedLabels } from './managed-labels';
import { syncAnnotations } from './sync-annotations';

/** Below the tier, namespace or guardrail that they are of. */
const HOLDER = '$more-policies';

interface Origin {
  readonly construct: Construct;
  readonly of: ManifestOrigin;
  readonly partOf?: string;
  /** Why it is there, where the policies that are there from the start do not say it. */
  readonly because?: string;
  /** How many of its policies are in the tree from the start. */
  readonly own: number;
}

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
    const wanted = manifests.get(originKey(origin.of))?.slice(origin.own) ?? [];
    if (isThere(origin, wanted)) continue;
    isChanged = true;
    origin.construct.node.tryRemoveChild(HOLDER);
    if (wanted.length > 0) emit(origin, wanted, specOf);
  }
  return isChanged;
}

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
  return originsOf(declarations).flatMap(({ construct, of, own }) =>
    (manifests.get(originKey(of)) ?? []).slice(own).map((manifest) => ({ construct, manifest })),
  );
}

/** Whether the object joined the tree in a validation. */
export function isFurther({ node: { scope } }: IConstruct): boolean {
  return scope?.node.id === HOLDER;
}

function originsOf({ namespaces, tiers, guardrails, hostGuardrails }: Declarations): Origin[] {
  return [
    ...namespaces.map(({ construct, name, partOf }) => {
      return { construct, of: { kind: 'namespace', namespace: name } as const, partOf, own: 1 };
    }),
    ...tiers.map(({ construct, name, namespace: { name: namespace, partOf } }) => {
      return { construct, of: { kind: 'tier', namespace, name } as const, partOf, own: 1 };
    }),
    ...guardrails.map(({ construct, guardrail: { name, because } }) => {
      return { construct, of: { kind: 'guardrail', name } as const, because, own: 0 };
    }),
    ...hostGuardrails.map(({ construct, guardrail: { name, because } }) => {
      return { construct, of: { kind: 'host-guardrail', name } as const, because, own: 0 };
    }),
  ];
}

function isThere({ construct }: Origin, wanted: readonly PolicyManifest[]): boolean {
  const ids = construct.node.tryFindChild(HOLDER)?.node.children.map(({ node }) => node.id) ?? [];
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
