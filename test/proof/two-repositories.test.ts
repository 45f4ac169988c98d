import type { Endpoint } from '../../lib/model/endpoint';
import { podSet, podsIn } from '../../lib/model/pod-set';
import * as ports from '../../lib/model/port-set';
import { problemText } from '../../lib/model/problem';
import * as selectors from '../../lib/model/selector';
import { halves, lackProblem } from '../../lib/proof';
import { flow, graph, tier } from './mechanical';

const tcp = (n: number) => ports.number('TCP', n);

/** Models in one repository, their monitoring in another: each graph has its own half of the scraping. */
function twoRepositories() {
  const vllm = tier('ai-inference', 'vllm');
  const prometheus = tier('monitoring', 'prometheus');
  const scraper: Endpoint = { kind: 'pods', pods: prometheus.pods, owner: 'the monitoring team' };
  const scraped: Endpoint = { kind: 'pods', pods: vllm.pods, owner: 'the model team' };
  const models = graph([vllm], [flow(scraper, vllm, tcp(8000))]);
  const monitoring = graph([prometheus], [flow(prometheus, scraped, tcp(8000))]);
  return { vllm, prometheus, scraper, scraped, models, monitoring };
}

describe('two graphs of one cluster', () => {
  it('lack nothing where each has the half that the other needs', () => {
    const { models, monitoring } = twoRepositories();
    expect(halves(models, monitoring)).toEqual([]);
  });

  it('lack the half that the other side does not declare', () => {
    const { models, monitoring } = twoRepositories();
    const lacking = halves(models, { ...monitoring, flows: [] });
    expect(lacking).toHaveLength(1);
    expect(lacking[0]).toMatchObject({
      graph: 'other',
      connection: { direction: 'egress', protocol: 'TCP', port: 8000 },
    });
    expect(problemText(lackProblem(lacking[0]))).toContain(
      'The other graph does not declare the egress half of the flow from monitoring/{app=prometheus} (the monitoring team) to ai-inference/vllm: from pod {app=prometheus} of monitoring to pod {app=vllm} of ai-inference on TCP 8000.',
    );
    expect(halves({ ...models, flows: [] }, monitoring)).toMatchObject([{ graph: 'declared' }]);
  });

  it('lack ports and pods that only one side has', () => {
    const { models, monitoring, vllm, scraper, scraped, prometheus } = twoRepositories();
    const morePorts = { ...models, flows: [flow(scraper, vllm, ports.range('TCP', 8000, 8001))] };
    expect(halves(morePorts, monitoring)).toMatchObject([{ graph: 'other', connection: { port: 8001 } }]);
    const narrower: Endpoint = {
      ...scraped,
      kind: 'pods',
      owner: 'x',
      pods: podsIn('ai-inference', selectors.fromLabels({ app: 'vllm', track: 'stable' })),
    };
    const fewerPods = { ...monitoring, flows: [flow(prometheus, narrower, tcp(8000))] };
    expect(halves(models, fewerPods).map(({ graph: lacking }) => lacking)).toEqual(['other']);
  });

  it('answer for an end that selects namespaces by the tiers that it meets', () => {
    const { models, monitoring, vllm } = twoRepositories();
    const anywhere: Endpoint = {
      kind: 'pods',
      pods: podSet(selectors.anything, selectors.fromLabels({ app: 'prometheus' })),
      owner: 'x',
    };
    const wide = { ...models, flows: [flow(anywhere, vllm, tcp(8000))] };
    expect(halves(wide, monitoring)).toEqual([]);
    expect(halves(wide, { ...monitoring, flows: [] })).toHaveLength(1);
  });

  it('answer in each namespace by the tiers that are there', () => {
    const { models, vllm } = twoRepositories();
    const scrapers = ['monitoring', 'billing'].map((space) => tier(space, 'prometheus'));
    const stranger = tier('billing', 'invoices');
    const anywhere: Endpoint = {
      kind: 'pods',
      pods: podSet(selectors.anything, selectors.fromLabels({ app: 'prometheus' })),
      owner: 'x',
    };
    const wide = { ...models, flows: [flow(anywhere, vllm, tcp(8000))] };
    const scraped: Endpoint = { kind: 'pods', pods: vllm.pods, owner: 'the model team' };
    const answers = scrapers.map((each) => flow(each, scraped, tcp(8000)));
    const both = graph([...scrapers, stranger], answers);
    expect(halves(wide, both)).toEqual([]);
    const [lacking, ...others] = halves(wide, { ...both, flows: answers.slice(1) });
    expect(others).toEqual([]);
    expect(lacking.connection.subject).toEqual({
      kind: 'pod',
      namespace: { 'kubernetes.io/metadata.name': 'monitoring' },
      labels: { app: 'prometheus' },
    });
  });

  it('owe nothing for the ends that the other has as its own tiers', () => {
    const { vllm } = twoRepositories();
    const gateway = tier('ai-gateway', 'envoy');
    const between = graph([gateway, vllm], [flow(gateway, vllm, tcp(8000))]);
    expect(halves(between, graph([gateway, vllm], []))).toEqual([]);
  });

  it('owe nothing for ends in namespaces that neither has', () => {
    const { models, vllm } = twoRepositories();
    const other = graph([tier('elsewhere', 'app')], []);
    expect(halves({ ...models, flows: models.flows }, other)).toEqual([]);
    expect(halves(graph([vllm], []), other)).toEqual([]);
  });

  it('are not compared where a search takes too long, or where paths overlap in too many ways', () => {
    const { vllm, scraper, models } = twoRepositories();
    const manyTimes = Array.from({ length: 2 ** 6 }, (_, bits) => {
      const requirements = [...'abcdef'].map((key, i) => ({
        key,
        operator: bits & (1 << i) ? ('Exists' as const) : ('DoesNotExist' as const),
      }));
      return tier('monitoring', `part-${bits}`, { app: 'prometheus' }, selectors.fromRequirements(requirements));
    });
    const scraped: Endpoint = { kind: 'pods', pods: vllm.pods, owner: 'the model team' };
    const inParts = graph(
      manyTimes,
      manyTimes.map((part) => flow(part, scraped, tcp(8000))),
    );
    expect(halves(models, inParts)).toEqual([]);
    expect(() => halves(models, inParts, 20)).toThrow(
      /monitoring: Whether the other half of a flow is declared was not decided within 20 steps[\s\S]*Use fewer labels/,
    );
    const paths = Array.from({ length: 16 }, (_, i) => ({
      protocol: 'http' as const,
      path: { segments: Array.from({ length: 16 }, (_free, at) => (at === i ? 'v1' : undefined)), below: false },
    }));
    const byPaths = graph([vllm], [flow(scraper, vllm, tcp(8000), [], paths)]);
    expect(() => halves(byPaths, inParts)).toThrow(/paths of HTTP requests overlap in too many ways[\s\S]*fewer free/);
  });
});
