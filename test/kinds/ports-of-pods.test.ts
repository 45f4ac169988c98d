import * as fc from 'fast-check';
import { readManifests } from '../../lib/analysis';

type Port = Readonly<Record<string, unknown>>;

interface PodOf {
  readonly containers: readonly (readonly Port[])[];
  readonly sidecars: readonly (readonly Port[])[];
}

describe('the ports of pods, of which many are alike', () => {
  // Few values, so that equal lists are frequent, and wrong ones stand beside right ones.
  const port = fc.record(
    {
      name: fc.constantFrom('http', '', 7),
      containerPort: fc.constantFrom(80, 8080, 'http', null),
      protocol: fc.constantFrom('TCP', 'UDP', 'tcp'),
    },
    { requiredKeys: ['containerPort'] },
  );
  const containers = fc.array(fc.array(port, { maxLength: 2 }), { maxLength: 2 });
  const pod = fc.record({ containers, sidecars: containers });

  it('are read of all together as of each alone', () => {
    fc.assert(
      fc.property(fc.array(pod, { minLength: 2, maxLength: 6 }), (pods) => {
        const objects = pods.map(podObject);
        const together = readManifests(objects);
        const alone = objects.map((object) => readManifests([object]));
        expect(together.world.workloads).toEqual(alone.flatMap(({ world }) => world.workloads));
        expect(together.problems).toEqual(alone.flatMap(({ problems }) => problems));
      }),
    );
  });

  it('are refused at each place where they are wrong', () => {
    const wrong: PodOf = { containers: [[{ containerPort: 'http' }]], sidecars: [] };
    const { problems } = readManifests([wrong, wrong].map(podObject), {
      sourceOf: (index, path = []) => `${index}: ${path.join('.')}`,
    });
    expect(problems.map(({ where }) => where?.split(': Pod')[0])).toEqual([
      '0: spec.containers.0.ports.0.containerPort',
      '1: spec.containers.0.ports.0.containerPort',
    ]);
  });

  it('are those of an init container only where it has them', () => {
    const ports = [{ name: 'http', containerPort: 80 }];
    const { world } = readManifests(
      [
        { containers: [ports], sidecars: [] },
        { containers: [[]], sidecars: [ports] },
        { containers: [ports], sidecars: [] },
      ].map(podObject),
    );
    const read = { name: 'http', protocol: 'TCP', number: 80 };
    expect(world.workloads.map((workload) => workload.ports)).toEqual([[read], [{ ...read, of: 'sidecar' }], [read]]);
  });
});

function podObject({ containers, sidecars }: PodOf, i: number): object {
  const named = (lists: PodOf['containers'], prefix: string, more: object) =>
    lists.map((ports, at) => ({ name: `${prefix}-${at}`, ports, ...more }));
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: `pod-${i}`, namespace: 'a' },
    spec: {
      containers: named(containers, 'main', {}),
      initContainers: named(sidecars, 'beside', { restartPolicy: 'Always' }),
    },
  };
}
