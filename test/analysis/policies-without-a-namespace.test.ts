import { type ManifestOptions, readManifests } from '../../lib/analysis';
import { podSetText } from '../../lib/model/pod-set';

type Json = Readonly<Record<string, unknown>>;

function object(apiVersion: string, kind: string, namespace?: string, spec: Json = {}): Json {
  return { apiVersion, kind, metadata: { name: 'a', ...(namespace && { namespace }) }, spec };
}

const POD = object('v1', 'Pod', 'x', { containers: [] });
const networkPolicy = (spec: Json) => object('networking.k8s.io/v1', 'NetworkPolicy', undefined, spec);
const ciliumPolicy = (...specs: Json[]) => ({
  ...object('cilium.io/v2', 'CiliumNetworkPolicy'),
  spec: undefined,
  specs,
});
const CLOSED = networkPolicy({ podSelector: { matchLabels: { app: 'a' } }, policyTypes: ['Ingress'] });

/** What is in doubt, and of which pods; the policy is not counted, since nobody knows where it lands. */
function inDoubt(policy: Json, beside: Json = POD, options: ManifestOptions = {}) {
  const { unread, rules, isolations, others, policies, problems } = readManifests([policy, beside], options);
  expect(problems).toEqual([]);
  if (unread.length > 0) expect([rules, isolations, others, policies]).toEqual([[], [], [], 0]);
  else expect(policies).toBe(1);
  return unread.map(({ subject, directions, effect, problem }) => [
    podSetText(subject),
    directions,
    effect,
    problem.rule,
  ]);
}

describe('a policy without a namespace', () => {
  it('may land in any where other objects say theirs', () => {
    const anywhere = [['{*}/{app=a}', ['ingress'], 'both', 'no-namespace']];
    expect(inDoubt(CLOSED)).toEqual(anywhere);
    expect(inDoubt(CLOSED, object('v1', 'Namespace'))).toEqual(anywhere);
    expect(inDoubt(CLOSED, object('v1', 'Service', 'x', { ports: [] }))).toEqual(anywhere);
    expect(inDoubt(CLOSED, object('kubevirt.io/v1', 'VirtualMachine', 'x'))).toEqual(anywhere);
    expect(inDoubt(CLOSED, object('crd.projectcalico.org/v1', 'NetworkSet', 'x'))).toEqual(anywhere);
    expect(inDoubt(CLOSED, object('cilium.io/v2', 'CiliumEndpoint', 'x'))).toEqual([]);
  });

  it('lands where it is told, and in the default one where nothing says another', () => {
    const podWithout = object('v1', 'Pod', undefined, { containers: [] });
    expect(inDoubt(CLOSED, POD, { defaultNamespace: 'x' })).toEqual([]);
    expect(inDoubt(CLOSED, podWithout)).toEqual([]);
    expect(inDoubt(CLOSED, { ...podWithout, metadata: { name: 'a', namespace: '' } })).toEqual([]);
    expect(inDoubt(CLOSED, object('v1', 'ConfigMap', 'x'))).toEqual([]);
  });

  it('is about the directions that it says', () => {
    expect(inDoubt(networkPolicy({ podSelector: {}, policyTypes: ['Egress'] }))).toEqual([
      ['{*}/{*}', ['egress'], 'both', 'no-namespace'],
    ]);
    expect(inDoubt(networkPolicy({ podSelector: {}, policyTypes: ['Egress', 'Ingress'] }))).toMatchObject([
      ['{*}/{*}', ['ingress', 'egress'], 'both', 'no-namespace'],
    ]);
  });

  it('is about all pods where it selects different ones', () => {
    const about = (app: string) => ({ endpointSelector: { matchLabels: { app } }, ingress: [{}] });
    const anywhere = (pods: string) => [[`{*}/${pods}`, ['ingress'], 'both', 'no-namespace']];
    expect(inDoubt(ciliumPolicy(about('a'), about('a')))).toEqual(anywhere('{app=a}'));
    expect(inDoubt(ciliumPolicy(about('a'), about('b')))).toEqual(anywhere('{*}'));
  });

  it('may say anything where it is not read whole', () => {
    const unread = { endpointSelector: { matchLabels: { app: 'a' } }, ingress: [{ fromGroups: [{}] }] };
    expect(inDoubt(ciliumPolicy(unread)).map(([, directions]) => directions)).toEqual([['ingress', 'egress']]);
  });

  it('is refused where it is wrong, and leaves nothing in doubt', () => {
    const { problems, unread } = readManifests([networkPolicy({ podSelector: 5 }), POD]);
    expect(problems.map(({ rule }) => rule)).toEqual(['label-selector']);
    expect(unread).toEqual([]);
  });
});

describe('an object that is there twice', () => {
  const twice = (second: Json, options: ManifestOptions = {}) => {
    const { problems, notes, objects } = readManifests([POD, second], options);
    expect(objects).toBe(2);
    return { problems: problems.map(({ what }) => what), notes: notes.map(({ where, what }) => [where, what]) };
  };

  it('is noted where it is the same', () => {
    const sourceOf = (index: number) => `${index}.yaml`;
    expect(twice(POD)).toEqual({ problems: [], notes: [['Pod x/a', 'There is the same Pod x/a']] });
    expect(twice(POD, { sourceOf })).toEqual({
      problems: [],
      notes: [['1.yaml: Pod x/a', 'There is the same Pod x/a in 0.yaml']],
    });
  });

  it('is a problem where it is another', () => {
    expect(twice({ ...POD, spec: { containers: [], hostNetwork: true } })).toEqual({
      problems: ['There is another Pod x/a, and the cluster keeps one of the two'],
      notes: [],
    });
  });
});
