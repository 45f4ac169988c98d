import { rangeMissesPods } from '../../lib/checks/range-misses-pods';
import * as ips from '../../lib/model/ip-set';
import { foundIn } from './found';
import { cilium, policy } from './policies';

const facts = {
  facts: {
    engine: 'cilium',
    dns: { flavour: '', servers: [] },
    ipBlockMode: 'external-only',
    podRanges: ips.fromBlock('10.244.0.0/16'),
    nodeRanges: ips.fromBlock('10.1.0.0/16'),
  },
  engine: 'cilium',
} as const;

test('Ranges of pods and of nodes are found, as they are told.', () => {
  expect(foundIn(rangeMissesPods, cilium({ egress: '[{ toCIDR: [10.0.0.0/8] }]' }), facts)).toMatchObject([
    { value: '10.244.0.0/16', what: '10.244.0.0/16 are addresses of pods of the cluster, which no block matches' },
    { value: '10.1.0.0/16', what: '10.1.0.0/16 are addresses of nodes of the cluster, which no block matches' },
  ]);
});

test('A NetworkPolicy is read by the same engine.', () => {
  expect(
    foundIn(rangeMissesPods, policy({ ingress: '[{ from: [{ ipBlock: { cidr: 10.244.0.0/16 } }] }]' }), facts),
  ).toHaveLength(1);
});

test('Without facts, with other blocks, with the whole internet and on other engines nothing is said.', () => {
  expect(foundIn(rangeMissesPods, cilium({ egress: '[{ toCIDR: [10.0.0.0/8] }]' }))).toEqual([]);
  expect(foundIn(rangeMissesPods, cilium({ egress: '[{ toCIDR: [192.0.2.0/24] }]' }), facts)).toEqual([]);
  expect(foundIn(rangeMissesPods, cilium({ egress: '[{ toCIDR: [0.0.0.0/0] }]' }), facts)).toEqual([]);
  const calico = { facts: { ...facts.facts, engine: 'calico', ipBlockMode: 'pods' }, engine: 'calico' } as const;
  expect(
    foundIn(rangeMissesPods, policy({ ingress: '[{ from: [{ ipBlock: { cidr: 10.244.0.0/16 } }] }]' }), calico),
  ).toEqual([]);
});
