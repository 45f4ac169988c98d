import type { Direction } from '../../model/layer';
import type { ManifestOrigin, PolicyManifest } from '../manifest';
import { inGroups } from './in-groups';
import type { CalicoRule } from './rules';

/** The most rules of one direction (api/pkg/apis/projectcalico/v3, `MaxItems`). */
const MOST_RULES = 1024;

/** A policy of either kind before it is split: `about` is the selector and the place of it. */
export interface Draft {
  readonly kind: string;
  readonly name: string;
  readonly namespace?: string;
  readonly about: object;
  /** The directions that the policy is about. */
  readonly directions: readonly Direction[];
  readonly ingress: readonly CalicoRule[];
  readonly egress: readonly CalicoRule[];
  readonly of: ManifestOrigin;
}

/**
 * The policy, or as many as its rules take: `name`, `name-2` and so on, passing over names in `taken`, to which they are
 * added. All rules of a draft have one action, so that any split of them says the same.
 */
export function policies(draft: Draft, taken: Set<string>): PolicyManifest[] {
  const ingress = inGroups(draft.ingress, MOST_RULES);
  const egress = inGroups(draft.egress, MOST_RULES);
  return Array.from({ length: Math.max(1, ingress.length, egress.length) }, (_, i) =>
    manifest(draft, i === 0 ? draft.name : freeName(draft, taken), ingress[i] ?? [], egress[i] ?? []),
  );
}

function freeName({ name, namespace }: Draft, taken: Set<string>): string {
  for (let number = 2; ; number++) {
    const key = nameKey(namespace, `${name}-${number}`);
    if (taken.has(key)) continue;
    taken.add(key);
    return `${name}-${number}`;
  }
}

export function nameKey(namespace: string | undefined, name: string): string {
  return `${namespace ?? ''}/${name}`;
}

const TYPES: Readonly<Record<Direction, string>> = { ingress: 'Ingress', egress: 'Egress' };

/** Types are always written: what is left to defaults depends on which rules there are. */
function manifest(
  { kind, namespace, about, directions, of }: Draft,
  name: string,
  ingress: readonly CalicoRule[],
  egress: readonly CalicoRule[],
): PolicyManifest {
  return {
    apiVersion: 'projectcalico.org/v3',
    kind,
    metadata: { name, ...(namespace !== undefined && { namespace }) },
    spec: {
      ...about,
      types: directions.map((direction) => TYPES[direction]),
      ...(ingress.length > 0 && { ingress }),
      ...(egress.length > 0 && { egress }),
    },
    of,
  };
}
