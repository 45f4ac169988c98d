import fc from 'fast-check';
import { antrea } from '../../lib/engines/antrea/engine';
import { calico } from '../../lib/engines/calico/engine';
import { cilium } from '../../lib/engines/cilium/engine';
import type { Engine } from '../../lib/engines/engine';
import { canonical, type GraphData } from '../../lib/graph/graph-data';
import type { ClusterFacts } from '../../lib/model/cluster-facts';
import type { Endpoint } from '../../lib/model/endpoint';
import { type HostPattern, hostText, matchesHost } from '../../lib/model/host-pattern';
import { podsIn } from '../../lib/model/pod-set';
import * as ports from '../../lib/model/port-set';
import {
  type HttpMatch,
  type HttpRequest,
  matchesPath,
  matchesRequest,
  pathText,
  requestText,
} from '../../lib/model/request-match';
import * as selectors from '../../lib/model/selector';
import { portTraffic } from '../../lib/model/traffic';
import { proveGraph } from '../../lib/proof';
import { pathCells } from '../../lib/proof/space/path-cells';
import { end, flow, gateway, mesh, vllm } from '../graph/graphs';
import * as byHand from '../proof/mechanical';
import { facts } from './facts';
import * as asAntrea from './matching/antrea';
import * as asCalico from './matching/calico';
import * as asCilium from './matching/cilium';
import { NAMES, REQUESTS } from './matching/corpus';
import {
  BESIDE_PATHS,
  ENCODED_PATHS,
  HOST_PATTERNS,
  HOSTS_AND_HEADERS,
  OTHER_PATHS,
  PATHS,
  pathPattern,
} from './matching/patterns';

const onPath = (text: string): HttpMatch => ({ protocol: 'http', path: pathPattern(text) });
/** The authority is the host, with a port where it is not the protocol's own. */
function withoutPort(request: HttpRequest): HttpRequest {
  return { ...request, host: request.host.replace(/:[0-9]+$/, '') };
}

const lineText = ({ method, path, host, headers }: HttpRequest) => [method, path, host, ...headers].join(' ');

describe('the corpus', () => {
  it('has 200 requests and 100 names, each once', () => {
    expect(new Set(REQUESTS.map(lineText)).size).toBe(REQUESTS.length);
    expect(REQUESTS.length).toBeGreaterThanOrEqual(200);
    expect(new Set(NAMES).size).toBe(NAMES.length);
    expect(NAMES.length).toBeGreaterThanOrEqual(100);
  });

  it('has requests that each pattern takes, and requests that it does not', () => {
    for (const match of [...[...PATHS, ...ENCODED_PATHS].map(onPath), ...BESIDE_PATHS.slice(1), ...HOSTS_AND_HEADERS]) {
      const taken = REQUESTS.filter((request) => matchesRequest(match, withoutPort(request)));
      expect([requestText(match), taken.length > 0, taken.length < REQUESTS.length]).toEqual([
        requestText(match),
        true,
        true,
      ]);
    }
    for (const pattern of HOST_PATTERNS.filter(({ kind }) => kind !== 'any')) {
      const taken = NAMES.filter((name) => matchesHost(pattern, asResolved(name)));
      expect([hostText(pattern), taken.length > 0, taken.length < NAMES.length]).toEqual([
        hostText(pattern),
        true,
        true,
      ]);
    }
  });
});

/** The gateway may send these requests to the model, and nothing else may. */
function serving(match: HttpMatch): GraphData {
  const traffic = portTraffic(ports.number('TCP', 8000), [match]);
  return canonical({ ...mesh(), flows: [{ ...flow(end(gateway), end(vllm), ports.none, 'users ask'), traffic }] });
}

function renderedSpec(engine: Engine, graph: GraphData, cluster: ClusterFacts, tier: string): Spec {
  expect(engine.limits(graph, cluster).map(({ why }) => why)).toEqual([]);
  const found = engine.render(graph, cluster).find(({ metadata }) => metadata.name === tier);
  if (found === undefined) throw new Error(`nothing is rendered for ${tier}`);
  return found.spec as unknown as Spec;
}

/** Rules of a rendered policy, as far as they are looked into here. */
interface Spec {
  readonly ingress: readonly { readonly http?: asCalico.Http; readonly toPorts?: readonly ToPorts[] }[];
  readonly egress: readonly {
    readonly toPorts?: readonly ToPorts[];
    readonly toFQDNs?: readonly asCilium.FqdnSelector[];
    readonly to?: readonly { readonly fqdn?: string }[];
  }[];
}

interface ToPorts {
  readonly rules?: { readonly http?: readonly asCilium.HttpRule[] };
}

/** Lines about which an engine and the comparison say different things. */
function differing(
  lines: readonly HttpRequest[],
  one: (it: HttpRequest) => boolean,
  other: (it: HttpRequest) => boolean,
) {
  return lines.filter((it) => one(it) !== other(it)).map(lineText);
}

describe('requests, as Cilium compares them', () => {
  const cluster = facts('cilium', { version: '1.20' });
  const matches = [...[...PATHS, ...ENCODED_PATHS].map(onPath), ...BESIDE_PATHS, ...HOSTS_AND_HEADERS];
  const rulesOf = (spec: Spec) => {
    const [{ toPorts = [] }] = spec.ingress;
    return toPorts.flatMap(({ rules }) => rules?.http ?? []);
  };

  it.each(matches.map((match) => [requestText(match), match] as const))('%s', (_, match) => {
    const rules = rulesOf(renderedSpec(cilium, serving(match), cluster, 'vllm'));
    expect(rules).not.toEqual([]);
    const passes = (request: HttpRequest) => asCilium.passesHttp(rules, request);
    expect(differing(REQUESTS, passes, (request) => isTakenAsSeen(match, request))).toEqual([]);
    // What reaches the pods is the path that was compared; most paths are sent as they are seen.
    const plain = REQUESTS.filter(({ path }) => asCilium.seenByEnvoy(path) === path);
    expect(plain.length).toBeGreaterThan(120);
    expect(differing(plain, passes, (request) => matchesRequest(match, withoutPort(request)) === true)).toEqual([]);
  });

  it('are said for both ends alike', () => {
    const match = onPath('/v1/a*b');
    const graph = serving(match);
    const [sent] = renderedSpec(cilium, graph, cluster, 'envoy').egress;
    expect(sent.toPorts?.flatMap(({ rules }) => rules?.http ?? [])).toEqual(
      rulesOf(renderedSpec(cilium, graph, cluster, 'vllm')),
    );
  });

  it.each(OTHER_PATHS.map((path) => [path]))('are refused where its proxy never sees the path: %s', (path) => {
    expect(cilium.limits(serving(onPath(path)), cluster)).toMatchObject([{ rule: 'engine-requests' }]);
    // Nothing that is sent is seen as such a path.
    expect(REQUESTS.filter((request) => isTakenAsSeen(onPath(path), request)).map(lineText)).toEqual([]);
  });

  function isTakenAsSeen(match: HttpMatch, request: HttpRequest): boolean {
    const seen = asCilium.seenByEnvoy(request.path);
    return seen !== undefined && matchesRequest(match, withoutPort({ ...request, path: seen })) === true;
  }
});

describe.each([
  ['3.30, which compares text', asCalico.comparingText, '3.30'],
  ['3.32, which decodes and cleans paths', asCalico.cleaning, '3.32'],
])('requests, as Calico compares them: %s', (_release, release, version) => {
  const cluster = facts('calico', { version });
  const refused = ['/v1/models/'];
  const matches = [
    ...PATHS.filter((it) => !refused.includes(it) && !pathPattern(it).segments.includes(undefined)).map(onPath),
    ...BESIDE_PATHS,
  ];

  it.each(matches.map((match) => [requestText(match), match] as const))('%s', (_, match) => {
    const rules = renderedSpec(calico, serving(match), cluster, 'vllm').ingress.flatMap(({ http }) => http ?? []);
    expect(rules).not.toEqual([]);
    const passes = (request: HttpRequest) => asCalico.passesHttp(rules, request, release);
    expect(differing(REQUESTS, passes, (request) => isTakenAsSeen(match, request))).toEqual([]);
    const plain = REQUESTS.filter(({ path }) => release.seen(path) === path.split('?')[0]);
    expect(plain.length).toBeGreaterThan(120);
    expect(differing(plain, passes, (request) => matchesRequest(match, request) === true)).toEqual([]);
  });

  it.each([...OTHER_PATHS, ...ENCODED_PATHS, ...refused].map((path) => [path]))(
    'are refused where it takes the path for another: %s',
    (path) => {
      expect(calico.limits(serving(onPath(path)), cluster)).toMatchObject([{ rule: 'engine-requests' }]);
    },
  );

  /** A question mark that was decoded begins no query; no pattern has one. */
  function isTakenAsSeen(match: HttpMatch, request: HttpRequest): boolean {
    const seen = release.seen(request.path)?.replaceAll('?', '\0');
    if (seen === undefined) return match.path === undefined && matchesRequest(match, request) === true;
    return matchesRequest(match, { ...request, path: seen }) === true;
  }
});

describe('a path on Calico from 3.31.6 on', () => {
  it('is also what is cleaned into it, which reaches the pods as it was sent', () => {
    const get = (path: string): HttpRequest => ({ method: 'GET', path, host: 'vllm', headers: [] });
    const passes = (it: HttpRequest) =>
      asCalico.passesHttp([{ paths: [{ exact: '/v1/models' }] }], it, asCalico.cleaning);
    const sent = [...new Set(REQUESTS.map(({ path }) => path))].map(get);
    const beyond = sent.filter((it) => passes(it) && !matchesRequest(onPath('/v1/models'), it)).map(({ path }) => path);
    // A slash at the end, slashes side by side, dots, codes, parameters: of each at least one, and nothing of another name.
    for (const one of ['/v1/models/', '//v1/models', '/v1/./models', '/v1/%6Dodels', '/v1/models;v=1', '/v1\\models']) {
      expect(beyond).toContain(one);
    }
    for (const path of beyond) expect(decodeURIComponent(path)).toMatch(/v1.*models/);
  });
});

/** How the model has names: in lower case and without the dot at the end. */
function asResolved(name: string): string {
  return name.toLowerCase().replace(/\.$/, '');
}

describe('names of hosts', () => {
  const isOrdinary = (name: string) => /^[\w.-]+$/.test(name);

  /** The gateway may resolve names, and reach the hosts. */
  function reaching(pattern: HostPattern): GraphData {
    const dns: Endpoint = {
      kind: 'pods',
      pods: podsIn('kube-system', selectors.fromLabels({ 'k8s-app': 'kube-dns' })),
      owner: 'the platform',
    };
    const hosts: Endpoint = { kind: 'hosts', patterns: [pattern] };
    return canonical({
      ...mesh(),
      flows: [
        flow(end(gateway), dns, ports.union(ports.number('UDP', 53), ports.number('TCP', 53)), 'names are resolved'),
        flow(end(gateway), hosts, ports.number('TCP', 443), 'models are loaded'),
      ],
    });
  }

  function agrees(pattern: HostPattern, selects: (name: string) => boolean): void {
    const isMeant = (name: string) => matchesHost(pattern, asResolved(name)) === true;
    expect(NAMES.filter((name) => isOrdinary(name) && selects(name) !== isMeant(name))).toEqual([]);
    // Names with other characters are none of hosts: an engine may leave them out, and takes none beyond.
    expect(NAMES.filter((name) => selects(name) && !isMeant(name))).toEqual([]);
  }

  const each = (patterns: readonly HostPattern[]) => patterns.map((pattern) => [hostText(pattern), pattern] as const);

  it.each(each(HOST_PATTERNS))('as Cilium compares them: %s', (_, pattern) => {
    const { egress } = renderedSpec(cilium, reaching(pattern), facts('cilium', { version: '1.20' }), 'envoy');
    const names = egress.flatMap(({ toFQDNs = [] }) => toFQDNs);
    expect(names).not.toEqual([]);
    agrees(pattern, (name) => names.some((it) => asCilium.selectsName(it, name)));
  });

  const shallow = HOST_PATTERNS.filter(({ kind }) => kind !== 'any-depth');
  it.each(each(shallow))('as Cilium before 1.19 compares them: %s', (_, pattern) => {
    const { egress } = renderedSpec(cilium, reaching(pattern), facts('cilium', { version: '1.18' }), 'envoy');
    const names = egress.flatMap(({ toFQDNs = [] }) => toFQDNs);
    agrees(pattern, (name) => names.some((it) => asCilium.selectsName(it, name, true)));
  });

  it('of any depth are refused for Cilium before 1.19, where they would be of one label', () => {
    const pattern: HostPattern = { kind: 'any-depth', under: 'example.com' };
    expect(cilium.limits(reaching(pattern), facts('cilium', { version: '1.18' }))).toMatchObject([
      { rule: 'engine-host-names' },
    ]);
    expect(asCilium.selectsName({ matchPattern: '**.example.com' }, 'a.b.example.com', true)).toBe(false);
    expect(asCilium.selectsName({ matchPattern: '**.example.com' }, 'a.b.example.com')).toBe(true);
  });

  const deep = HOST_PATTERNS.filter(({ kind }) => kind === 'exact' || kind === 'any-depth');
  it.each(each(deep))('as Antrea compares them: %s', (_, pattern) => {
    const { egress } = renderedSpec(antrea, reaching(pattern), facts('antrea', { version: '2.7' }), 'envoy');
    const names = egress.flatMap(({ to = [] }) => to.flatMap(({ fqdn = [] }) => fqdn));
    expect(names).not.toEqual([]);
    agrees(pattern, (name) => names.some((it) => asAntrea.selectsName(it, name)));
  });

  it.each(each(HOST_PATTERNS.filter((it) => !deep.includes(it))))(
    'are refused for Antrea, which would take more: %s',
    (_, pattern) => {
      expect(antrea.limits(reaching(pattern), facts('antrea'))).toMatchObject([{ rule: 'engine-host-names' }]);
      const more = NAMES.filter(
        (name) => asAntrea.selectsName(hostText(pattern), name) && !matchesHost(pattern, asResolved(name)),
      );
      if (pattern.kind === 'one-label') expect(more).not.toEqual([]);
    },
  );
});

describe('paths, as the proof compares them', () => {
  const everyPath = [...PATHS, ...ENCODED_PATHS, ...OTHER_PATHS].map(pathPattern);
  const somePaths = fc.uniqueArray(fc.constantFrom(...everyPath), { minLength: 1, maxLength: 4, selector: pathText });
  const sent = [...new Set(REQUESTS.map(({ path }) => path))];

  it('cover each other only where no request of the corpus says otherwise, and not for a path that shows it', () => {
    const verdicts = { covered: 0, not: 0 };
    fc.assert(
      fc.property(somePaths, somePaths, (a, b) => {
        const cells = pathCells([...a, ...b]);
        if (cells === undefined) throw new Error('too many');
        const inB = new Set(b.flatMap((it) => cells.cellsIn(it)));
        const beyond = a.flatMap((it) => cells.cellsIn(it)).filter((it) => !inB.has(it));
        const isIn = (patterns: typeof a, path: string) => patterns.some((it) => matchesPath(it, path));
        if (beyond.length === 0) {
          verdicts.covered++;
          expect(sent.filter((path) => isIn(a, path) && !isIn(b, path))).toEqual([]);
        } else {
          verdicts.not++;
          expect(beyond.filter((path) => !isIn(a, path) || isIn(b, path))).toEqual([]);
        }
      }),
      { seed: 5, numRuns: 2000 },
    );
    expect(verdicts.covered).toBeGreaterThan(100);
    expect(verdicts.not).toBeGreaterThan(500);
  });
});

describe('requests, as the proof compares them', () => {
  const every = [...PATHS.map(onPath), ...BESIDE_PATHS, ...HOSTS_AND_HEADERS];
  const some = fc.uniqueArray(fc.constantFrom(...every), { minLength: 1, maxLength: 3, selector: requestText });
  const [agent, model] = [byHand.tier('agents', 'agent'), byHand.tier('models', 'vllm')];
  const port = ports.number('TCP', 8000);

  /** Whether all that policies let through is proved to be declared. */
  function areCovered(said: readonly HttpMatch[], declared: readonly HttpMatch[]): boolean {
    const graph = byHand.graph([agent, model], [byHand.flow(agent, model, port, [], declared)]);
    const { witnesses, notProved } = proveGraph(
      graph,
      byHand.planeOf(byHand.graph([agent, model], [byHand.flow(agent, model, port, [], said)])),
    );
    expect(notProved).toEqual([]);
    return !witnesses.some(({ statement }) => statement === 'undeclared');
  }

  it('cover each other only where no request of the corpus says otherwise', () => {
    const verdicts = { covered: 0, not: 0, told: 0 };
    fc.assert(
      fc.property(some, some, (said, declared) => {
        const isIn = (matches: typeof said, request: HttpRequest) => matches.some((it) => matchesRequest(it, request));
        const beyond = REQUESTS.filter((it) => isIn(said, it) && !isIn(declared, it)).map(lineText);
        if (areCovered(said, declared)) {
          verdicts.covered++;
          expect(beyond).toEqual([]);
        } else {
          verdicts.not++;
          if (beyond.length > 0) verdicts.told++;
        }
      }),
      { seed: 6, numRuns: 200 },
    );
    expect(verdicts.covered).toBeGreaterThan(10);
    expect(verdicts.told).toBeGreaterThan(20);
  });
});
