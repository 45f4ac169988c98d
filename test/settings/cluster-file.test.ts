import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import Ajv2020 from 'ajv/dist/2020';
import * as ips from '../../lib/model/ip-set';
import * as ports from '../../lib/model/port-set';
import { ZeroTrustError } from '../../lib/model/problem';
import { readClusterText } from '../../lib/settings/cluster-file';

const schema = JSON.parse(readFileSync(join(__dirname, '../../docs/schemas/cluster-facts.schema.json'), 'utf8'));
const isValid = new Ajv2020({ strictRequired: false }).compile(schema);

const WHOLE = `schema: cdk8s-zero-trust/cluster-facts/v1
name: prod
engine: cilium
version: '1.20'
platform: eks
podCidrs: [10.244.0.0/16, 'fd00:1::/64']
serviceCidrs: [10.96.0.0/12]
nodeCidrs: [192.168.0.0/24]
apiServer:
  addresses: [192.0.2.10/32]
  ports: [6443, 443]
dns: [coredns, node-local, { addresses: [192.0.2.53/32], ports: [5353] }]
blockMode: may
encryption: WireGuard
`;

/** What is wrong, one line each: rule, place and sentence. */
function wrong(text: string): string {
  try {
    readClusterText(text, 'facts.yaml');
  } catch (error) {
    if (error instanceof ZeroTrustError)
      return error.problems.map(({ rule, where, what }) => `${rule} ${where}: ${what}`).join('\n');
  }
  return '';
}

function parsed(text: string): unknown {
  return require('js-yaml').load(text);
}

describe('facts of a cluster in a file', () => {
  it('say what a Cluster of the library says', () => {
    const { facts, engine, ipBlockMode } = readClusterText(WHOLE, 'facts.yaml');
    expect(engine).toEqual({ name: 'cilium', version: '1.20' });
    expect(ipBlockMode).toBe('may');
    expect(facts).toMatchObject({
      name: 'prod',
      engine: 'cilium',
      version: '1.20',
      platform: 'EKS',
      ipBlockMode: 'may',
      encryption: 'WireGuard',
    });
    expect(facts.podRanges && ips.ipsText(facts.podRanges)).toBe('10.244.0.0/16, fd00:1::/64');
    expect(facts.apiServer && ports.portsText(facts.apiServer.ports)).toBe('TCP/443,6443');
    expect(facts.dns.flavour).toBe('CoreDNS or NodeLocal DNSCache or custom DNS');
    expect(isValid(parsed(WHOLE))).toBe(true);
  });

  it('leave the engine to the manifests where they name none, and nothing known where they say nothing', () => {
    expect(readClusterText('podCidrs: [10.244.0.0/16]', 'facts.yaml').engine).toBeUndefined();
    expect(readClusterText('engine: calico', 'facts.yaml').facts.version).toBeUndefined();
    expect(readClusterText('{}', 'facts.yaml').facts.podRanges).toBeUndefined();
  });

  it('give way to the engine of the command line', () => {
    const { facts } = readClusterText(WHOLE, 'facts.yaml', { name: 'antrea', version: '2.7' });
    expect(facts).toMatchObject({ engine: 'antrea', version: '2.7', platform: 'EKS' });
  });

  it.each([
    ['version: 1.20\nengine: cilium', 'field-type facts.yaml, document 1, line 1: version: The value 1.2 is a number'],
    [
      "engine: cilium\nversion: '7.1'",
      'cluster-version facts.yaml, document 1, line 2: version: there is no Cilium 7.1: its releases are numbered 1.x',
    ],
    [
      "version: '1.20'",
      'cluster-version facts.yaml, document 1, line 1: version: A version says nothing without the engine that it is of',
    ],
    [
      'engine: flannel',
      "cluster-facts facts.yaml, document 1, line 1: engine: The value 'flannel' is none of those that this field has",
    ],
    [
      '\npodCidr: [10.0.0.0/8]',
      "unknown-field facts.yaml, document 1, line 2: podCidr: There is no field 'podCidr' here, so what it asks for would be lost",
    ],
    ['podCidrs:\n  - 10.0.0.0/8\n  - 10.0.0.0/33', 'facts.yaml, document 1, line 3: podCidrs[1]: '],
    [
      'podCidrs: []',
      'cluster-ranges-empty facts.yaml, document 1, line 1: podCidrs: An empty list would say that there are none',
    ],
    [
      'apiServer: { ports: [70000] }',
      'port-number facts.yaml, document 1, line 1: apiServer.ports[0]: 70000 is not a port number',
    ],
    [
      'apiServer: { ports: [70000] }',
      "missing-field facts.yaml, document 1, line 1: apiServer: There is no 'addresses' here",
    ],
    [
      'dns: kube-dns',
      "cluster-facts facts.yaml, document 1, line 1: dns: The value 'kube-dns' is none of those that this field has",
    ],
    ['schema: v2', "cluster-facts facts.yaml, document 1, line 1: schema: The value 'v2'"],
    ['- engine: cilium', 'cluster-facts facts.yaml: This is not a file with facts of a cluster'],
    ['a: [', 'yaml facts.yaml, document 1, line 2: This is not YAML that can be read'],
  ])('are refused with their line: %j', (text, problem) => {
    expect(wrong(text)).toContain(problem);
  });

  it.each([
    'engine: flannel',
    'podCidr: [10.0.0.0/8]',
    'podCidrs: []',
    'podCidrs: 10.0.0.0/8',
    'apiServer: { ports: [70000], addresses: [10.0.0.0/8] }',
    'apiServer: { ports: [443] }',
    'dns: kube-dns',
    'dns: []',
    'dns: { ports: [53] }',
    'blockMode: never',
    'encryption: wireguard',
    "version: '1.20'",
    'version: 1.20\nengine: cilium',
    'schema: v2',
  ])('are refused by the schema where they are refused here: %j', (text) => {
    expect(wrong(text)).not.toBe('');
    expect(isValid(parsed(text))).toBe(false);
  });
});
