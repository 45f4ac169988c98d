// Known systems are made of their entry of the catalog where that renders what they have today, and of a plain tier otherwise.
import type { App } from 'cdk8s';
import { adopted } from '../../lib/adopt/adopted';
import { sources } from '../../lib/adopt/code/project';
import { partWithEntries } from '../../lib/adopt/part-with-entries';
import type { Plan } from '../../lib/adopt/plan';
import { realised } from '../../lib/adopt/realised';
import { adoptable } from '../../lib/adopt/todays-plan';
import { planeOf } from '../../lib/analysis';
import { readText } from '../../lib/analysis/files/read-files';
import { seenOf } from '../../lib/checks/seen';
import type { EngineName } from '../../lib/model/engine-name';
import { engineFacts } from '../../lib/settings/engine-given';
import { Cluster } from '../../lib/values';
import { appOf } from './run-sources';

const deployment = (namespace: string, name: string, image: string, port: number) => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name, namespace },
  spec: {
    selector: { matchLabels: { app: name } },
    template: {
      metadata: { labels: { app: name } },
      spec: { containers: [{ name, image, ports: [{ containerPort: port }] }] },
    },
  },
});

const policy = (namespace: string, app: string, spec: object) => ({
  apiVersion: 'networking.k8s.io/v1',
  kind: 'NetworkPolicy',
  metadata: { name: `of-${app}`, namespace },
  spec: { podSelector: { matchLabels: { app } }, policyTypes: ['Ingress', 'Egress'], ...spec },
});

const from = (namespace: string, app: string, port: number) => ({
  ingress: [{ from: [peer(namespace, app)], ports: [{ port }] }],
});
const to = (namespace: string, app: string, port: number) => ({ to: [peer(namespace, app)], ports: [{ port }] });
const peer = (namespace: string, app: string) => ({
  namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': namespace } },
  podSelector: { matchLabels: { app } },
});

function adoptedOf(objects: readonly object[], engine: EngineName = 'kubernetes') {
  const all = [
    ...['edge', 'models', 'data'].map((name) => ({ apiVersion: 'v1', kind: 'Namespace', metadata: { name } })),
    ...objects,
  ];
  const reading = readText(all.map((object) => JSON.stringify(object)).join('\n---\n'), 'today.yaml', {});
  const facts = engineFacts(engine);
  const seen = seenOf(reading, planeOf(reading), { facts });
  const cluster = Cluster._with(facts);
  const adoption = adopted(seen, { namespaces: adoptable(seen), cluster, plane: {} });
  return { ...adoption, files: sources(adoption.plan, adoption.left, facts), cluster };
}

function manifests(app: App): readonly unknown[] {
  return app.charts.flatMap((chart) => chart.toJson());
}

const GATEWAY = [
  deployment('edge', 'gateway', 'example.com/gateway:1', 8080),
  policy('edge', 'gateway', { egress: [to('models', 'vllm', 8000)] }),
];
const VLLM = deployment('models', 'vllm', 'vllm/vllm-openai:v0.33.0', 8000);

describe('a known system that is adopted', () => {
  it('is made of its entry of the catalog where what is rendered is the same', () => {
    const { plan, files, proof, problems, differences, cluster } = adoptedOf([
      ...GATEWAY,
      VLLM,
      policy('models', 'vllm', from('edge', 'gateway', 8000)),
    ]);
    expect(problems).toEqual([]);
    expect(plan.tiers.map(({ name, entry, whyNoEntry }) => [name, entry, whyNoEntry])).toEqual([
      ['gateway', undefined, undefined],
      ['vllm', 'vllm', undefined],
    ]);
    expect(files['tiers.ts']).toContain(
      "new InferenceTier(models, 'vllm', { ...Catalog.vllm({ pods: Pods.labeled({ app: 'vllm' }) }), dns: false",
    );
    expect(proof?.isProved).toBe(true);
    expect(differences?.changes ?? []).toEqual([]);
    expect(manifests(appOf(files))).toEqual(manifests(realised(plan, cluster).app));
  });

  it('stays a plain tier where the entry would open what is closed today, and says so', () => {
    const traefik = deployment('edge', 'traefik', 'traefik:v3.5.0', 8000);
    // It watches the API server for its routes, and its policy lets it out to nobody.
    const { plan, files, proof } = adoptedOf(
      [...GATEWAY, traefik, policy('edge', 'traefik', from('edge', 'gateway', 8000))],
      'cilium',
    );
    expect(plan.tiers.some(({ entry }) => entry !== undefined)).toBe(false);
    expect(plan.tiers.filter(({ name }) => name === 'traefik')).toMatchObject([
      { whyNoEntry: 'its entry opens what does not pass today, or less' },
    ]);
    expect(files['tiers.ts']).toContain(
      '// Deployment traefik, which is Traefik; a plain tier, since its entry opens what does not pass today, or less\n',
    );
    expect(proof?.isProved).toBe(true);
  });

  it('stays a plain tier where it is several tiers, or the operator of a system', () => {
    const { plan, proof } = adoptedOf([
      ...GATEWAY,
      deployment('data', 'operator', 'docker.elastic.co/eck/eck-operator:3.1.0', 9443),
      deployment('data', 'prometheus', 'quay.io/prometheus/prometheus:v3.5.0', 9090),
      policy('data', 'operator', from('edge', 'gateway', 9443)),
      policy('data', 'prometheus', from('edge', 'gateway', 9090)),
    ]);
    expect(plan.tiers.some(({ entry }) => entry !== undefined)).toBe(false);
    expect(plan.tiers.filter(({ namespace }) => namespace === 'data')).toMatchObject([
      {
        name: 'operator',
        system: 'Elasticsearch',

        whyNoEntry: 'it is another part of it (operator)',
      },
      {
        name: 'prometheus',
        system: 'Prometheus',

        whyNoEntry: 'the catalog makes several tiers of it',
      },
    ]);
    expect(proof?.isProved).toBe(true);
  });

  it('stays a plain tier where its role refuses what passes today, and names the rule', () => {
    const { plan, files, proof } = adoptedOf([
      VLLM,
      policy('models', 'vllm', {
        ingress: [{ from: [{ namespaceSelector: { matchLabels: { team: 'ml' } } }], ports: [{ port: 8000 }] }],
        egress: [{ to: [{ ipBlock: { cidr: '0.0.0.0/0' } }], ports: [{ port: 443 }] }],
      }),
    ]);
    const [vllm] = plan.tiers;
    expect([vllm?.entry, vllm?.whyNoEntry]).toEqual([
      undefined,
      'its entry is refused beside what passes today (wide-egress)',
    ]);
    expect(files['tiers.ts']).toContain(
      'which is vLLM; a plain tier, since its entry is refused beside what passes today (wide-egress)\n  const modelsVllm = new Tier(',
    );
    expect(proof?.isProved).toBe(true);
  });

  it('is decided by what is about it, however much there is beside', () => {
    const traefik = deployment('edge', 'traefik', 'traefik:v3.5.0', 8000);
    const own = [
      ...GATEWAY,
      VLLM,
      policy('models', 'vllm', from('edge', 'gateway', 8000)),
      traefik,
      policy('edge', 'traefik', from('edge', 'gateway', 8000)),
    ];
    const others = Array.from({ length: 12 }, (_, i) => [
      deployment('data', `app-${i}`, 'example.com/app:1', 8080),
      policy('data', `app-${i}`, {
        ...from('data', `app-${(i + 1) % 12}`, 8080),
        egress: [to('data', `app-${(i + 11) % 12}`, 8080)],
      }),
    ]).flat();
    const [alone, among] = [own, [...own, ...others]].map((objects) => adoptedOf(objects, 'cilium').plan);
    expect(among.flows.length).toBeGreaterThan(2 * alone.flows.length);
    expect(partWithEntries(among).tiers.map(({ namespace }) => namespace)).not.toContain('data');
    const told = ({ tiers }: Plan) => tiers.filter(({ system }) => system !== undefined);
    expect(told(among)).toEqual(told(alone));
    expect(told(among).map(({ entry }) => entry)).toEqual([undefined, 'vllm']);
  });
});
