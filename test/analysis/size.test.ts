import { bigObjects } from '../../bench/worlds/big-objects';
import { connectivity, planeOf, readManifests } from '../../lib/analysis';
import { howMany } from '../how-many';

/** A quarter of what etcd takes in one request: what grows with the square takes minutes of it. Mutants get less. */
const LARGE = howMany(400_000);

/** More than a function can have arguments. */
const MANY = howMany(130_000);

const pods = ['a', 'b'].map((namespace) => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: 'p', namespace, labels: { a: 'v1' } },
  spec: { containers: [{ name: 'c' }] },
}));

describe('a large object', () => {
  it.each(Object.entries(bigObjects))('is read, and decided within seconds: %s', (_, make) => {
    const n = Math.floor(LARGE / (JSON.stringify(make(1_000)).length / 1_000));
    const read = readManifests([make(n), ...pods]);
    expect(read.problems).toEqual([]);
    const { plane } = planeOf(read);
    expect(() => connectivity(read.world, plane).pairs()).not.toThrow();
  });

  it('takes more entries than a function can have arguments', () => {
    const read = readManifests([bigObjects['blocks of a CiliumNetworkPolicy'](MANY)]);
    expect(read.problems).toEqual([]);
    const [peer] = read.others.flatMap(({ rules }) => rules.flatMap(({ peers }) => peers));
    expect(peer?.kind === 'addresses' && peer.addresses.v4).toHaveLength(MANY);
  });

  it('is reported with all that is wrong in it, and with a message that can be read', () => {
    const ports = Array.from({ length: MANY }, () => ({ port: '-' }));
    const spec = { podSelector: {}, policyTypes: ['Ingress'], ingress: [{ ports }] };
    const policy = { apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy', metadata: { name: 'x' }, spec };
    expect(readManifests([policy]).problems).toHaveLength(MANY);
  });
});
