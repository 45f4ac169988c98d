import type { Behaviour, Manifest, Probe } from './behaviour';
import { behaviours, refusals } from './behaviours';
import { type Connects, evaluators } from './evaluators';
import { expectedOf, truthTable } from './reachability';
import { clusterWithoutPolicies, manifestsAt } from './world';

const titled = behaviours.map((behaviour) => [`${behaviour.context} ${behaviour.name}`, behaviour] as const);
const everythingConnected = truthTable(() => true);

describe.each(evaluators)('what Kubernetes tests of network policy, by $name', ({ read }) => {
  it.each(titled)('%s', (_, behaviour) => {
    for (const { manifests, probe } of probesOf(behaviour)) {
      expect(truthTable(by(read(manifests), probe))).toEqual(truthTable(expectedOf(probe)));
    }
  });

  it('connects everything without policies, so that each table above is a finding', () => {
    const connects = read(clusterWithoutPolicies());
    for (const [, behaviour] of titled) {
      for (const { probe } of probesOf(behaviour)) {
        expect(truthTable(by(connects, probe))).toEqual(everythingConnected);
      }
    }
  });

  it.each(titled.filter(([, behaviour]) => neverDenies(behaviour)))(
    'it is the rules that let everything through: without them something closes in "%s"',
    (_, behaviour) => {
      for (const { manifests, probe } of probesOf(behaviour)) {
        expect(truthTable(by(read(manifests.map(withoutRules)), probe))).not.toEqual(everythingConnected);
      }
    },
  );
});

describe('the table of behaviours', () => {
  it('has the 48 that upstream tests with traffic, each once, and the two of the API', () => {
    expect(new Set(titled.map(([title]) => title)).size).toBe(48);
    expect(behaviours).toHaveLength(48);
    expect(behaviours.filter(({ context }) => context.endsWith('UDP'))).toHaveLength(3);
    expect(behaviours.filter(({ context }) => context.endsWith('SCTP'))).toHaveLength(3);
    expect(refusals).toHaveLength(2);
  });

  it('differs from "no policy" everywhere but where upstream tests that a rule allows everything', () => {
    expect(behaviours.filter(neverDenies).map(({ name }) => name)).toEqual([
      'should support allow-all policy',
      'should enforce policy to allow ingress traffic from pods in all namespaces',
    ]);
  });

  it('is as upstream prints it, where upstream prints it', () => {
    const printed = behaviours.find(({ name }) =>
      name.startsWith('should support denying of egress traffic on the client'),
    );
    expect(printed?.steps.map(({ probes }) => truthTable(expectedOf(probes[0])))).toEqual([
      [
        '     x/a x/b x/c y/a y/b y/c z/a z/b z/c',
        'x/a       X   X   .   X   X   X   X   X',
        'x/b   .       .   X   X   .   .   .   .',
        'x/c   .   .       X   X   .   .   .   .',
        'y/a   .   .   .       X   .   .   .   .',
        'y/b   .   .   .   X       .   .   .   .',
        'y/c   .   .   .   X   X       .   .   .',
        'z/a   .   .   .   X   X   .       .   .',
        'z/b   .   .   .   X   X   .   .       .',
        'z/c   .   .   .   X   X   .   .   .',
      ],
    ]);
  });
});

/** Each probe of each step, with the cluster as it is then. */
function probesOf(behaviour: Behaviour): { manifests: Manifest[]; probe: Probe }[] {
  return behaviour.steps.flatMap(({ probes }, step) =>
    probes.map((probe) => ({ manifests: manifestsAt(behaviour, step), probe })),
  );
}

function by(connects: Connects, { protocol, port }: Probe) {
  return (from: string, to: string) => connects(from, to, protocol, port);
}

function neverDenies(behaviour: Behaviour): boolean {
  return probesOf(behaviour).every(({ probe }) => truthTable(expectedOf(probe)).join() === everythingConnected.join());
}

/** The same policy, without what it allows. */
function withoutRules(manifest: Manifest): Manifest {
  if (manifest.kind !== 'NetworkPolicy') return manifest;
  const { podSelector, policyTypes } = manifest.spec as Manifest;
  return { ...manifest, spec: { podSelector, policyTypes } };
}
