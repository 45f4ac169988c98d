import type { Construct } from 'constructs';
import type { ManifestOrigin } from '../../engines/manifest';
import type { Declarations } from '../declarations';

/** What policies are of, and where it is in the tree. */
export interface Origin {
  readonly construct: Construct;
  readonly of: ManifestOrigin;
  readonly partOf: string | undefined;
  /** Why it is there, where the policies that are there from the start do not say it. */
  readonly because: string | undefined;
  /** How many of its policies are in the tree from the start. */
  readonly own: number;
}

/** Every namespace, tier and guardrail. */
export function originsOf({ namespaces, tiers, guardrails, hostGuardrails }: Declarations): Origin[] {
  const found: Origin[] = [];
  for (const { construct, name, partOf } of namespaces) {
    found.push({ construct, of: { kind: 'namespace', namespace: name }, partOf, because: undefined, own: 1 });
  }
  for (const { construct, name, namespace } of tiers) {
    const of: ManifestOrigin = { kind: 'tier', namespace: namespace.name, name };
    found.push({ construct, of, partOf: namespace.partOf, because: undefined, own: 1 });
  }
  for (const { construct, guardrail } of guardrails) {
    const { name, because } = guardrail;
    found.push({ construct, of: { kind: 'guardrail', name }, partOf: undefined, because, own: 0 });
  }
  for (const { construct, guardrail } of hostGuardrails) {
    const { name, because } = guardrail;
    found.push({ construct, of: { kind: 'host-guardrail', name }, partOf: undefined, because, own: 0 });
  }
  return found;
}
