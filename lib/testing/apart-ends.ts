import { Construct } from 'constructs';
import type { ClusterFacts } from '../cluster/cluster-facts';
import { namedEnd } from '../deployment/flows/named-peers';
import { internetAddresses } from '../deployment/flows/outside-addresses';
import type { Endpoint } from '../model/endpoint';
import type { Plane } from '../model/layer';
import { ZeroTrustError } from '../model/problem';
import * as selectors from '../model/selector';
import type { World } from '../model/world';
import { Tier } from '../tiers';
import { Cluster } from '../values/cluster';
import { type IPeer, peerSpec } from '../values/peer';
import { resolveEnd, type TestEnd } from './ends';

/** An end of a path: what other matchers take, or a peer (`Internet.any()`, `Cidr`, `Pods`). */
export function apartEnd(end: TestEnd | IPeer, subject: unknown, world: World, plane: Plane): Endpoint {
  if (typeof end === 'string' || 'stranger' in end || end instanceof Tier) {
    return resolveEnd(end, 'end', world, plane).endpoint;
  }
  const spec = peerSpec(end);
  switch (spec.kind) {
    case 'block':
      return { kind: 'addresses', addresses: spec.addresses };
    case 'internet': {
      return { kind: 'addresses', addresses: internetAddresses(spec.families, factsOf(subject)), name: 'internet' };
    }
    case 'api-server':
    case 'nodes':
    case 'metadata':
    case 'host': {
      const { endpoint, problems } = namedEnd(spec, factsOf(subject));
      if (endpoint === undefined) throw new ZeroTrustError(problems);
      return endpoint;
    }
    case 'pods': {
      const pods = { namespaces: spec.namespaces ?? selectors.anything, pods: spec.pods };
      return { kind: 'pods', pods, owner: spec.owner ?? 'the test' };
    }
    default:
      throw new ZeroTrustError({
        rule: 'test-end',
        what: 'a whole namespace is not an end of a path',
        value: spec.kind,
        allowed: 'a tier, pods, addresses, the internet',
        fix: "Name pods: 'ai-data/*' for any of the namespace.",
      });
  }
}

function factsOf(subject: unknown): ClusterFacts {
  return (Construct.isConstruct(subject) ? Cluster.of(subject) : Cluster.kubernetes())._facts;
}
