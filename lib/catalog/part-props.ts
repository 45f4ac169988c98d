import type { TierProps } from '../tiers';
import { KnownPods } from '../values/known-pods';
import type { Pods } from '../values/pods';
import { type CatalogOptionsGiven, refuseVersion } from './given';
import { flowsOfPart, type PartHere } from './part-flows';
import { podsByLabels } from './part-pods';
import { portValue, servingPorts } from './port-values';

/** A part as props of a tier. `mayAsk`: it opens flows to other parts that are tiers too, and finds them by name. */
export function propsOfPart(
  of: PartHere,
  options: CatalogOptionsGiven,
  pods: Pods | undefined,
  mayAsk = false,
): TierProps {
  const { system, part } = of;
  const { version, instance, acknowledge } = options;
  refuseVersion(system, version);
  const chosen = pods === undefined ? podsByLabels(system, part, instance) : { pods };
  const flows = flowsOfPart(of, options);
  const serving = of.serving ?? servingPorts(part).map(portValue);
  return {
    pods: chosen.pods,
    ...(serving.length > 0 && { ports: [...serving] }),
    ...((mayAsk || flows.some(({ direction }) => direction === 'egress')) && { dns: true }),
    known: KnownPods._of({
      system: system.id,
      title: system.title,
      part: part.name,
      ...(version !== undefined && { version }),
      ...(chosen.genericLabels !== undefined && { genericLabels: chosen.genericLabels }),
      flows,
    }),
    ...(acknowledge && { acknowledge }),
  };
}
