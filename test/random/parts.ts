import fc from 'fast-check';
import { partOf } from './addresses';
import type { Labels, PeerPlan, PlacePlan, PodsPlan, PortPlan, Protocol, RequirementPlan } from './plan';

// What plans are drawn from: pods, ports, blocks of addresses, places of others.

/** Values of the labels that pods are told by. */
export const VALUES: Readonly<Record<string, readonly string[]>> = {
  app: ['a', 'b', 'c'],
  track: ['stable', 'canary'],
  debug: ['on', 'off'],
};

/** What is asked of one label: one requirement, or two that say something together. */
const requirementsOfLabel: fc.Arbitrary<readonly RequirementPlan[]> = fc.oneof(
  ...Object.entries(VALUES).map(([key, all]) => requirementsOn(key, all)),
);

function requirementsOn(key: string, all: readonly string[]): fc.Arbitrary<readonly RequirementPlan[]> {
  const values = fc.subarray([...all], { minLength: 1, maxLength: 2 });
  const exists: RequirementPlan = { key, operation: 'Exists' };
  const absent: RequirementPlan = { key, operation: 'DoesNotExist' };
  return fc.oneof(
    values.map((some): RequirementPlan[] => [{ key, operation: 'In', values: some }]),
    values.map((some): RequirementPlan[] => [{ key, operation: 'NotIn', values: some }]),
    fc.constant<RequirementPlan[]>([exists]),
    { weight: 2, arbitrary: fc.constant<RequirementPlan[]>([absent]) },
    values.map((some): RequirementPlan[] => [exists, { key, operation: 'NotIn', values: some }]),
    fc.constant<RequirementPlan[]>([
      { key, operation: 'In', values: all },
      { key, operation: 'NotIn', values: all.slice(0, 1) },
    ]),
  );
}

const labels: fc.Arbitrary<Labels> = fc.constantFrom<Labels>(
  ...[{ app: 'a' }, { app: 'b' }, { app: 'c' }, { app: 'a', track: 'stable' }, { app: 'b', track: 'canary' }],
);

/** Of two labels at most, so that no requirements contradict each other. */
const requirements = fc
  .uniqueArray(requirementsOfLabel, { minLength: 1, maxLength: 2, selector: ([first]) => first?.key })
  .map((some) => some.flat());

export const pods: fc.Arbitrary<PodsPlan> = fc.oneof(
  { weight: 3, arbitrary: labels.map((each) => ({ kind: 'labeled' as const, labels: each })) },
  { weight: 4, arbitrary: requirements.map((each) => ({ kind: 'matching' as const, requirements: each })) },
  { weight: 2, arbitrary: labels.map((each) => ({ kind: 'workload' as const, labels: each })) },
  { weight: 1, arbitrary: fc.constant({ kind: 'all' as const }) },
);

const protocol = fc.oneof(
  { weight: 4, arbitrary: fc.constant<Protocol>('TCP') },
  { weight: 2, arbitrary: fc.constant<Protocol>('UDP') },
  { weight: 1, arbitrary: fc.constant<Protocol>('SCTP') },
);

/** True in this share of the cases; false when it is shrunk. */
export function sometimes(share: number): fc.Arbitrary<boolean> {
  return fc.oneof(
    { weight: Math.round(100 * (1 - share)), arbitrary: fc.constant(false) },
    { weight: Math.round(100 * share), arbitrary: fc.constant(true) },
  );
}

const number = fc.constantFrom(1, 53, 80, 443, 8000, 8080, 9090, 65535);

const numberedPort: fc.Arbitrary<PortPlan> = fc.oneof(
  { weight: 5, arbitrary: fc.tuple(protocol, number).map(([each, first]) => ({ protocol: each, first, last: first })) },
  {
    weight: 3,
    arbitrary: fc.tuple(protocol, number, fc.integer({ min: 1, max: 100 })).map(([each, first, more]) => ({
      protocol: each,
      first,
      last: Math.min(first + more, 65535),
    })),
  },
  { weight: 1, arbitrary: protocol.map((all) => ({ all })) },
  { weight: 1, arbitrary: fc.constant({ all: 'traffic' as const }) },
);

const port: fc.Arbitrary<PortPlan> = fc.oneof(
  { weight: 3, arbitrary: numberedPort },
  {
    weight: 1,
    arbitrary: fc.constantFrom<PortPlan>(
      { protocol: 'TCP', name: 'http' },
      { protocol: 'TCP', name: 'metrics' },
      { protocol: 'UDP', name: 'quic' },
    ),
  },
);
export const ports = fc.array(port, { minLength: 1, maxLength: 2 });

/** Documentation, private, those that hold pods, Services, nodes, the API server or a metadata service, and everything. */
export const BLOCKS = {
  ipv4: [
    '192.0.2.0/24',
    '10.0.0.0/8',
    '10.240.0.0/12',
    '192.168.0.0/16',
    '169.254.0.0/16',
    '203.0.113.7/32',
    '169.254.169.254/32',
    '0.0.0.0/0',
  ],
  ipv6: ['2001:db8::/32', 'fd00::/16', 'fd00:ec2::/32', '2001:db8::5/128', '::/0'],
};

type BlockPlan = Extract<PeerPlan, { kind: 'block' }>;

/** At most two parts are left out, each at most a quarter: something always stays. */
export function block(blocks: readonly string[]): fc.Arbitrary<BlockPlan> {
  const part = fc.tuple(fc.integer({ min: 2, max: 12 }), fc.nat(4095));
  const left = fc.oneof(
    { weight: 1, arbitrary: fc.constant([]) },
    { weight: 9, arbitrary: fc.array(part, { minLength: 1, maxLength: 2 }) },
  );
  return fc.tuple(fc.constantFrom(...blocks), left, sometimes(0.2)).map(([whole, parts, holdsPods]) => {
    const excluding = new Set(parts.map(([bits, position]) => partOf(whole, bits, position)));
    return { kind: 'block', block: whole, excluding: [...excluding].filter((each) => each !== whole), holdsPods };
  });
}

export const place: fc.Arbitrary<PlacePlan> = fc.oneof(
  {
    weight: 2,
    arbitrary: fc.constantFrom('monitoring', 'queue').map((namespace) => ({ by: 'name' as const, namespace })),
  },
  {
    weight: 1,
    arbitrary: fc
      .constantFrom<Labels>({ team: 'red' }, { team: 'green' }, { env: 'prod' })
      .map((each) => ({ by: 'labels' as const, labels: each })),
  },
);
