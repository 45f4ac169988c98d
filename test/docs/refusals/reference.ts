import { Cidr, Cluster, Hostname, HttpRule, PolicyGraph, Port } from '../../../lib';
import { EXAMPLES } from '../../deployment/warnings/examples';
import type { BadInput } from '../../tiers/bad-input/refusal';
import { because, chart, namespace, tier, validated } from '../../tiers/bad-input/scenarios';
import { TABLES } from '../../tiers/bad-input/tables';
import { appOf } from '../page-example';
import { type Claim, ends, refused, warned } from './claim';

/** The row of the table of bad input. */
function row(name: string): BadInput {
  const found = TABLES.map(([, table]) => table[name]).find((one) => one !== undefined);
  if (found === undefined) throw new Error(`no bad input is ${name}`);
  return found;
}

/** A tier on a cluster that reaches somebody outside. */
function reaching(cluster: Cluster, options: object, peer = Cidr.of('192.0.2.1/32') as Cidr | Hostname): () => void {
  return () => {
    const scope = chart();
    Cluster.use(scope.node.root, cluster);
    const one = tier({}, namespace({}, scope));
    one.connections.allowTo(peer, { because, ports: [Port.tcp(443)], ...options });
    validated(one);
  };
}

const policy = (podSelector: string) => `
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: one, namespace: ai }
spec: { podSelector: ${podSelector}, policyTypes: [Ingress] }
`;
const OPEN = `
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: one, namespace: ai }
spec: { podSelector: {}, policyTypes: [Egress], egress: [{ to: [{ ipBlock: { cidr: 0.0.0.0/0 } }] }] }
`;
const OF_CILIUM = `
apiVersion: cilium.io/v2
kind: CiliumNetworkPolicy
metadata: { name: one, namespace: ai }
spec: { endpointSelector: {}, ingress: [{}] }
`;
const OF_CALICO = `
apiVersion: projectcalico.org/v3
kind: NetworkPolicy
metadata: { name: default.one, namespace: ai }
spec: { selector: all(), types: [Ingress] }
`;
const OF_THE_API = (version: string, kind: string, spec: string) => `
apiVersion: policy.networking.k8s.io/${version}
kind: ${kind}
metadata: { name: one }
spec: { ${spec}priority: 10, subject: { namespaces: {} } }
`;
const ofAnAdministrator = (priority: number, peer: string) => `
apiVersion: policy.networking.k8s.io/v1alpha1
kind: AdminNetworkPolicy
metadata: { name: one }
spec: { priority: ${priority}, subject: { namespaces: {} }, egress: [{ action: Deny, to: [${peer}] }] }
`;
const UNUSED = 'acknowledge:\n  - rule: wide-egress\n    because: the sandbox inspects it\n';

const CODES =
  'It ends with 0 where nothing fails, with 1 where a finding does, and with 3 where something could not be read.';
const UNRELIABLE =
  'What makes every answer unreliable (broken YAML, two different objects of one name, policies of two engines) is refused.';
const OWN_KINDS =
  'on these platforms a flow or a guardrail that NetworkPolicy cannot say is refused, and the reason names the kind.';
const PEERS = `new ApiObject(chart, 'peers', {
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name: 'peers', namespace: 'ai-inference' },
  spec: { clusterIP: 'None', publishNotReadyAddresses: true, selector: { app: 'vllm' }, ports: [{ port: 8000 }] },
});`;

export const REFERENCE: Readonly<Record<string, readonly Claim[]>> = {
  'check.md': [
    ends(CODES, 0, /^No findings/, ['check', 'a.yaml'], { 'a.yaml': policy('{}') }),
    ends(CODES, 1, /wide-egress/, ['check', 'a.yaml', '--fail-on', 'note'], { 'a.yaml': OPEN }),
    ends(CODES, 3, /not YAML/, ['check', 'a.yaml'], { 'a.yaml': 'kind: [' }),
    {
      ...ends(
        'An acknowledgement that is about nothing is a finding itself (`acknowledgement-unused`).',
        1,
        /acknowledgement of wide-egress \("the sandbox inspects it"\) waives nothing here/,
        ['check', 'a.yaml', '--fail-on', 'warning'],
        { 'a.yaml': policy('{}'), 'zero-trust.yaml': UNUSED },
      ),
      rule: 'acknowledgement-unused',
    },
  ],
  'command-line.md': [
    ends(UNRELIABLE, 3, /not YAML/, ['list', 'a.yaml'], { 'a.yaml': 'kind: [' }),
    ends(UNRELIABLE, 3, /another NetworkPolicy ai\/one/, ['list', 'a.yaml'], {
      'a.yaml': `${policy('{}')}---${policy('{ matchLabels: { app: a } }')}`,
    }),
    ends(UNRELIABLE, 3, /no cluster enforces both/, ['list', 'a.yaml'], { 'a.yaml': `${OF_CILIUM}---${OF_CALICO}` }),
    ends(
      'A policy that cannot be read puts only the pods that it may bind in doubt: it is printed, and answers about these are *perhaps*.',
      0,
      /perhaps all traffic\n.*exactly one of endpointSelector/s,
      ['list', 'a.yaml'],
      { 'a.yaml': OF_CILIUM.replace('endpointSelector: {}, ', '') },
    ),
  ],
  'engines.md': [
    refused(
      'What an engine cannot say is refused, with the reason, the engines that can, and the ways on',
      'engine-requests',
      /does not look into requests[\s\S]*another engine can say it: Cilium, Calico[\s\S]*acknowledge/,
      reaching(Cluster.kubernetes(), { http: [HttpRule.get('/metrics')] }),
    ),
    refused(
      'longer ones refused (`engine-port-range`)',
      'engine-port-range',
      /ranges of at most 100 ports/,
      reaching(Cluster.kubernetes({ version: '1.21' }), { ports: [Port.tcpRange(8000, 8100)] }),
    ),
    refused(
      '24 ports or ranges for an address; the others are dropped | refused (`engine-ports`)',
      'engine-ports',
      /keeps 24 ports or ranges for an address and drops the others/,
      reaching(Cluster.awsVpcCni({ version: '1.33' }), {
        ports: Array.from({ length: 25 }, (_, i) => Port.tcp(1000 + 2 * i)),
      }),
    ),
    refused(
      'Kubernetes before 1.25: nothing is enforced | refused (`cluster-enforces-nothing`)',
      'cluster-enforces-nothing',
      /the VPC CNI enforces no NetworkPolicy on Kubernetes 1\.24/,
      () => Cluster.awsVpcCni({ version: '1.24' }),
    ),
    refused(
      'of which Kubernetes takes 262,144 bytes | refused (`annotation-size`)',
      'annotation-size',
      /Kubernetes takes 262144.*serverSideApply: true/s,
      row('flows that do not fit into annotations').make,
    ),
    ...(
      [
        [Cluster.awsVpcCni(), /ApplicationNetworkPolicy/],
        [Cluster.gke(), /FQDNNetworkPolicy/],
        [Cluster.openShift(), /EgressFirewall/],
      ] as const
    ).map(([cluster, words]) =>
      refused(OWN_KINDS, 'engine-host-names', words, reaching(cluster, {}, Hostname.exact('api.example.com'))),
    ),
    ...(
      [
        [100, '{ networks: [192.0.2.0/24] }', /does not apply AdminNetworkPolicy one, whose priority is 100/],
        [10, '{ domainNames: [api.example.com] }', /domainNames/],
      ] as const
    ).map(([priority, peer, words]) =>
      ends(
        'a priority above 99 or a domainNames peer is a problem, since such a policy is not applied',
        3,
        words,
        ['list', 'a.yaml', '--cluster', 'facts.yaml'],
        { 'a.yaml': ofAnAdministrator(priority, peer), 'facts.yaml': 'engine: kubernetes\nplatform: openshift\n' },
      ),
    ),
    ends(
      'Both generations beside each other put the pods of both in doubt',
      0,
      /two generations of one API/,
      ['list', 'a.yaml'],
      {
        'a.yaml': `${OF_THE_API('v1alpha1', 'AdminNetworkPolicy', '')}---${OF_THE_API('v1alpha2', 'ClusterNetworkPolicy', 'tier: Admin, ')}`,
      },
    ),
  ],
  'policy-graph.md': [
    ...['"schema": 99', '"unknown": 1', '"flows": {}'].map((piece) =>
      refused(
        '`PolicyGraph.parse` refuses every version, field and value that it does not know',
        'policy-graph-json',
        /./,
        () => PolicyGraph.parse(`{ ${piece}, "namespaces": [] }`),
      ),
    ),
  ],
  'probes.md': [
    refused(
      'a Service that publishes pods that are not ready is refused at synth',
      'probe-in-service',
      /would send clients to the prober/,
      () => appOf('probes.md', ['console.log(test', `${PEERS}\nconsole.log(test`]),
    ),
  ],
  'using-the-catalog.md': [
    refused(
      'Where the engine must be told its addresses, the refusal names the system.',
      'api-server-unknown',
      /KubeRay operator cannot do without it/,
      row('a need that the engine must be told the addresses of').make,
    ),
    ...(
      [
        ['a flow into a port for administrators (`admin-port-open`)', 'admin-port-open', /^warning.*management/s],
        ['among peers (`peer-port-open`)', 'peer-port-open', /^warning.*consensus of its nodes/s],
        ['requests for administrators on the port of users (`admin-requests-open`)', 'admin-requests-open', /^warning/],
        ['a need that nobody was named for (`known-need-missing`)', 'known-need-missing', /^warning/],
        ['labels that say nothing of the system alone (`known-labels-generic`)', 'known-labels-generic', /^warning/],
        [
          'with the value that turns it off (`known-policy`)',
          'known-policy',
          /^warning.*networkPolicy\.allowExternal/s,
        ],
        [
          'a test of the chart that has the labels of a tier (`test-pods-selected`)',
          'test-pods-selected',
          /^warning.*`helm test` runs/s,
        ],
        ['A workload that is another system is an error (`known-workload`)', 'known-workload', /^error/],
        ['a release that was not looked at is a note (`known-version`)', 'known-version', /^note/],
      ] as const
    ).map(([says, rule, words]) => warned(says, rule, words, EXAMPLES[rule].fails)),
  ],
  'load-balancers.md': [
    ...(['clients by way of Envoy Gateway', 'clients by way of NGINX'] as const).map((name) =>
      refused(
        'the pods of the proxy: refused, name them as a client instead',
        'exposure-through-proxy',
        /see its pods/,
        row(name).make,
      ),
    ),
  ],
};
