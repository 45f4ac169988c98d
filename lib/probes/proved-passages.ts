import { readFiles } from '../analysis';
import { engineNamed } from '../engines/engines';
import type { PolicyManifest } from '../engines/manifest';
import { canonical, type GraphData, tierKey } from '../graph/graph-data';
import type { Flow } from '../model/flow';
import { ZeroTrustError } from '../model/problem';
import { proofProblems, proveManifests } from '../proof';
import { probesInGraph, withoutProbes } from './graph-with-probes';
import type { ProbePlan } from './plan';

/**
 * The policies that let strangers out of their namespaces while a test runs, as the engine of the graph has them. They are
 * proved first: everything that the graph declares is rendered with them, read back, and held against the graph with its probes.
 *
 * @throws where the engine cannot say what the probes need, and where anything but that would be let through.
 */
export function provedPassages(graph: GraphData, plan: ProbePlan): readonly PolicyManifest[] {
  const declared = withoutProbes(graph);
  const { tiers, flows } = probesInGraph(plan, declared);
  if (tiers.length === 0) return [];
  const together = canonical({
    ...declared,
    tiers: [...declared.tiers, ...tiers],
    flows: [...declared.flows, ...flows],
  });
  const probes = new Set(tiers.map(tierKey));
  refuseUnsayable(together, probes);
  const manifests = engineNamed(together.cluster.engine).render(together, together.cluster);
  refuseUnproved(together, manifests);
  return manifests.filter(({ of }) => of.kind === 'tier' && probes.has(tierKey(of)));
}

/** What the engine cannot say of the flows of the graph itself was acknowledged when the graph was made. */
function refuseUnsayable(together: GraphData, probes: ReadonlySet<string>): void {
  const isOfProbes = ({ from }: Flow) => from.kind === 'tier' && probes.has(tierKey(from));
  const refused = engineNamed(together.cluster.engine)
    .limits(together, together.cluster)
    .filter(({ about }) => about.kind === 'flow' && isOfProbes(about.flow));
  if (refused.length === 0) return;
  throw new ZeroTrustError(
    refused.map(({ rule, why, value, allowed, fix }) => ({
      rule,
      what: `what a stranger would need to try is nothing that the engine can say: ${why}`,
      value,
      allowed,
      fix: fix ?? 'Leave the tier out of the test: --tier names those that are in it.',
    })),
  );
}

function refuseUnproved(together: GraphData, manifests: readonly PolicyManifest[]): void {
  const items = manifests.map(({ of: _, ...manifest }) => manifest);
  const text = JSON.stringify({ apiVersion: 'v1', kind: 'List', items });
  const { proof, unreadable } = proveManifests(together, readFiles([], { texts: [{ name: 'policies', text }] }));
  // Of namespaces that are only tried out, no tier is probed.
  const isSaid = proof.outcome === 'proved' || proof.outcome === 'would-allow';
  if (isSaid && unreadable.length === 0) return;
  throw new ZeroTrustError({
    rule: 'probe-not-proved',
    what: 'with the policies that let strangers out, more or less than the graph would be allowed, so that nothing was created',
    value: [...unreadable, ...proofProblems(proof)].map(({ what }) => what).join('; '),
    allowed: 'a graph that is proved with the probes in it',
    fix: 'Prove what is rendered: cdk8s-zero-trust prove dist',
  });
}
