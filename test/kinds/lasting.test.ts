import { type ManifestReading, readManifests, readText } from '../../lib/analysis';
import type { Isolation, Rule } from '../../lib/model/layer';

const OWNER = { apiVersion: 'apps/v1', kind: 'Deployment', name: 'store', uid: 'a1' };

/** A policy that lets one port in, with more metadata. */
function policy(metadata: object = {}): object {
  return {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: { name: 'store', namespace: 'data', ...metadata },
    spec: { podSelector: {}, policyTypes: ['Ingress'], ingress: [{ ports: [{ port: 5432 }] }] },
  };
}

function annotated(annotations: Readonly<Record<string, string>>): object {
  return policy({ annotations });
}

/** Everything that was read of policies, of whatever kind. */
function readOf({ rules, isolations, others }: ManifestReading): (Rule | Isolation)[] {
  return [...rules, ...isolations, ...others.flatMap((each) => [...each.rules, ...each.isolations])];
}

function expectCertain(reading: ManifestReading): void {
  expect(reading.problems).toEqual([]);
  expect(readOf(reading).length).toBeGreaterThan(0);
  for (const each of readOf(reading)) expect(each.isUncertain).toBeUndefined();
}

function expectDoubt(reading: ManifestReading, doubt: { readonly rule: string; readonly what: RegExp }): void {
  expect(reading.problems).toEqual([]);
  expect(readOf(reading).length).toBeGreaterThan(0);
  for (const each of readOf(reading)) {
    expect(each).toMatchObject({
      isUncertain: true,
      doubt: { rule: doubt.rule, what: expect.stringMatching(doubt.what) },
    });
  }
}

describe('a policy that tools of deployment leave out', () => {
  it.each([
    ['config.kubernetes.io/local-config', 'true'],
    ['config.kubernetes.io/local-config', ''],
    ['kustomize.toolkit.fluxcd.io/reconcile', 'disabled'],
    ['kustomize.toolkit.fluxcd.io/ssa', 'Ignore'],
  ])('by %s: "%s" may be there or not', (key, value) => {
    expectDoubt(readManifests([annotated({ [key]: value })]), { rule: 'policy-left-out', what: /from applying it/ });
  });

  it.each([
    ['config.kubernetes.io/local-config', 'false'],
    ['kustomize.toolkit.fluxcd.io/reconcile', 'enabled'],
    ['kustomize.toolkit.fluxcd.io/ssa', 'Merge'],
  ])('is there with %s: %s', (key, value) => expectCertain(readManifests([annotated({ [key]: value })])));
});

describe('a policy that is a hook', () => {
  it.each([
    ['argocd.argoproj.io/hook', 'Skip'],
    ['argocd.argoproj.io/hook', 'PreSync,PostSync'],
    ['argocd.argoproj.io/hook-delete-policy', 'HookSucceeded'],
    ['helm.sh/hook', 'test'],
  ])('by %s: %s may be there or not', (key, value) => {
    expectDoubt(readManifests([annotated({ [key]: value })]), { rule: 'policy-hook', what: /makes a hook of it/ });
  });

  it('says where the annotation stands', () => {
    const { rules } = readText(JSON.stringify(annotated({ 'helm.sh/hook': 'test' })), 'all.json');
    expect(rules[0]?.doubt?.where).toBe(
      "all.json, document 1, line 1: NetworkPolicy data/store: metadata.annotations['helm.sh/hook']",
    );
  });

  it('is in doubt on every engine', () => {
    const cilium = {
      apiVersion: 'cilium.io/v2',
      kind: 'CiliumNetworkPolicy',
      metadata: { name: 'store', namespace: 'data', annotations: { 'argocd.argoproj.io/hook': 'Skip' } },
      spec: { endpointSelector: {}, ingress: [{ fromEndpoints: [{}] }] },
    };
    expectDoubt(readManifests([cilium]), { rule: 'policy-hook', what: /Argo CD applies a hook/ });
  });

  it('is none by the wave in which it is applied, nor by who tracks it', () => {
    expectCertain(readManifests([annotated({ 'argocd.argoproj.io/sync-wave': '-20' })]));
    expectCertain(readManifests([annotated({ 'argocd.argoproj.io/tracking-id': 'a' })]));
  });
});

describe('a policy that belongs to another object', () => {
  const owned = policy({ ownerReferences: [OWNER] });
  const owner = (metadata: object) => ({
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'store', namespace: 'data', ...metadata },
    spec: { template: { metadata: { labels: { app: 'store' } }, spec: { containers: [{ name: 'main' }] } } },
  });

  it('is deleted where that is not there', () => {
    expectDoubt(readManifests([owned]), { rule: 'policy-owner', what: /Deployment store, which is not among/ });
  });

  it('stays where that is there, whether its identity is known or not', () => {
    expectCertain(readManifests([owned, owner({})]));
    expectCertain(readManifests([owned, owner({ uid: 'a1' })]));
  });

  it('is deleted where that is another one of the same name, or in another namespace', () => {
    expectDoubt(readManifests([owned, owner({ uid: 'b2' })]), { rule: 'policy-owner', what: /another one/ });
    expectDoubt(readManifests([owned, owner({ namespace: 'front' })]), { rule: 'policy-owner', what: /not among/ });
  });

  it('stays as long as one of its owners does', () => {
    const both = policy({ ownerReferences: [{ ...OWNER, name: 'gone' }, OWNER] });
    expectCertain(readManifests([both, owner({})]));
  });

  it('is deleted with a Job, which ends', () => {
    const job = { apiVersion: 'batch/v1', kind: 'Job', name: 'migrate', uid: 'c3' };
    const manifest = {
      apiVersion: 'batch/v1',
      kind: 'Job',
      metadata: { name: 'migrate', namespace: 'data' },
      spec: { template: { spec: { containers: [{ name: 'main' }] } } },
    };
    const reading = readManifests([policy({ ownerReferences: [job] }), manifest]);
    expectDoubt(reading, { rule: 'policy-owner', what: /which ends by itself/ });
  });
});

describe('workloads and namespaces that are hooks', () => {
  const hook = { annotations: { 'helm.sh/hook': 'test' } };
  const pod = (name: string, metadata: object = {}) => ({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, namespace: 'data', labels: { app: name }, ...metadata },
    spec: { containers: [{ name: 'c' }] },
  });
  const namespace = (metadata: object = {}) => ({
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: { name: 'data', ...metadata },
  });

  it('are reckoned with as others are, and noted', () => {
    const { world, notes, problems } = readManifests([namespace(hook), pod('probe', hook), pod('store'), policy()]);
    expect(problems).toEqual([]);
    expect(world.workloads.map(({ id }) => id)).toEqual(['data/Pod/probe', 'data/Pod/store']);
    expect(notes.map(({ rule, where }) => [rule, where])).toEqual([
      ['passing-object', 'Namespace data'],
      ['passing-object', 'Pod data/probe'],
    ]);
    expect(notes[1].what).toMatch(/makes a hook of it: Helm .* its pods are there only for a while/);
  });

  it('change nothing for others, nor make a policy that names them uncertain', () => {
    const without = readManifests([namespace(), pod('store'), policy()]);
    const reading = readManifests([namespace(), pod('store'), policy(), pod('probe', hook)]);
    expect(reading.rules).toEqual(without.rules);
    expect(reading.isolations).toEqual(without.isolations);
    expectCertain(reading);
    expect(without.notes).toEqual([]);
  });

  it('do not keep what belongs to them', () => {
    const owner = {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name: 'store', namespace: 'data', uid: 'a1' },
    };
    const owned = policy({ ownerReferences: [OWNER] });
    const spec = { template: { metadata: { labels: { app: 'store' } }, spec: { containers: [{ name: 'c' }] } } };
    expectCertain(readManifests([owned, { ...owner, spec }]));
    const passing = { ...owner, metadata: { ...owner.metadata, ...hook }, spec };
    expectDoubt(readManifests([owned, passing]), { rule: 'policy-owner', what: /or a hook/ });
  });
});
