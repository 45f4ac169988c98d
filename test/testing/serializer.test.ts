import { PolicyGraph } from '../../lib/graph';
import { canonical } from '../../lib/graph/graph-data';
import { policyGraphSerializer } from '../../lib/testing';
import * as serializer from '../../lib/testing/serializer';
import { clusterOf } from '../graph/clusters';
import { mesh } from '../graph/graphs';

expect.addSnapshotSerializer(policyGraphSerializer);

describe('the snapshot serializer', () => {
  const small = PolicyGraph._from(
    canonical({ ...mesh(), cluster: clusterOf('kubernetes'), namespaces: [], tiers: [], flows: [] }),
  );

  it('makes a policy graph read as its text form', () => {
    expect(small).toMatchInlineSnapshot(`
policy graph for kubernetes

cluster
  DNS             CoreDNS; kube-system/{k8s-app=kube-dns} [cluster DNS] TCP/53 UDP/53
  address blocks  may match pods by their addresses

flows: none
`);
  });

  it('makes a difference read as its text form', () => {
    expect(small.difference(small)).toMatchInlineSnapshot(`no difference`);
  });

  it('indents a graph that stands inside another value', () => {
    expect({ graph: small, text: 'x' }).toMatchInlineSnapshot(`
{
  "graph": policy graph for kubernetes

  cluster
    DNS             CoreDNS; kube-system/{k8s-app=kube-dns} [cluster DNS] TCP/53 UDP/53
    address blocks  may match pods by their addresses

  flows: none,
  "text": "x",
}
`);
  });

  it('leaves every other value to jest', () => {
    for (const other of [null, undefined, 'text', 1, {}, [], { toText: () => 'x' }]) {
      expect(policyGraphSerializer.test(other)).toBe(false);
    }
  });

  it('is a module that jest takes for a serializer as it is, by its path in the option snapshotSerializers', () => {
    expect(typeof serializer.test).toBe('function');
    expect(typeof serializer.serialize).toBe('function');
    expect(serializer.test(small)).toBe(true);
  });
});
