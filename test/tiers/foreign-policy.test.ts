import { ApiObject, Chart } from 'cdk8s';
import {
  ForeignPolicy,
  type IPeer,
  Pods,
  PolicyGraph,
  PolicyProof,
  Port,
  Tier,
  type ZeroTrustNamespace,
} from '../../lib';
import { asked, namespace } from './scenario';

const because = 'the operator manages replicas';
const operator = Pods.labeled({ app: 'operator' }).inNamespace('operators').ownedBy('platform team');

/** A policy that somebody else wrote: it lets the operator reach these pods of the namespace `data` on every port. */
function foreignPolicy(space: ZeroTrustNamespace, matchLabels: object): ApiObject {
  return new ApiObject(Chart.of(space), 'foreign', {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: { name: 'foreign', namespace: 'data' },
    spec: {
      podSelector: { matchLabels },
      ingress: [
        {
          from: [
            {
              namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'operators' } },
              podSelector: { matchLabels: { app: 'operator' } },
            },
          ],
        },
      ],
    },
  });
}

function workload(space: ZeroTrustNamespace, name: string): ApiObject {
  return new ApiObject(space, `${name}-workload`, {
    apiVersion: 'apps/v1',
    kind: 'StatefulSet',
    metadata: { name, namespace: 'data' },
    spec: { template: { metadata: { labels: { app: name } }, spec: { containers: [{ name: 'c' }] } } },
  });
}

/** Two databases that were given as workloads, and a policy of others over the pods with these labels. */
function databases(matchLabels: object) {
  const space = namespace('data', { dns: true });
  const [postgres, redis] = ['postgres', 'redis'].map((name) => {
    const object = workload(space, name);
    new Tier(space, name, { pods: Pods.of(object) });
    return object;
  }) as [ApiObject, ApiObject];
  const policy = foreignPolicy(space, matchLabels);
  const declare = (destination: IPeer) =>
    ForeignPolicy.declare(policy, [{ source: operator, destination, because, ports: [Port.allTraffic()] }]);
  return { space, postgres, redis, declare };
}

describe('a policy of others that is declared by a workload', () => {
  it('is proved where it selects the pods of the tier of that workload', () => {
    const { space, postgres, declare } = databases({ 'cdk8s-zero-trust/tier': 'postgres' });
    expect(PolicyProof.of(space).isProved).toBe(false);
    declare(Pods.of(postgres));
    expect(PolicyProof.of(space).witnesses).toEqual([]);
    expect(asked(space).passes('operators/app=operator', 'data/cdk8s-zero-trust/tier=postgres', 5432)).toBe(true);
    expect(PolicyGraph.of(space).toText()).toContain(
      `a policy of others lets in from operators/{app=operator} on *: ${because}`,
    );
  });

  it('is not proved where it selects the pods of another workload', () => {
    const { space, redis, declare } = databases({ 'cdk8s-zero-trust/tier': 'postgres' });
    declare(Pods.of(redis));
    expect(PolicyProof.of(space).isProved).toBe(false);
  });

  it('stands for the pods that the workload renders, where it has no tier', () => {
    const make = (name: string) => {
      const space = namespace('data', { acknowledge: [{ rule: 'pods-without-tier', because }] });
      new Tier(space, 'redis', { pods: Pods.labeled({ app: 'redis' }) });
      const policy = foreignPolicy(space, { app: 'postgres' });
      const destination = Pods.of(workload(space, name));
      ForeignPolicy.declare(policy, [{ source: operator, destination, because, ports: [Port.allTraffic()] }]);
      return PolicyProof.of(space);
    };
    expect(make('postgres').isProved).toBe(true);
    expect(make('mongo').isProved).toBe(false);
  });
});

describe('a policy of others that is declared for a namespace', () => {
  it('is proved for every pod of it, also while it has no tier', () => {
    const space = namespace('data');
    const policy = foreignPolicy(space, {});
    expect(PolicyProof.of(space).isProved).toBe(false);
    ForeignPolicy.declare(policy, [{ source: operator, destination: space, because, ports: [Port.allTraffic()] }]);
    expect(PolicyProof.of(space).witnesses).toEqual([]);
  });

  it('is not proved for a namespace that it does not touch', () => {
    const space = namespace('data');
    const policy = foreignPolicy(space, {});
    const other = namespace('other', {}, Chart.of(space));
    ForeignPolicy.declare(policy, [{ source: operator, destination: other, because, ports: [Port.allTraffic()] }]);
    expect(PolicyProof.of(space).isProved).toBe(false);
  });
});
