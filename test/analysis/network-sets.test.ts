import { readManifests } from '../../lib/analysis';
import { podSetText } from '../../lib/model/pod-set';

type Json = Readonly<Record<string, unknown>>;

/** A set as Calico stores it, whose addresses nobody here reads. */
function set(kind: 'NetworkSet' | 'GlobalNetworkSet', labels: Json | undefined, namespace?: string): Json {
  const metadata = { name: 'set', ...(labels && { labels }), ...(namespace && { namespace }) };
  return { apiVersion: 'crd.projectcalico.org/v1', kind, metadata, spec: { nets: ['192.0.2.0/24'] } };
}

/** A policy of Calico that does this to what has `role: db`. */
function policy(action: string, namespace?: string, destination: Json = { selector: "role == 'db'" }): Json {
  return {
    apiVersion: 'projectcalico.org/v3',
    kind: namespace === undefined ? 'GlobalNetworkPolicy' : 'NetworkPolicy',
    metadata: { name: 'p', ...(namespace && { namespace }) },
    spec: { selector: "app == 'a'", types: ['Egress'], egress: [{ action, destination }] },
  };
}

function inDoubt(...objects: readonly Json[]) {
  const { unread, problems } = readManifests(objects);
  expect(problems).toEqual([]);
  return unread.map(({ subject, directions, effect, problem }) => [
    podSetText(subject),
    directions,
    effect,
    problem.what,
  ]);
}

const IN_CLUSTER = set('GlobalNetworkSet', { role: 'db' });
const IN_X = set('NetworkSet', { role: 'db' }, 'x');

describe('a set of addresses that is not read', () => {
  it('means nothing where no policy selects it', () => {
    expect(inDoubt(IN_CLUSTER)).toEqual([]);
    expect(inDoubt(set('GlobalNetworkSet', { role: 'web' }), policy('Allow'))).toEqual([]);
    expect(inDoubt(set('GlobalNetworkSet', undefined), policy('Allow'))).toEqual([]);
  });

  it.each([
    ['Allow', 'opens'],
    ['Deny', 'closes'],
    ['Pass', 'both'],
  ])('leaves in doubt the pods of a policy that selects it: %s', (action, effect) => {
    const [[subject, directions, found, what], ...others] = inDoubt(IN_CLUSTER, policy(action));
    expect(others).toEqual([]);
    expect([subject, directions, found]).toEqual([expect.stringContaining('app=a'), ['egress'], effect]);
    expect(what).toMatch(/; GlobalNetworkPolicy p selects it$/);
  });

  it('is selected from its own namespace and from policies of the cluster, and from no other namespace', () => {
    expect(inDoubt(IN_X, policy('Allow'))).toHaveLength(1);
    expect(inDoubt(IN_X, policy('Allow', 'x'))).toHaveLength(1);
    expect(inDoubt(IN_X, policy('Allow', 'y'))).toEqual([]);
  });

  it('is selected by a namespaceSelector where it is in a namespace that has it', () => {
    const destination = { selector: "role == 'db'", namespaceSelector: "kubernetes.io/metadata.name == 'x'" };
    expect(inDoubt(IN_X, policy('Allow', 'y', destination))).toHaveLength(1);
    expect(inDoubt(set('NetworkSet', { role: 'db' }, 'z'), policy('Allow', 'y', destination))).toEqual([]);
    expect(inDoubt(IN_CLUSTER, policy('Allow', 'y', destination))).toEqual([]);
  });

  it('of the cluster is selected from no namespace, and by global()', () => {
    const global = { selector: "role == 'db'", namespaceSelector: 'global()' };
    expect(inDoubt(IN_CLUSTER, policy('Allow', 'x'))).toEqual([]);
    expect(inDoubt(IN_CLUSTER, policy('Allow', 'x', global))).toHaveLength(1);
    expect(inDoubt(IN_CLUSTER, policy('Allow', undefined, global))).toHaveLength(1);
    expect(inDoubt(IN_X, policy('Allow', undefined, global))).toEqual([]);
  });

  it('is named once for the pods, direction and action of each policy', () => {
    const rule = { action: 'Allow', destination: { selector: "role == 'db'" } };
    const twice = { ...policy('Allow'), spec: { selector: "app == 'a'", types: ['Egress'], egress: [rule, rule] } };
    expect(inDoubt(IN_CLUSTER, twice)).toHaveLength(1);
  });

  it('has no labels but those that are text', () => {
    const numbers = policy('Allow', undefined, { selector: 'has(role)' });
    expect(inDoubt(set('GlobalNetworkSet', { role: 1 }), numbers)).toEqual([]);
    expect(inDoubt(set('GlobalNetworkSet', { role: 'a' }), numbers)).toHaveLength(1);
  });
});
