// Blocks of which a tier is allowed the same are one flow, and the code says of each which policy allows it.
import { namespace, pod, policy, tcp } from '../../bench/worlds/objects';
import { adopted } from '../../lib/adopt/adopted';
import { sources } from '../../lib/adopt/code/project';
import { reasonOfAll } from '../../lib/adopt/reasons';
import { settled } from '../../lib/adopt/settled';
import { planeOf } from '../../lib/analysis';
import { readText } from '../../lib/analysis/files/read-files';
import { seenOf } from '../../lib/checks/seen';
import { Cluster } from '../../lib/values';
import { appOf } from './run-sources';

interface Allowed {
  readonly name: string;
  readonly blocks: readonly string[];
  readonly except?: readonly string[];
  readonly port?: number;
}

function adoptedOf(policies: readonly Allowed[], cluster = Cluster.kubernetes({ serviceCidrs: ['10.96.0.0/12'] })) {
  const objects = [
    namespace('data'),
    pod('data', 'store', { app: 'store' }),
    ...policies.map(({ name, blocks, except, port = 443 }) =>
      policy('data', name, {
        podSelector: {},
        policyTypes: ['Ingress', 'Egress'],
        ingress: [
          { from: blocks.map((cidr) => ({ ipBlock: { cidr, ...(except && { except }) } })), ports: [tcp(port)] },
        ],
      }),
    ),
  ];
  const reading = readText(objects.map((object) => JSON.stringify(object)).join('\n---\n'), 'w.yaml', {});
  const facts = cluster._facts;
  const seen = seenOf(reading, planeOf(reading), { facts });
  const adoption = adopted(seen, { namespaces: ['data'], cluster, plane: {} });
  const files = sources(adoption.plan, adoption.left, facts);
  return { ...adoption, files, code: files['flows/data.ts'] };
}

function isTheSame({ proof, differences, files }: ReturnType<typeof adoptedOf>): boolean {
  expect(appOf(files).charts.flatMap((chart) => chart.toJson()).length).toBeGreaterThan(1);
  return proof?.isProved === true && differences?.changes.length === 0;
}

describe('blocks that today allows', () => {
  it('are one flow where one policy allows them on the same ports', () => {
    const adoption = adoptedOf([{ name: 'partners', blocks: ['192.0.2.0/24', '198.51.100.0/24'] }]);
    expect(adoption.code).toContain(
      "  t.dataStore.connections.allowFrom(Cidr.anyOf(['192.0.2.0/24', '198.51.100.0/24']), { ports: [Port.tcp(443)], because: 'allowed by NetworkPolicy data/partners' });",
    );
    expect(isTheSame(adoption)).toBe(true);
  });

  it('are one flow where several policies do, each with the policy that allows it', () => {
    const names = ['a', 'b', 'c', 'd'];
    const adoption = adoptedOf([
      ...names.map((name, i) => ({ name, blocks: [`192.0.2.${64 * i}/28`] })),
      { name: 'e', blocks: ['198.51.100.0/24'] },
    ]);
    expect(adoption.code).toContain(`  t.dataStore.connections.allowFrom(Cidr.anyOf([
    '192.0.2.0/28', // NetworkPolicy data/a
    '192.0.2.64/28', // NetworkPolicy data/b
    '192.0.2.128/28', // NetworkPolicy data/c
    '192.0.2.192/28', // NetworkPolicy data/d
    '198.51.100.0/24', // NetworkPolicy data/e
  ]), {
    ports: [Port.tcp(443)],
    because: 'allowed by NetworkPolicy data/a and NetworkPolicy data/b and NetworkPolicy data/c and 2 more',
  });`);
    expect(isTheSame(adoption)).toBe(true);
  });

  it('stay apart where other ports pass, or something is accepted of one alone', () => {
    const { plan, ...adoption } = adoptedOf([
      { name: 'a', blocks: ['192.0.2.0/24', '10.1.0.0/16'] },
      { name: 'b', blocks: ['198.51.100.0/24'], port: 80 },
    ]);
    expect(plan.flows.map(({ peer, waived }) => [peer.kind, waived.length])).toEqual([
      ['block', 0],
      ['block', 1],
      ['block', 0],
    ]);
    expect(isTheSame({ plan, ...adoption })).toBe(true);
  });

  it('stay apart where parts of one are left out', () => {
    const adoption = adoptedOf([
      { name: 'a', blocks: ['192.0.2.0/24'], except: ['192.0.2.0/28'] },
      { name: 'b', blocks: ['198.51.100.0/24'] },
    ]);
    expect(adoption.plan.flows.map(({ peer }) => peer.kind)).toEqual(['block', 'block']);
    expect(isTheSame(adoption)).toBe(true);
  });

  it('do not go with one that nothing matches, which is refused and told', () => {
    const { plan, left } = adoptedOf([
      { name: 'a', blocks: ['192.0.2.0/24', '198.51.100.0/24'] },
      { name: 'b', blocks: ['10.96.0.0/16'] },
    ]);
    expect(plan.flows.map(({ peer }) => peer.kind === 'blocks' && peer.blocks.map(({ cidr }) => cidr))).toEqual([
      ['192.0.2.0/24', '198.51.100.0/24'],
    ]);
    expect(left).toContainEqual({
      kind: 'refused',
      of: 'data/store',
      what: expect.stringContaining('a policy for 10.96.0.0/16 would match nothing'),
    });
  });

  it('are declared one by one where they are refused together', () => {
    const cluster = Cluster.kubernetes({ serviceCidrs: ['10.96.0.0/12'] });
    const { plan } = adoptedOf([{ name: 'a', blocks: ['192.0.2.0/24', '198.51.100.0/24'] }], cluster);
    const [flow] = plan.flows;
    const because = 'allowed by NetworkPolicy data/a';
    const blocks = ['192.0.2.0/24', '10.96.0.0/16'].map((cidr) => ({ cidr, because }));
    const found = settled({ ...plan, flows: [{ ...flow, peer: { kind: 'blocks', blocks, because } }] }, cluster);
    expect(found.plan.flows).toEqual([{ ...flow, peer: { kind: 'block', cidr: '192.0.2.0/24', except: [] } }]);
    expect(found.left.map(({ what }) => what)).toEqual([expect.stringContaining('10.96.0.0/16')]);
  });

  it('are few words in an annotation, however many they are', () => {
    const blocks = Array.from({ length: 1000 }, (_, i) => `10.${i >> 4}.${(i & 15) * 16}.0/24`);
    const adoption = adoptedOf([{ name: 'a', blocks }]);
    expect(adoption.problems).toEqual([]);
    expect(adoption.plan.flows).toHaveLength(1);
    expect(adoption.plan.isLarge).toBeUndefined();
    expect(isTheSame(adoption)).toBe(true);
  });
});

describe('the reason for several blocks', () => {
  it('names a policy once, the first ones, and counts the others', () => {
    const of = (...names: string[]) => `allowed by ${names.join(' and ')}`;
    expect(reasonOfAll([of('a'), of('a', 'b'), of('b')])).toBe(of('a', 'b'));
    expect(reasonOfAll([of('a', 'b'), of('c'), of('d'), of('e', 'a')])).toBe(of('a', 'b', 'c', '2 more'));
    const counted = of('a', 'b', 'c', '2 more');
    expect(reasonOfAll([counted, counted])).toBe(counted);
    expect(reasonOfAll([counted, of('d')])).toBe(of('a', 'b', 'c', 'others'));
  });
});
