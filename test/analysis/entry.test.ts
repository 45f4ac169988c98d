import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as analysis from '../../lib/analysis/entry';

const pods = ['agent', 'vectors'].map((name) => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name, namespace: 'ai', labels: { app: name } },
  spec: { containers: [{ name: 'main' }] },
}));

const toTools = {
  apiVersion: 'networking.k8s.io/v1',
  kind: 'NetworkPolicy',
  metadata: { name: 'agent', namespace: 'ai' },
  spec: {
    podSelector: { matchLabels: { app: 'agent' } },
    policyTypes: ['Egress'],
    egress: [{ to: [{ ipBlock: { cidr: '10.0.0.0/8' } }] }],
  },
};

describe('the analysis entry', () => {
  it('has the names that a user writes, and no others', () => {
    expect(Object.keys(analysis).sort()).toEqual([
      'ZeroTrustError',
      'addressesText',
      'connectivity',
      'differences',
      'explain',
      'explanationText',
      'exposure',
      'portsText',
      'problemText',
      'reach',
      'read',
      'readObjects',
      'readText',
      'waysIn',
    ]);
  });

  it('reads files, texts and objects alike', () => {
    const folder = mkdtempSync(join(tmpdir(), 'entry-'));
    const text = [...pods, toTools].map((object) => JSON.stringify(object)).join('\n---\n');
    try {
      writeFileSync(join(folder, 'm.yaml'), text);
      const read = [analysis.read(folder), analysis.readText(text), analysis.readObjects([...pods, toTools])];
      for (const manifests of read) {
        expect(manifests.problems).toEqual([]);
        expect(analysis.connectivity(manifests).counts()).toEqual({ must: 1, may: 2 });
        expect(manifests.written).toHaveLength(3);
      }
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it('is certain of blocks where it is told which addresses pods have', () => {
    const asked = { from: 'ai/Pod/agent', to: 'ai/Pod/vectors', protocol: 'TCP', port: 80 } as const;
    const read = (podCidrs?: readonly string[]) =>
      analysis.readObjects([...pods, toTools], { engine: 'calico', ...(podCidrs && { podCidrs }) });
    expect(analysis.explain(read(), asked).allowed).toEqual({ must: false, may: true });
    expect(analysis.explain(read(['10.244.0.0/16']), asked).allowed).toEqual({ must: true, may: true });
    expect(analysis.explain(read(['172.16.0.0/16']), asked).allowed).toEqual({ must: false, may: false });
    expect(analysis.reach(read(['172.16.0.0/16']), 'ai/Pod/agent').reached).toEqual([]);
    const [before, after] = [read(['172.16.0.0/16']), read(['10.244.0.0/16'])];
    expect(analysis.differences(before, after).changes.filter(({ to }) => to.kind === 'workloads')).toMatchObject([
      { kind: 'added' },
    ]);
  });

  it('takes several paths, and counts the objects that it is given', () => {
    const folder = mkdtempSync(join(tmpdir(), 'entry-'));
    try {
      pods.forEach((object, i) => {
        writeFileSync(join(folder, `${i}.yaml`), JSON.stringify(object));
      });
      const paths = [join(folder, '0.yaml'), join(folder, '1.yaml')];
      expect(analysis.read(paths).world.workloads).toHaveLength(2);
    } finally {
      rmSync(folder, { recursive: true });
    }
    const { written } = analysis.readObjects([...pods, toTools]);
    expect(written.map(({ sourceOf }) => sourceOf([]))).toEqual(['object 1', 'object 2', 'object 3']);
    expect(written[2].object).toBe(toTools);
  });

  it('reads as it is told: the engine, its version, its way with blocks, the namespace of what names none', () => {
    const asked = { from: 'ai/Pod/agent', to: 'ai/Pod/vectors', protocol: 'TCP', port: 80 } as const;
    const allowed = (options: analysis.ReadOptions) =>
      analysis.explain(analysis.readObjects([...pods, toTools], options), asked).allowed;
    expect(allowed({})).toEqual({ must: false, may: true });
    expect(allowed({ ipBlockMode: 'external-only' })).toEqual({ must: false, may: false });
    expect(allowed({ engine: 'cilium' })).toEqual({ must: false, may: false });

    const guardrail = {
      apiVersion: 'policy.networking.k8s.io/v1alpha2',
      kind: 'ClusterNetworkPolicy',
      metadata: { name: 'deny' },
      spec: { tier: 'Admin', priority: 1, subject: { namespaces: {} } },
    };
    // Antrea enforces the kind from 2.7 on.
    const ofAntrea = (version: string) => analysis.readObjects([guardrail], { engine: 'antrea', version });
    expect(ofAntrea('2.7')).toMatchObject({ engine: 'antrea', problems: [] });
    expect(ofAntrea('2.6').problems).toHaveLength(1);
    expect(analysis.readObjects([], {}).engine).toBe('kubernetes');

    const nowhere = { ...pods[0], metadata: { name: 'agent' } };
    const ids = (options: analysis.ReadOptions) => [
      ...analysis.readObjects([nowhere], options).world.workloads.map(({ id }) => id),
      ...analysis.readText(JSON.stringify(nowhere), 'in.yaml', options).world.workloads.map(({ id }) => id),
    ];
    expect(ids({})).toEqual(['default/Pod/agent', 'default/Pod/agent']);
    expect(ids({ defaultNamespace: 'team' })).toEqual(['team/Pod/agent', 'team/Pod/agent']);
  });

  it('tells ways in, openings, and what is reached within some hops', () => {
    const service = {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name: 'vectors', namespace: 'ai' },
      spec: { type: 'NodePort', selector: { app: 'vectors' }, ports: [{ port: 80 }] },
    };
    const manifests = analysis.readObjects([...pods, service]);
    expect(analysis.waysIn(manifests).ways.map(({ object }) => object)).toEqual(['Service ai/vectors']);
    expect(analysis.exposure(manifests).flatMap(({ workloads }) => workloads)).toEqual([
      'ai/Pod/agent',
      'ai/Pod/vectors',
    ]);
    const reached = (hops?: number) =>
      analysis.reach(manifests, 'ai/Pod/agent', { ...(hops !== undefined && { hops }) }).reached.length;
    expect([reached(), reached(1), reached(0)]).toEqual([1, 1, 0]);
  });

  it('reports what is wrong, and throws nothing for it', () => {
    const { problems } = analysis.readText('kind: [');
    expect(problems.map(analysis.problemText).join('\n')).toContain('text');
  });
});
