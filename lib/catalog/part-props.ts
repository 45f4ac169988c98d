import type { TierProps } from '../tiers';
import { KnownPods } from '../values/known-pods';
import type { Pods } from '../values/pods';
import { refuseVersion } from './given';
import type { CatalogOptions } from './options';
import { flowsOfPart, type PartHere } from './part-flows';
import { type Beside, podsByLabels } from './part-pods';
import { portValue, servingPorts } from './port-values';

/** A part as props of a tier. */
export function propsOfPart(of: PartHere, options: CatalogOptions, tier: TierOfPart): TierProps {
  const { system, part } = of;
  const { version, acknowledge } = options;
  refuseVersion(system, version);
  const { pods, genericLabels } =
    tier.pods === undefined ? podsByLabels(system, part, tier.beside) : { pods: tier.pods, genericLabels: undefined };
  const flows = flowsOfPart(of, options);
  const serving = of.serving ?? servingPorts(part).map(portValue);
  const asks = tier.asksOthers === true || flows.some(({ direction }) => direction === 'egress');
  return {
    pods,
    ...(serving.length > 0 && { ports: [...serving] }),
    ...(asks && { dns: true }),
    known: KnownPods._of({
      system: system.id,
      title: system.title,
      part: part.name,
      ...(version !== undefined && { version }),
      ...(genericLabels !== undefined && { genericLabels }),
      flows,
    }),
    ...(acknowledge && { acknowledge }),
  };
}

/** How the tier of a part is made. */
export interface TierOfPart {
  /** @default - by labels */
  readonly pods?: Pods;
  readonly beside?: Beside;
  /** It opens connections to other parts that are tiers too, which it finds by name. */
  readonly asksOthers?: boolean;
}
