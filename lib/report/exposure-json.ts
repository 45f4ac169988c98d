import type { Exposure } from '../analysis';
import * as ips from '../model/ip-set';
import * as ports from '../model/port-set';

/** What the JSON says that it is. */
export const EXPOSURE_SCHEMA = 'cdk8s-zero-trust/exposure/v1';

/** What could reach workloads although no manifest shows it, for programs. */
export function exposureJson(exposures: readonly Exposure[]): string {
  const json = {
    schema: EXPOSURE_SCHEMA,
    exposures: exposures.map(({ workloads, openings }) => ({
      workloads,
      openings: openings.map(({ from, verdict }) => ({
        from: from.kind === 'pods' ? strangerJson(from) : { addresses: ips.blocks(from.addresses) },
        must: ports.portsText(verdict.must),
        may: ports.portsText(verdict.may),
      })),
    })),
  };
  return `${JSON.stringify(json, undefined, 2)}\n`;
}

function strangerJson({ kind: _, ...pods }: Extract<Exposure['openings'][number]['from'], { kind: 'pods' }>) {
  return pods;
}
