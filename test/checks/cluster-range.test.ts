import { clusterRange } from '../../lib/checks/cluster-range';
import { findingText } from '../../lib/findings/finding';
import * as ips from '../../lib/model/ip-set';
import { foundIn } from './found';
import { cilium, deployment, policy } from './policies';

const to = (...cidrs: string[]) => policy({ egress: `[{ to: [${cidrs.join(', ')}], ports: [{ port: 443 }] }]` });
const block = (cidr: string, ...except: string[]) => `{ ipBlock: { cidr: ${cidr}, except: [${except.join(', ')}] } }`;
const facts = (podRange: string) => ({
  facts: {
    engine: 'kubernetes',
    dns: { flavour: '', servers: [] },
    ipBlockMode: 'may',
    podRanges: ips.fromBlock(podRange),
  } as const,
});

test('A range as wide as that of a cluster is found, with the pods that the rule is about.', () => {
  const [found] = foundIn(clusterRange, deployment({}) + to(block('10.0.0.0/8')));
  expect(findingText(found)).toBe(
    `warning  cluster-range  manifests.yaml, document 2, line 20: NetworkPolicy models/vllm: spec.egress[0]
  Deployment models/vllm
  10.0.0.0/8 may hold pods of the cluster, whose addresses are not known, so that they are reached as well. A block of addresses takes no notice of labels and namespaces, so that every pod with an address in it is let through, also those that come later.
  Allowed: pods by their labels, and addresses outside the cluster.
  Name the pods by their labels, or tell the ranges of the cluster (--cluster), so that only what holds pods is found.`,
  );
});

test('A range of some thousand addresses is worth a note, and one of some machines nothing.', () => {
  expect(foundIn(clusterRange, to(block('10.20.0.0/20'))).map(({ level }) => level)).toEqual(['note']);
  expect(foundIn(clusterRange, to(block('10.20.30.0/24')))).toEqual([]);
});

test('With the ranges of the cluster these decide, whatever the size.', () => {
  expect(foundIn(clusterRange, to(block('10.0.0.0/8')), facts('172.20.0.0/16'))).toEqual([]);
  expect(foundIn(clusterRange, to(block('10.244.7.0/28')), facts('10.244.0.0/16'))).toMatchObject([
    { level: 'warning', what: expect.stringContaining('holds pods of the cluster (10.244.7.0/28)') },
  ]);
});

test('Without them the addresses of pods that are shown do.', () => {
  const pod = `
apiVersion: v1
kind: Pod
metadata: { name: tool, namespace: tools }
spec: { containers: [{ name: tool, image: tool }] }
status: { podIP: 10.20.30.7 }
`;
  expect(foundIn(clusterRange, pod + to(block('10.20.30.0/24')))).toMatchObject([{ level: 'warning' }]);
});

test('Who leaves ranges out of a block knows the ranges of the cluster.', () => {
  expect(foundIn(clusterRange, to(block('10.0.0.0/8', '10.96.0.0/12', '10.244.0.0/16')))).toEqual([]);
  expect(foundIn(clusterRange, to(block('10.0.0.0/8', '10.0.0.0/28')))).toHaveLength(1);
});

test('Nothing is said of the internet, of name servers by their port, and on Cilium.', () => {
  expect(foundIn(clusterRange, to(block('0.0.0.0/0')))).toEqual([]);
  expect(
    foundIn(
      clusterRange,
      policy({ egress: '[{ to: [{ ipBlock: { cidr: 10.0.0.0/8 } }], ports: [{ port: 53, protocol: UDP }] }]' }),
    ),
  ).toEqual([]);
  expect(foundIn(clusterRange, cilium({ egress: '[{ toCIDR: [10.0.0.0/8] }]' }))).toEqual([]);
});

test('A range that may come in is found as well.', () => {
  expect(
    foundIn(clusterRange, policy({ ingress: '[{ from: [{ ipBlock: { cidr: 172.16.0.0/12 } }] }]' })),
  ).toMatchObject([{ what: expect.stringContaining('they come in as well'), place: { field: 'spec.ingress[0]' } }]);
});
