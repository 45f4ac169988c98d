import { CONSTRUCT_OF_ROLE } from '../catalog/construct-of-role';
import { methodOf } from '../catalog/method-of';
import type { KnownSystem, SystemPart } from '../known-systems';
import type { ClusterFacts } from '../model/cluster-facts';
import type { Blueprint } from './blueprint';
import type { BlueprintFlow, MaybeFlow, PartOf, PlacedSystem } from './blueprint-parts';
import { PLACEHOLDER } from './cluster-of-project';
import { clusterCode } from './code/cluster-code';
import { comment, identifier, key, object, quoted } from './code/words';

/** `platform.ts`: the cluster, the namespaces, the systems in them, and who talks to whom. */
export function platformCode(plan: Blueprint, facts: ClusterFacts): string {
  const body = [
    ...plan.namespaces.map(
      ({ name, purpose }) =>
        `  const ${namespaceName(name)} = new ZeroTrustNamespace(chart, ${quoted(name)}, { purpose: ${quoted(purpose)} });`,
    ),
    '',
    ...plan.systems.flatMap((placed) => systemCode(placed, plan)),
    ...(plan.flows.length === 0 ? [] : ['', ...plan.flows.map((flow) => flowCode(flow, plan, facts))]),
    ...(plan.maybes.length === 0 ? [] : ['', ...plan.maybes.map((maybe) => `  ${comment(maybeText(maybe))}`)]),
  ];
  const cluster = clusterCode(facts);
  const all = [cluster, ...body].join('\n');
  const used = NAMES.filter((name) => new RegExp(`\\b${name}\\b[.(]`).test(all));
  return [
    `import { App, Chart } from 'cdk8s';`,
    `import { ${used.join(', ')} } from 'cdk8s-zero-trust';`,
    '',
    '/** The platform: what runs in it, who talks to whom, and why. */',
    'export function platform(): App {',
    '  const app = new App();',
    ...(cluster.includes(PLACEHOLDER)
      ? [
          '  // Write the addresses of your API server (kubectl get endpointslices -n default) and the range of your nodes.',
        ]
      : []),
    `  Cluster.use(app, ${cluster});`,
    `  const chart = new Chart(app, 'platform');`,
    ...body,
    '  return app;',
    '}',
    '',
  ].join('\n');
}

/** In the order of an import. */
const NAMES = [
  'AgentTier',
  'Catalog',
  'Cluster',
  'DataTier',
  'GatewayTier',
  'InferenceTier',
  'Platform',
  'Pods',
  'Tier',
  'ZeroTrustNamespace',
];

function systemCode(placed: PlacedSystem, plan: Blueprint): readonly string[] {
  const { system, namespace, parts, missing } = placed;
  const notes = [
    ...missing.map((other) => `It needs ${other}, which is not here: peers: { ${key(other)}: … }`),
    ...(system.telemetry ?? []).map(
      ({ host, off }) => `Telemetry to ${host} stays closed${off === undefined ? '' : ` (off: ${off})`}`,
    ),
  ];
  const options = optionsOf(placed, plan);
  const name = identifier(system.id);
  const made =
    parts.length === 1
      ? `new ${CONSTRUCT_OF_ROLE[parts[0].role ?? system.role]}(${namespaceName(namespace)}, ${quoted(system.id)}, Catalog.${methodOf(system)}(${options}))`
      : `Catalog.${methodOf(system)}(${namespaceName(namespace)}, ${quoted(system.id)}${options === '' ? '' : `, ${options}`})`;
  const needsName = isNamed(placed, plan);
  return [...notes.map((note) => `  ${comment(note)}`), needsName ? `  const ${name} = ${made};` : `  ${made};`];
}

/** A constant that nobody reads is none. */
function isNamed({ system }: PlacedSystem, { systems, flows }: Blueprint): boolean {
  const isOurs = (of: PartOf | undefined) => of?.system === system.id;
  return (
    flows.some(({ from, to }) => isOurs(from) || isOurs(to)) ||
    systems.some(({ peers, scraper }) => Object.values(peers).some(isOurs) || isOurs(scraper))
  );
}

function optionsOf({ system, peers, scraper, parts }: PlacedSystem, plan: Blueprint): string {
  const fields: [string, string][] = [];
  const told = podsOf(system, parts);
  if (told !== undefined) fields.push(['pods', told]);
  const named = Object.entries(peers);
  if (named.length > 0) {
    fields.push([
      'peers',
      object(
        named.map(([name, part]) => [key(name), tierCode(part, plan)]),
        '    ',
      ),
    ]);
  }
  if (scraper !== undefined && hasMetrics(parts)) fields.push(['metricsFrom', `[${tierCode(scraper, plan)}]`]);
  return fields.length === 0 ? '' : object(fields, '  ');
}

/** Where no chart labels the pods, their labels are the user's to write. */
function podsOf({ id }: KnownSystem, parts: readonly SystemPart[]): string | undefined {
  const isTold = parts.some(({ labels }) => labels.length === 0 || labels[0].isGeneric === true) || areAlike(parts);
  if (!isTold) return undefined;
  const of = ({ name }: SystemPart) => `Pods.labeled({ app: ${quoted(parts.length === 1 ? id : `${id}-${name}`)} })`;
  return parts.length === 1
    ? of(parts[0])
    : object(
        parts.map((part) => [key(part.name), of(part)]),
        '    ',
      );
}

/** Parts with the same labels are told apart by the user. */
function areAlike(parts: readonly SystemPart[]): boolean {
  const texts = parts.map(({ labels }) => JSON.stringify(labels[0]?.labels ?? {}));
  return new Set(texts).size < texts.length;
}

function hasMetrics(parts: readonly SystemPart[]): boolean {
  return parts.some(({ ports }) => ports.some(({ purpose }) => purpose === 'metrics'));
}

function flowCode({ from, to, because }: BlueprintFlow, plan: Blueprint, facts: ClusterFacts): string {
  const { requests = [] } = plan.systems.find(({ system }) => system.id === to.system)?.system ?? {};
  const isLimited = requests.length > 0 && tellsRequests(facts);
  const options = object([
    ...(isLimited ? [['http', `Catalog.requests(${quoted(to.system)})`] as const] : []),
    ['because', quoted(because)],
  ]);
  return `  ${tierCode(to, plan)}.connections.allowFrom(${tierCode(from, plan)}, ${options});`;
}

function maybeText({ from, to, because }: MaybeFlow): string {
  return `Not opened, as nothing here tells whether it is so: ${from} -> ${to}, ${because}`;
}

function tierCode({ system, part }: PartOf, { systems }: Blueprint): string {
  const placed = systems.find((each) => each.system.id === system);
  const name = identifier(system);
  return placed !== undefined && placed.parts.length > 1 ? `${name}.tier(${quoted(part)})` : name;
}

/** Engines that look into HTTP: Cilium, and Calico with its application layer. */
function tellsRequests({ engine }: ClusterFacts): boolean {
  return engine === 'cilium';
}

function namespaceName(name: string): string {
  return `${identifier(name)}Namespace`;
}
