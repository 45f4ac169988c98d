import type { IConstruct } from 'constructs';
import type { FoundProblem } from '../../findings/finding';
import { isWaived } from '../../findings/waiver-uses';
import { acknowledgementUnused } from './acknowledgement-unused';
import { adminRequestsOpen } from './admin-requests-open';
import { agentAllPorts } from './agent-all-ports';
import { dnsMissing } from './dns-missing';
import { dnsUnused } from './dns-unused';
import { engineVersionUntested } from './engine-version-untested';
import { knownLabelsGeneric } from './known-labels-generic';
import { knownNeedMissing } from './known-need-missing';
import { knownPolicy } from './known-policy';
import { adminPortOpen, peerPortOpen } from './known-port-open';
import { knownVersion } from './known-version';
import { knownWorkload } from './known-workload';
import { labelsMissTier } from './labels-miss-tier';
import { namespaceMisspelt } from './namespace-misspelt';
import { portNotServed } from './port-not-served';
import { type Seen, seenOf, type WarningContext } from './seen';
import { serviceWithoutExposure } from './service-without-exposure';
import { sourceNotPreserved } from './source-not-preserved';
import { testPodsSelected } from './test-pods-selected';
import { tierUnreached } from './tier-unreached';
import type { Warning } from './warning';

export const WARNINGS: readonly Warning[] = [
  adminPortOpen,
  adminRequestsOpen,
  agentAllPorts,
  dnsMissing,
  dnsUnused,
  engineVersionUntested,
  knownLabelsGeneric,
  knownNeedMissing,
  knownPolicy,
  knownVersion,
  knownWorkload,
  labelsMissTier,
  namespaceMisspelt,
  peerPortOpen,
  portNotServed,
  serviceWithoutExposure,
  sourceNotPreserved,
  testPodsSelected,
  tierUnreached,
  // Last, when all others have asked for their waivers.
  acknowledgementUnused,
];

export { seenOf } from './seen';

/** A finding with the construct that it is of. */
export interface LocatedFinding {
  readonly construct: IConstruct;
  readonly found: FoundProblem;
}

/**
 * What is allowed in the app and probably not meant, without what is acknowledged.
 *
 * @param refused the rules of what is refused in it: most warnings have to wait until nothing is
 */
export function suspicions(context: WarningContext, refused: readonly string[]): readonly LocatedFinding[] {
  const asked = WARNINGS.filter(({ besides = [] }) => refused.every((rule) => besides.includes(rule)));
  if (asked.length === 0) return [];
  const seen = seenOf(context);
  return asked.flatMap((warning) => foundBy(warning, seen));
}

function foundBy({ id, level, why, find }: Warning, seen: Seen): LocatedFinding[] {
  return find(seen)
    .filter(({ acknowledged }) => !isWaived(id, ...acknowledged))
    .map(({ construct, acknowledged: _, ...said }) => ({
      construct,
      found: { rule: id, level, why, where: construct.node.path || undefined, ...said },
    }));
}
