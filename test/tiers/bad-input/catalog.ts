import { ApiObject, Chart } from 'cdk8s';
import { Catalog, DataTier, InferenceTier, Pods, PolicyGraph, Tier } from '../../../lib';
import type { BadInputs } from './refusal';
import { namespace, validated } from './scenarios';

/** A Deployment with the image, in the namespace of the tests. */
function deployment(image: string, scope: Chart): ApiObject {
  const labels = { run: 'main' };
  return new ApiObject(scope, 'main', {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'main', namespace: 'ns' },
    spec: { template: { metadata: { labels }, spec: { containers: [{ name: 'main', image }] } } },
  });
}

export const catalog: BadInputs = {
  'an id that is none': {
    rule: 'catalog-system',
    make: () => Catalog.entry('weaviat'),
    value: 'weaviat',
    says: /the catalog has no system weaviat.*\n.*: weaviate\./,
  },
  'requests of an id that is none': {
    rule: 'catalog-system',
    make: () => Catalog.requests('VLLM'),
    value: 'VLLM',
    says: /no system VLLM/,
  },
  'a part that is none': {
    rule: 'catalog-part',
    make: () => Catalog.rayCluster(namespace(), 'ray', { parts: ['heads'] }),
    value: 'heads',
    says: /Ray has no part heads.*\n.*head, worker/,
  },
  'pods of a part that is none': {
    rule: 'catalog-part',
    make: () => Catalog.rayCluster(namespace(), 'ray', { pods: { driver: Pods.labeled({ app: 'driver' }) } }),
    value: 'driver',
    says: /no part driver/,
  },
  'the tier of a part that has none': {
    rule: 'catalog-part',
    make: () => Catalog.rayCluster(namespace(), 'ray', { parts: ['worker'] }).tier('head'),
    value: 'head',
    says: /Ray has no tier head here/,
  },
  'no pods of a system without labels of its own': {
    rule: 'catalog-pods',
    make: () => Catalog.triton(),
    value: 'triton',
    says: /no labels are known of Triton.*\n.*\n.*Pods\.of\(deployment\)/,
  },
  'no pods of a part without labels of its own': {
    rule: 'catalog-pods',
    make: () => Catalog.sglang(namespace(), 'sglang'),
    value: 'server, router',
    says: /SGLang \(server, router\).*\n.*\n.*pods: { server: Pods/,
  },
  'parts whose labels are alike': {
    rule: 'catalog-pods',
    make: () => Catalog.langsmith(namespace(), 'langsmith', { parts: ['frontend', 'backend', 'redis'] }),
    value: 'frontend, backend, redis',
    says: /labels of LangSmith tell no part from another.*frontend, backend, redis.*\n.*\n.*pods: { frontend: Pods\.of\(/,
  },
  'a peer that its facts know nothing of': {
    rule: 'catalog-name',
    make: () =>
      Catalog.litellm({ peers: { postgres: Pods.labeled({ app: 'db' }).inNamespace('db').ownedBy('data team') } }),
    value: 'postgres',
    says: /"postgres".*\n.*postgresql, redis/,
  },
  'a condition that its facts know nothing of': {
    rule: 'catalog-name',
    make: () => Catalog.qdrant({ given: ['it has replicas'] }),
    value: 'it has replicas',
    says: /it runs as a cluster/,
  },
  'a condition of a system that has none': {
    rule: 'catalog-name',
    make: () => Catalog.weaviate({ given: ['it runs as a cluster'] }),
    says: /`given` of Weaviate is empty/,
  },
  'a version that is none': {
    rule: 'catalog-version',
    make: () => Catalog.vllm({ version: 'latest' }),
    value: 'latest',
    says: /"latest" is no version of vLLM.*\n.*0\.33/,
  },
  'a scraper of a system without metrics': {
    rule: 'catalog-nothing-to-open',
    make: () => Catalog.postgresql({ metricsFrom: [Pods.labeled({ app: 'p' }).inNamespace('m').ownedBy('ops')] }),
    value: 'metricsFrom',
    says: /`metricsFrom` would open nothing of PostgreSQL/,
  },
  'telemetry of a system that sends none': {
    rule: 'catalog-nothing-to-open',
    make: () => Catalog.postgresql({ sendsTelemetry: true }),
    value: 'sendsTelemetry',
    says: /not known to send telemetry/,
  },
  'a workload that is another system': {
    rule: 'catalog-workload',
    make: () => {
      const space = namespace();
      const workload = deployment('qdrant/qdrant:v1.15.0', Chart.of(space));
      return Catalog.system(space, 'store', 'weaviate', { workload });
    },
    value: 'chart/main',
    says: /no workload of Weaviate: what it renders is Qdrant/,
  },
  'a workload that nobody knows': {
    rule: 'catalog-workload',
    make: () => {
      const space = namespace();
      return Catalog.rayCluster(space, 'ray', { workload: deployment('registry.example/ours:1', Chart.of(space)) });
    },
    says: /nothing that the catalog knows.*\n.*rayproject\/ray.*ray\.io\/RayCluster/,
  },
  'two entries for one workload': {
    rule: 'workload-twice',
    make: () => {
      const space = namespace();
      const pods = Pods.of(deployment('registry.example/ours:1', Chart.of(space)));
      new InferenceTier(space, 'vllm', Catalog.vllm({ pods }));
      new DataTier(space, 'qdrant', Catalog.qdrant({ pods }));
      validated(space);
    },
    says: /already that of the tier ns\/vllm/,
  },
  'two entries for pods with the labels of both': {
    rule: 'overlapping-tiers',
    make: () => {
      const space = namespace();
      new DataTier(space, 'weaviate', Catalog.weaviate());
      Catalog.rayCluster(space, 'ray');
      validated(space);
    },
    says: /is in the tiers ns\/ray-head and ns\/weaviate|is in the tiers ns\/weaviate and ns\/ray-head/,
  },
  'a need that the engine must be told the addresses of': {
    rule: 'api-server-unknown',
    make: () => new Tier(namespace(), 'kuberay', Catalog.kuberay()),
    where: 'chart/ns/kuberay',
    says: /KubeRay operator cannot do without it/,
  },
  'hosts that the engine does not know by name': {
    rule: 'engine-host-names',
    make: () => PolicyGraph.of(new InferenceTier(namespace(), 'vllm', Catalog.vllm({ callsHosts: true }))),
    says: /vLLM: weights are pulled from the Hub/,
  },
  'options that are none': {
    rule: 'wrong-kind',
    make: () => Catalog.vllm('0.33' as never),
    says: /the options of vLLM are given as/,
  },
  'what is not of the catalog, as what is known of pods': {
    rule: 'wrong-kind',
    make: () => new Tier(namespace(), 'tier', { pods: Pods.labeled({ app: 'x' }), known: 'vllm' as never }),
    says: /`known`/,
  },
};
