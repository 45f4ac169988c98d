import { Deployment } from '../deployment/deployment';
import type { TierRecord } from '../deployment/records';
import { hasWaiver } from '../findings/waiver-uses';
import type { KnownSystem, SystemPart } from '../known-systems';
import { ZeroTrustError } from '../model/problem';
import * as selectors from '../model/selector';
import type { Tier, ZeroTrustNamespace } from '../tiers';
import type { Pods } from '../values/pods';
import { podsByPart } from './part-pods';

/**
 * Refuses parts that are told by their labels where these tell no part from another: every two of them would be refused by
 * themselves (`overlapping-tiers`), in words that know nothing of parts. Whoever accepts that is not asked.
 *
 * @param given pods of parts, which are not told by their labels.
 */
export function refusePartsAlike(
  system: KnownSystem,
  parts: readonly SystemPart[],
  tiers: ReadonlyMap<string, Tier>,
  given: ReadonlyMap<string, Pods>,
  { _record: { acknowledged } }: ZeroTrustNamespace,
): void {
  const records = new Map([...tiers].map(([name, tier]) => [name, recordOf(tier)]));
  const others = (name: string) => [...records].flatMap(([other, record]) => (other === name ? [] : [record]));
  const alike = parts.filter(
    ({ name }) => !given.has(name) && others(name).some((other) => isAlike(records.get(name), other)),
  );
  if (alike.length === 0) return;
  // All tiers of a system were given the same acknowledgements.
  const [own] = [...records.values()].map((record) => record.acknowledged);
  if (!hasWaiver('overlapping-tiers', own, acknowledged)) throw new ZeroTrustError(partsAlike(system, alike));
}

function recordOf(tier: Tier): TierRecord {
  return Deployment.of(tier).declarations.recordOf(tier) as TierRecord;
}

/** Pods of a workload are those that it renders, whatever else its labels could mean. */
function isAlike(part: TierRecord | undefined, other: TierRecord): boolean {
  if (part === undefined || other.pods.workload !== undefined) return false;
  return selectors.intersects(part.pods.pods, other.pods.pods);
}

function partsAlike({ title }: KnownSystem, alike: readonly SystemPart[]) {
  const names = alike.map(({ name }) => name);
  const [{ name, labels }] = alike;
  const own = Object.entries(labels[0]?.labels ?? {}).map(([key, value]) => `${key}: ${value}`);
  return {
    rule: 'catalog-pods',
    what: `the labels of ${title} tell no part from another: a pod with ${own.join(', ')} could be any of ${names.join(', ')}, and would get the flows of all`,
    value: names.join(', '),
    allowed: 'the pods of each part, or the workload that renders them',
    fix: `Give them by the part, ${podsByPart(names)}, or all at once, { workload: chart }, or say which one runs here: { parts: ['${name}'] }`,
  };
}
