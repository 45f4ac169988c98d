import { type GraphTier, tierKey } from '../graph/graph-data';
import type { PortSet } from '../model/port-set';
import * as ports from '../model/port-set';
import * as selectors from '../model/selector';
import { PROBER_LABEL } from './labels';
import { dialling, type Places } from './places';

/** As much of a Pod as places are found in. */
export interface LivePod {
  readonly metadata: { readonly labels?: Readonly<Record<string, string>> };
  readonly spec?: {
    readonly hostNetwork?: boolean;
    readonly containers?: readonly {
      readonly ports?: readonly {
        readonly containerPort: number;
        readonly name?: string;
        readonly protocol?: string;
      }[];
    }[];
  };
  readonly status?: {
    readonly podIP?: string;
    readonly conditions?: readonly { readonly type: string; readonly status: string }[];
  };
}

/** A tier is at the address of one of its pods that is ready, so that no name server and no Service is between. */
export function tiersOfCluster(podsOf: (namespace: string) => readonly LivePod[]): Places['ofTier'] {
  return (tier: GraphTier, set: PortSet) => {
    const members = podsOf(tier.namespace).filter(
      ({ metadata: { labels = {} } }) =>
        labels[PROBER_LABEL] === undefined && selectors.matches(tier.pods.pods, labels),
    );
    const key = tierKey(tier);
    if (members.length === 0) return { why: `the cluster has no pod of ${key}` };
    if (members.some(({ spec }) => spec?.hostNetwork)) {
      return { why: `pods of ${key} are on the host network, where no policy binds them` };
    }
    const ready = members.filter(isReady);
    if (ready.length === 0) return { why: `no pod of ${key} is ready` };
    for (const pod of ready) {
      const port = portOf(pod, set);
      if (port !== undefined) return { address: dialling(pod.status?.podIP ?? '', port) };
    }
    return { why: `no pod of ${key} says that it listens on a port of the flow, and the flow has no single port` };
  };
}

function isReady({ status }: LivePod): boolean {
  return (
    status?.podIP !== undefined &&
    (status.conditions ?? []).some((condition) => condition.type === 'Ready' && condition.status === 'True')
  );
}

/** A port that a container declares, or the only one that there is. */
function portOf({ spec }: LivePod, set: PortSet): number | undefined {
  const declared = (spec?.containers ?? [])
    .flatMap(({ ports: of = [] }) => of)
    .filter(({ protocol = 'TCP' }) => protocol === 'TCP');
  const found = declared.find(
    ({ containerPort, name }) =>
      ports.hasNumber(set, 'TCP', containerPort) || (name !== undefined && ports.hasName(set, 'TCP', name)),
  );
  if (found !== undefined) return found.containerPort;
  const [range, ...others] = set.TCP.ranges;
  return range !== undefined && others.length === 0 && range[0] === range[1] ? range[0] : undefined;
}
