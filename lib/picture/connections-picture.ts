import type { Connectivity, WaysIn } from '../analysis';
import type { WrittenObject } from '../analysis/files/read-files';
import type { ConnectionsOf } from '../asking/connections';
import type { KnownWorld } from '../asking/known-world';
import { internet } from '../cluster/special-addresses';
import * as ips from '../model/ip-set';
import * as ports from '../model/port-set';
import type { Workload } from '../model/world';
import { portWords } from '../report/passing-words';
import { decisions, UNDECIDED } from './decided-by';
import { halfOpen } from './half-open';
import { type Example, type Joined, joined } from './joined';
import type { Arrow, Picture } from './picture';
import { OUTSIDE, PictureBuilder } from './picture-builder';
import type { PictureFindings } from './picture-findings';
import { rangesOf } from './port-ranges';
import { workloadEnds } from './workload-ends';

/** What a picture of connections is made of. */
export interface ConnectionsShown {
  readonly known: KnownWorld;
  readonly reach: Connectivity;
  readonly found: Iterable<ConnectionsOf>;
  readonly written: readonly WrittenObject[];
  readonly waysIn: WaysIn;
  readonly findings: PictureFindings;
  /** What a workload is for, where that is known. */
  readonly roleOf: (workload: Workload) => string | undefined;
  readonly title: string;
  readonly about: string;
  /** Every namespace and workload is shown, and not only those with connections. */
  readonly isWhole: boolean;
}

/** So many connections are explained; to explain one takes a walk through all rules. */
const MOST_EXPLAINED = 1500;

/** Everything that may pass, with what decides it and what is wrong with it. */
export function connectionsPicture(shown: ConnectionsShown): Picture {
  const { known, reach, findings, title, about } = shown;
  const { world, plane } = known;
  const builder = new PictureBuilder(
    ({ kind, name }) => ({
      facts: kind === 'namespace' ? labelFacts(known, name) : [],
      findings: kind === 'namespace' ? findings.ofNamespace(name) : [],
    }),
    findings.ofWorkload,
  );
  const ends = workloadEnds(world, (workload) => ({
    role: shown.roleOf(workload) ?? workload.id.split('/')[1],
    facts: workloadFacts(workload),
  }));
  const explained = decisions(known, shown.written);
  const words = portWords();
  if (shown.isWhole) for (const workload of world.workloads) builder.box(ends.one(workload));
  const all = joined(shown.found, ends, world.workloads);
  for (const [position, each] of all.entries()) {
    const { rules, ...decided } = position < MOST_EXPLAINED ? explained(each.example, each.may) : UNDECIDED;
    const own = [...new Set(rules.flatMap(findings.ofRule))];
    for (const source of each.sources) {
      for (const target of each.targets) {
        builder.arrow({
          from: builder.box(source),
          to: builder.box(target),
          ports: words.all(each),
          ranges: rangesOf(each.may),
          isPerhaps: ports.isEmpty(each.must),
          ...internetOf(each),
          ...decided,
          findings: own,
        });
      }
    }
  }
  for (const { rule, from, to } of halfOpen(world, plane, reach, (one) => findings.has('half-open-flow', one))) {
    const { rules: _, ...decided } = explained({ from, to }, ports.resolve(rule.ports, to.ports));
    builder.arrow({
      from: builder.box(ends.one(from)),
      to: builder.box(ends.one(to)),
      ports: words.all({ must: rule.ports, may: rule.ports }),
      ranges: rangesOf(rule.ports),
      isPerhaps: false,
      mark: 'half-open',
      ...decided,
      findings: findings.ofRule(rule),
    });
  }
  addWaysIn(builder, shown, ends.one);
  return builder.picture({
    title,
    about,
    findings: findings.all,
    notes:
      all.length > MOST_EXPLAINED
        ? [`The first ${MOST_EXPLAINED} of ${all.length} connections are explained here; explain tells of any.`]
        : [],
    elsewhere: '--focus, --to and --port draw a part of them.',
  });
}

function addWaysIn(
  builder: PictureBuilder,
  { known, waysIn }: ConnectionsShown,
  one: ReturnType<typeof workloadEnds>['one'],
): void {
  const words = portWords();
  const byId = new Map(known.world.workloads.map((workload) => [workload.id, workload]));
  for (const { object, source, hosts, to } of waysIn.ways) {
    for (const { workload, verdict } of to) {
      const found = byId.get(workload);
      if (found === undefined || ports.isEmpty(verdict.may)) continue;
      const facts = [`Written in ${source}.`, ...hosts.map((host) => `Answers to ${host}.`)];
      builder.arrow({
        from: builder.box({
          key: `way ${object}`,
          island: OUTSIDE,
          name: object,
          small: 'way in',
          kind: 'outside',
          facts,
        }),
        to: builder.box(one(found)),
        ports: words.all(verdict),
        ranges: rangesOf(verdict.may),
        isPerhaps: ports.isEmpty(verdict.must),
        internet: 'from',
        reasons: [],
        policies: [],
        engines: [],
        explanation: [`${object} leads from outside to ${workload}; policies let it in as shown.`],
      });
    }
  }
}

function internetOf({ example }: Pick<Joined, 'example'>): Pick<Arrow, 'internet'> {
  if (!isOutside(example) || 'entity' in example.outside) return {};
  const { addresses, direction } = example.outside;
  if (!ips.intersects(addresses, internet)) return {};
  return { internet: direction === 'egress' ? 'to' : 'from' };
}

function isOutside(example: Example): example is Extract<Example, { readonly workload: Workload }> {
  return 'outside' in example;
}

function labelFacts({ world }: KnownWorld, name: string): readonly string[] {
  const labels = world.namespaces.find((namespace) => namespace.name === name)?.labels ?? {};
  const own = Object.entries(labels).filter(([key]) => key !== 'kubernetes.io/metadata.name');
  return own.length === 0 ? [] : [`Labels: ${own.map(([key, value]) => `${key}=${value}`).join(', ')}`];
}

function workloadFacts({ labels, ports: declared, hostNetwork }: Workload): readonly string[] {
  const own = Object.entries(labels).map(([key, value]) => `${key}=${value}`);
  const listed = declared.map(
    ({ name, protocol, number }) => `${protocol}/${number}${name === undefined ? '' : ` (${name})`}`,
  );
  return [
    ...(own.length === 0 ? [] : [`Labels: ${own.join(', ')}`]),
    ...(listed.length === 0 ? [] : [`Ports of its containers: ${listed.join(', ')}`]),
    ...(hostNetwork ? ['On the host network: policies of pods do not bind it.'] : []),
  ];
}
