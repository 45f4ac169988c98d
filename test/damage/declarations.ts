import { ApiObject, App, type AppProps, Chart } from 'cdk8s';
import { aiServiceMesh } from '../../apps/ai-service-mesh';
import { cpuModels } from '../../apps/cpu-models';
import { smallLanguageModel, smallLanguageModelSealed } from '../../apps/small-language-model';
import { sovereignTenants } from '../../apps/sovereign-tenants';
import { Cidr, Cluster, LabelOperator, Pods, Port, Protocol, Tier, ZeroTrustNamespace } from '../../lib';
import { Random } from '../judges/random';

/** What is rendered, and then damaged. */
export interface Declaration {
  readonly name: string;
  readonly make: (props: AppProps) => App;
  /** Where pods can have their addresses. */
  readonly podBlocks: readonly string[];
}

/** Pod ranges of clusters that do not say: every private range. */
const UNKNOWN = ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', '100.64.0.0/10', 'fc00::/7'];
const IPV4_PODS = ['10.244.0.0/16'];
const DUAL_STACK = { podCidrs: ['10.244.0.0/16', 'fd00:10:244::/56'], serviceCidrs: ['10.96.0.0/16'] };

/** The apps that render NetworkPolicies alone, and generated ones. */
export function declarations(generated: number): Declaration[] {
  const meshWithVolume = (props: AppProps) => aiServiceMesh({ ...props, weights: 'volume' });
  return [
    { name: 'ai-service-mesh', make: aiServiceMesh, podBlocks: IPV4_PODS },
    { name: 'ai-service-mesh, weights on a volume', make: meshWithVolume, podBlocks: IPV4_PODS },
    { name: 'cpu-models', make: cpuModels, podBlocks: UNKNOWN },
    { name: 'small-language-model', make: smallLanguageModel, podBlocks: UNKNOWN },
    { name: 'small-language-model-sealed', make: smallLanguageModelSealed, podBlocks: UNKNOWN },
    { name: 'sovereign-tenants', make: sovereignTenants, podBlocks: IPV4_PODS },
    ...Array.from({ length: generated }, (_, seed) => ({
      name: `generated ${seed}`,
      make: (props: AppProps) => generatedApp(seed, props),
      podBlocks: DUAL_STACK.podCidrs,
    })),
  ];
}

/** Three namespaces in two charts, with flows of every shape between their tiers and to others. */
export function generatedApp(seed: number, props: AppProps = {}): App {
  const random = new Random(seed + 1);
  const app = new App(props);
  Cluster.use(app, Cluster.kubernetes(DUAL_STACK));
  const charts = ['first', 'second'].map((id) => new Chart(app, id));
  const tiers = ['alpha', 'beta', 'gamma'].flatMap((name, i) => tiersOf(charts[i % 2] as Chart, name, random));
  for (const tier of tiers) {
    for (let left = random.between(1, 3); left > 0; left--) declareFlow(tier, tiers, random);
  }
  return app;
}

function tiersOf(chart: Chart, name: string, random: Random): Tier[] {
  const labels = random.happens(0.5) ? { team: 'blue' } : undefined;
  const namespace = new ZeroTrustNamespace(chart, name, { purpose: 'generated', labels });
  const choice = random.oneOf(apart);
  for (const [i, labels] of (examples[apart.indexOf(choice)] ?? []).entries()) workload(chart, name, i, labels);
  return choice.map((pods, i) => {
    return new Tier(namespace, `tier-${i}`, { pods, ports: [randomPort(random)], dns: random.happens(0.3) });
  });
}

const { IN, NOT_IN, EXISTS, DOES_NOT_EXIST } = LabelOperator;

/** Tiers of a namespace as no pod can be in two of them. */
const apart: readonly (readonly Pods[])[] = [
  [Pods.all()],
  [Pods.labeled({ app: 'a', track: 'stable' }), Pods.labeled({ app: 'b' })],
  [Pods.matching([{ key: 'app', operation: IN, values: ['a', 'b'] }]), Pods.labeled({ app: 'c' })],
  [
    Pods.matching([{ key: 'track', operation: NOT_IN, values: ['canary', 'old'] }]),
    Pods.matching([
      { key: 'track', operation: IN, values: ['canary', 'old'] },
      { key: 'debug', operation: DOES_NOT_EXIST },
    ]),
  ],
  [
    Pods.matching([{ key: 'gpu', operation: EXISTS }]),
    Pods.matching([
      { key: 'gpu', operation: DOES_NOT_EXIST },
      { key: 'app', operation: NOT_IN, values: ['a'] },
    ]),
  ],
];

/** Labels of a pod of each of these tiers. */
const examples: readonly (readonly Readonly<Record<string, string>>[])[] = [
  [{ app: 'any' }],
  [{ app: 'a', track: 'stable' }, { app: 'b' }],
  [{ app: 'a' }, { app: 'c' }],
  [{ app: 'a', track: 'stable' }, { track: 'canary' }],
  [{ gpu: 'yes' }, { app: 'b' }],
];

function workload(chart: Chart, namespace: string, i: number, labels: Readonly<Record<string, string>>): void {
  const ports = [{ name: 'http', containerPort: 8080 + i }];
  new ApiObject(chart, `${namespace}-${i}`, {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { namespace, name: `workload-${i}` },
    spec: {
      selector: { matchLabels: labels },
      template: { metadata: { labels }, spec: { containers: [{ name: 'main', image: 'example/main', ports }] } },
    },
  });
}

function declareFlow({ connections }: Tier, tiers: readonly Tier[], random: Random): void {
  const because = 'it was generated so';
  random.weighted<() => void>([
    [3, () => connections.allowTo(random.oneOf(tiers), { because })],
    [1, () => connections.allowTo(random.oneOf(tiers), { because, ports: randomPorts(random) })],
    [2, () => connections.allowFrom(randomOthers(random), { because, ports: randomPorts(random) })],
    [2, () => connections.allowTo(randomOthers(random), { because, ports: randomPorts(random) })],
    [3, () => connections.allowTo(randomBlock(random), { because, ports: [randomNumber(random)] })],
    [1, () => connections.allowFrom(randomBlock(random), { because, ports: randomPorts(random) })],
  ])();
}

function randomOthers(random: Random): Pods {
  const pods = random.oneOf(apart.flat());
  return random.happens(0.6)
    ? pods.inNamespace(random.oneOf(['queue', 'monitoring'])).ownedBy('others')
    : pods.inNamespacesLabeled({ team: random.oneOf(['red', 'green']) }).ownedBy('others');
}

function randomPorts(random: Random): Port[] {
  return random.times(random.between(1, 2), () => randomPort(random));
}

function randomPort(random: Random): Port {
  return random.happens(0.3)
    ? Port.named(random.oneOf(['http', 'metrics']), random.oneOf([Protocol.TCP, Protocol.UDP]))
    : randomNumber(random);
}

function randomNumber(random: Random): Port {
  return random.weighted<() => Port>([
    [4, () => Port.tcp(random.oneOf([80, 443, 8080]))],
    [2, () => Port.udp(random.oneOf([80, 4789]))],
    [1, () => Port.sctp(3868)],
    [2, () => Port.tcpRange(8000, random.oneOf([8010, 8080]))],
    [1, () => Port.allTcp()],
    [1, () => Port.allTraffic()],
  ])();
}

function randomBlock(random: Random): Cidr {
  return random.weighted<() => Cidr>([
    [2, () => Cidr.of('192.0.2.0/24')],
    [2, () => Cidr.of('10.0.0.0/8', { excluding: ['10.0.0.0/28', '10.200.0.0/16'] })],
    [2, () => Cidr.of('198.51.0.0/16', { excluding: ['198.51.100.0/24'] })],
    [1, () => Cidr.of('203.0.113.7/32')],
    [2, () => Cidr.of('2001:db8::/32', { excluding: ['2001:db8:1::/48'] })],
    [1, () => Cidr.of('fd00::/16')],
  ])();
}
