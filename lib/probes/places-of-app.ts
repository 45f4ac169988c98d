import type { ApiObject } from 'cdk8s';
import type { IConstruct } from 'constructs';
import type { Declarations } from '../deployment/declarations';
import { type SeenTier, seenOf } from '../deployment/warnings/seen';
import { resolveTier } from '../deployment/workloads/resolved-tier';
import { type GraphData, type GraphTier, tierKey } from '../graph/graph-data';
import type { PortSet } from '../model/port-set';
import * as ports from '../model/port-set';
import type { Places } from './places';

/** As much of an app as places are found in. */
export interface AppParts {
  readonly root: IConstruct;
  readonly objects: readonly ApiObject[];
  readonly declarations: Declarations;
  readonly graph: GraphData;
}

/** A tier is where the user says, or else behind the first Service of the app that leads to its pods on a port of the flow. */
export function tiersOfApp(parts: AppParts, given: Readonly<Record<string, string>>): Places['ofTier'] {
  const tiers = new Map(parts.declarations.tiers.map((record) => [record, resolveTier(record)]));
  const { seenTiers } = seenOf({
    ...parts,
    tiers,
    facts: parts.graph.cluster,
    declaredAt: () => undefined,
    isNeededByProof: () => false,
  });
  const byKey = new Map(seenTiers.map((tier) => [tier.key, tier]));
  return (tier: GraphTier, set: PortSet) => {
    const key = tierKey(tier);
    if (Object.hasOwn(given, key)) return { address: given[key] };
    const seen = byKey.get(key);
    const address = seen && serviceOf(seen, set);
    return address === undefined
      ? {
          why: `no Service of the app leads to it on these ports; \`addresses: { '${key}': 'service.namespace.svc:8000' }\` says where it is`,
        }
      : { address };
  };
}

function serviceOf({ services, named = [] }: SeenTier, set: PortSet): string | undefined {
  const numbers = ports.resolve(set, named);
  for (const { name, namespace, ports: of } of services) {
    const port = of.find(
      ({ protocol, targetPort }) =>
        protocol === 'TCP' &&
        (typeof targetPort === 'number'
          ? ports.hasNumber(numbers, 'TCP', targetPort)
          : ports.hasName(set, 'TCP', targetPort) ||
            named.some(
              (each) =>
                each.name === targetPort && each.protocol === 'TCP' && ports.hasNumber(numbers, 'TCP', each.number),
            )),
    );
    if (port !== undefined) return `${name}.${namespace}.svc:${port.port}`;
  }
  return undefined;
}
