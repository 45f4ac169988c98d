/** What Kubernetes itself tests of policy engines (`test/upstream`) as worlds for judges: its tables, its policies, its probes. */
import type { Behaviour, Probe } from '../../upstream/behaviour';
import { behaviours } from '../../upstream/behaviours';
import { expectedOf } from '../../upstream/reachability';
import { addressOf, manifestsAt, podNames } from '../../upstream/world';
import type { Flow, KubernetesObject, World } from '../world';

/** One step of one behaviour: every ordered pair of pods on every port that upstream probes there. */
export interface UpstreamWorld extends World {
  readonly title: string;
  /** What upstream expects of each flow. */
  readonly expected: readonly boolean[];
}

export const upstreamWorlds: readonly UpstreamWorld[] = behaviours
  .flatMap((behaviour) => behaviour.steps.map((_, step) => ({ behaviour, step })))
  .map(({ behaviour, step }, index) => worldAt(behaviour, step, index + 1));

function worldAt(behaviour: Behaviour, step: number, seed: number): UpstreamWorld {
  const asked = (behaviour.steps[step]?.probes ?? []).flatMap(everyPair);
  return {
    seed,
    title: `${behaviour.context} ${behaviour.name}, step ${step + 1}`,
    documents: manifestsAt(behaviour, step) as unknown as KubernetesObject[],
    ends: podNames.map((pod) => ({ pod, addresses: [addressOf(pod)] })),
    flows: asked.map(({ flow }) => flow),
    expected: asked.map(({ connected }) => connected),
  };
}

/** But for a pod and itself, which upstream leaves out. */
function everyPair(probe: Probe): { flow: Flow; connected: boolean }[] {
  const { protocol, port } = probe;
  const expected = expectedOf(probe);
  return podNames.flatMap((from) =>
    podNames
      .filter((to) => to !== from)
      .map((to) => ({
        flow: { from: addressOf(from), to: addressOf(to), protocol, port },
        connected: expected(from, to),
      })),
  );
}
