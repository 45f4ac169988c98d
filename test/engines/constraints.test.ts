import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readManifests } from '../../lib/analysis';
import { antrea } from '../../lib/engines/antrea/engine';
import { engineNamed } from '../../lib/engines/engines';
import type { GraphData } from '../../lib/graph/graph-data';
import type { EngineName } from '../../lib/model/engine-name';
import * as ips from '../../lib/model/ip-set';
import { portsText } from '../../lib/model/port-set';
import { proofText, proveGraph } from '../../lib/proof';
import { mesh } from '../graph/graphs';
import { dnsOnARange, KEPT_GRAPHS, REFUSED_GRAPHS } from './constraints/graphs';
import { type Json, networkPolicy, ofAntrea, ofCalico, ofCilium } from './constraints/objects';
import { WRONG_OBJECTS } from './constraints/wrong-objects';
import { facts } from './facts';

/** Where the mesh lets no block reach. */
const podRanges = ips.fromBlock('10.0.0.0/28');

const clusterOf = (name: EngineName) =>
  facts(name, {
    podRanges,
    version: engineNamed(name).versions?.last,
    ...(name === 'cilium' && { dns: dnsOnARange, ipBlockMode: 'external-only' }),
  });

function rendered(name: EngineName, graph: GraphData): Json[] {
  const cluster = clusterOf(name);
  expect(engineNamed(name).limits(graph, cluster)).toEqual([]);
  return engineNamed(name)
    .render(graph, cluster)
    .map(({ of: _, ...object }) => ({ ...object }));
}

describe('an object that breaks a rule of its engine', () => {
  it.each(WRONG_OBJECTS)('is refused: %s', (_, object, path) => {
    const { problems, unread, policies, rules, isolations, others } = readManifests([object]);
    const places = [...problems, ...unread.map(({ problem }) => problem)].map(({ where }) => where);
    expect(places).toContainEqual(expect.stringMatching(endsWith(path)));
    expect([policies, rules, isolations]).toEqual([0, [], []]);
    for (const other of others) expect([other.rules, other.isolations]).toEqual([[], []]);
  });

  function endsWith(path: string): RegExp {
    return new RegExp(`: ${path.replace(/[.[\]]/g, '\\$&')}$`);
  }
});

describe('a graph that could only be said by breaking a rule', () => {
  it.each(REFUSED_GRAPHS)('is refused: %s', (_, name, graph, rule) => {
    const rules = engineNamed(name)
      .limits(graph, clusterOf(name))
      .map((refusal) => refusal.rule);
    expect(rules).toContain(rule);
  });
});

describe('a graph that one object or one rule could not say', () => {
  it.each(KEPT_GRAPHS)('is rendered in order, and proved: %s', (_, name, graph) => {
    const objects = rendered(name, graph);
    // The readers refuse whatever breaks a rule, as is shown above for each of them.
    const reading = readManifests(objects);
    expect(reading.problems).toEqual([]);
    expect(reading.policies).toBe(objects.length);
    const engine = engineNamed(name);
    const plane = engine.compose(reading, clusterOf(name));
    const proof = proveGraph(graph, plane, { podAddresses: podRanges, requestsAt: engine.requestsAt });
    expect(proof.proved ? [] : proofText(proof)).toEqual([]);
  });
});

describe('what is not written', () => {
  it('kubernetes-protocol-is-tcp: is TCP, and every protocol is written', () => {
    const [rule] = readManifests([networkPolicy({ ingress: [{ ports: [{ port: 80 }] }] })]).rules;
    expect(portsText(rule.ports)).toBe('TCP/80');
    const ports = fieldsOf(rendered('kubernetes', mesh()), 'ports').flat() as Json[];
    expect(ports.length).toBeGreaterThan(0);
    for (const port of ports) expect(port.protocol).toMatch(/^(TCP|UDP|SCTP)$/);
  });

  it('kubernetes-types-are-written: is one direction, and both are written', () => {
    const { isolations } = readManifests([networkPolicy({ ingress: [] })]);
    expect(isolations.map(({ direction }) => direction)).toEqual(['ingress']);
    for (const object of rendered('kubernetes', mesh())) {
      expect((object.spec as Json).policyTypes).toEqual(['Ingress', 'Egress']);
    }
  });

  it('calico-types-default-to-ingress: is one direction, and both are written', () => {
    const { others } = readManifests([ofCalico.policy({ types: undefined, ingress: [{ action: 'Deny' }] })]);
    expect(others.flatMap(({ isolations }) => isolations.map(({ direction }) => direction))).toEqual(['ingress']);
    for (const object of rendered('calico', mesh())) {
      expect((object.spec as Json).types).toEqual(['Ingress', 'Egress']);
    }
  });
});

describe('what an engine takes', () => {
  it('cilium-services-may-have-ports: Services beside ports, which are unread and not wrong', () => {
    const toServices = [{ k8sService: { serviceName: 'web', namespace: 'shop' } }];
    const toPorts = [{ ports: [{ port: '80', protocol: 'TCP' }] }];
    const { problems, unread } = readManifests([ofCilium.egress({ toServices, toPorts })]);
    expect(problems).toEqual([]);
    expect(unread.map(({ problem }) => problem.rule)).toEqual(['unread-policy']);
  });

  it('antrea-the-tier-exists: a policy in a tier that is there, and in no other', () => {
    const policy = ofAntrea.policy({ tier: 'mine', ingress: [{ action: 'Drop' }] });
    const problems = (...objects: Json[]) => antrea.compose(readManifests(objects), { ipBlockMode: 'pods' }).problems;
    expect(problems(policy)).toMatchObject([{ rule: 'antrea-tier', value: 'mine' }]);
    expect(problems(policy, ofAntrea.tier('mine', 7))).toBeUndefined();
    // What is rendered is in tiers that Antrea makes by itself.
    expect(problems(...rendered('antrea', mesh()))).toBeUndefined();
  });

  it('cluster-network-policy-nodes-are-experimental, cluster-network-policy-names-are-experimental: neither is written', () => {
    for (const [, name, graph] of KEPT_GRAPHS) {
      if (name !== 'cluster-network-policy') continue;
      const objects = rendered(name, graph);
      expect([...fieldsOf(objects, 'nodes'), ...fieldsOf(objects, 'domainNames')]).toEqual([]);
    }
  });
});

/** The values of every field of the name, wherever it stands. */
function fieldsOf(value: unknown, name: string): unknown[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, it]) => [...(key === name ? [it] : []), ...fieldsOf(it, name)]);
}

/** Every rule that is to be checked before anything is written, each of its parts by itself. */
const RULES = `
kubernetes-end-port-is-beside-a-number
kubernetes-end-port-is-not-below-port
kubernetes-except-is-strictly-inside
kubernetes-block-is-beside-no-selector
kubernetes-protocol-is-tcp
kubernetes-types-are-written
cilium-one-kind-of-peer-in-a-rule
cilium-services-may-have-ports
cilium-40-ports-in-a-rule
cilium-40-fields-of-icmp
cilium-icmps-or-ports
cilium-requests-are-on-tcp
cilium-requests-are-on-a-port
cilium-one-protocol-of-requests-in-a-rule
cilium-dns-rules-are-of-egress
cilium-dns-rules-name-a-port
cilium-dns-rules-have-no-range
cilium-server-names-beside-requests-end-tls
cilium-one-source-of-addresses
cilium-some-rule
cilium-one-subject
cilium-nodes-are-of-the-cluster
cilium-names-of-255-characters
calico-1024-rules
calico-50-ports
calico-256-nets
calico-selectors-of-1024-characters
calico-20-methods
calico-20-paths
calico-http-is-allowed
calico-http-is-on-tcp
calico-http-is-of-ingress
calico-services-are-alone
calico-types-default-to-ingress
antrea-the-tier-exists
antrea-tiers-come-before-250
antrea-tiers-leave-the-reserved
antrea-names-of-rules-are-unique
antrea-applied-in-one-place
antrea-exclusive-peers
antrea-requests-are-allowed
antrea-requests-go-to-no-service
antrea-requests-are-on-tcp
antrea-except-is-strictly-inside
antrea-no-pass-in-baseline
cluster-network-policy-one-field-of-a-peer
cluster-network-policy-ranges-go-up
cluster-network-policy-blocks-are-valid
cluster-network-policy-named-ports-are-of-pods
cluster-network-policy-nodes-are-experimental
cluster-network-policy-names-are-experimental
cluster-network-policy-names-are-accepted
cluster-network-policy-25-rules
cluster-network-policy-25-peers
aws-is-another-schema
aws-100-of-anything
istio-one-subject
istio-16-service-accounts
istio-service-accounts-are-alone
istio-mtls-of-ports-has-a-selector
istio-512-rules
ovn-kubernetes-priorities-up-to-99
ovn-kubernetes-firewalls-have-single-ports
`
  .trim()
  .split('\n');

describe('the rules of the engines', () => {
  const folder = join(__dirname, 'constraints');
  const sources = [__filename, ...readdirSync(folder).map((name) => join(folder, name))];
  const titles = sources.flatMap((file) =>
    [...readFileSync(file, 'utf8').matchAll(/['`]([a-z0-9-]+(?:, [a-z0-9-]+)*): /g)].flatMap(([, ids]) =>
      ids.split(', '),
    ),
  );

  it.each(RULES)('have a test each: %s', (rule) => {
    expect(titles).toContain(rule);
  });

  it('are all in the list', () => {
    const engines = /^(kubernetes|cilium|calico|antrea|cluster-network-policy|aws|istio|ovn-kubernetes)-/;
    expect(titles.filter((title) => engines.test(title) && !RULES.includes(title))).toEqual([]);
  });
});
