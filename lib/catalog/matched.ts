import type { IConstruct } from 'constructs';
import { Deployment } from '../deployment/deployment';
import { answeredBy, requestsPassed } from '../deployment/warnings/admin-requests-open';
import { aboutFlow } from '../deployment/warnings/flow-text';
import { needsMissing, needText } from '../deployment/warnings/known-need-missing';
import { openTo } from '../deployment/warnings/known-port-open';
import { isFromItself, type KnownTier, opens, servedPorts } from '../deployment/warnings/known-tiers';
import type { Seen } from '../deployment/warnings/seen';
import { givenConstruct } from '../graph/given-construct';
import type { CatalogDifference, CatalogMatch } from './match';
import { type SeenWorkload, workloadsSeen } from './seen-workloads';

/** The known systems among the workloads of a construct, each with how its tier differs from what it needs. */
export function matchesIn(given: IConstruct): CatalogMatch[] {
  const construct = givenConstruct(given, '`construct` of Catalog.match', {
    allowed: 'an App, a Chart, or a construct in one',
    fix: 'Give what holds the workloads: Catalog.match(app)',
  });
  const workloads = workloadsSeen(construct);
  if (workloads.length === 0) return [];
  const seen = Deployment.of(construct).seen();
  return workloads.map((workload) => matched(workload, seen));
}

function matched(workload: SeenWorkload, seen: Seen): CatalogMatch {
  const { object, system, parts } = workload;
  const tier = seen.seenTiers.find(({ pods }) => pods.some((one) => one.object === object));
  const known = parts.flatMap((part): KnownTier[] => (tier === undefined ? [] : [{ tier, system, part }]));
  return {
    workload: object.node.path,
    kindAndName: `${object.kind} ${object.name}`,
    system: system.id,
    title: system.title,
    parts: parts.map(({ name }) => name),
    ...(tier !== undefined && { tier: tier.record.construct.node.path }),
    missing: unique(known.flatMap((one) => missing(one, seen))),
    wider: unique(known.flatMap((one) => wider(one, seen))),
  };
}

function missing(known: KnownTier, seen: Seen): CatalogDifference[] {
  const { tier, system, part } = known;
  const served = servedPorts(known);
  const isServing = part.ports.some(({ purpose }) => purpose === 'serving');
  return [
    ...(!isServing || tier.into.some((flow) => opens(flow, served))
      ? []
      : [{ rule: 'tier-unreached', what: `nobody reaches ${system.title} on the ports that it serves users on` }]),
    ...needsMissing(known, seen).map(({ flow, other }) => ({
      rule: 'known-need-missing',
      what: needText(flow, other, known),
    })),
  ];
}

/** What is open beyond users and what the system needs, and is not acknowledged on its flow. */
function wider(known: KnownTier, seen: Seen): CatalogDifference[] {
  const answered = answeredBy(known);
  return known.tier.into.flatMap((flow) => {
    const isNamed = (rule: string) => flow.acknowledged.some((waiver) => waiver.rule === rule);
    const { about = '' } = aboutFlow(flow, seen);
    const requests =
      opens(flow, servedPorts(known)) && !isFromItself(flow, known, seen) ? requestsPassed(answered, flow) : [];
    return [
      { rule: 'admin-port-open', what: openTo(flow, known, 'administration', seen) },
      { rule: 'peer-port-open', what: openTo(flow, known, 'peers', seen) },
      { rule: 'admin-requests-open', what: requests.length === 0 ? undefined : requests.join(', ') },
    ].flatMap(({ rule, what }) => (what === undefined || isNamed(rule) ? [] : [{ rule, what, flow: about }]));
  });
}

function unique(differences: readonly CatalogDifference[]): CatalogDifference[] {
  const byText = new Map(differences.map((each) => [JSON.stringify(each), each]));
  return [...byText.values()];
}
