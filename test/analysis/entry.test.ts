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

  it('reports what is wrong, and throws nothing for it', () => {
    const { problems } = analysis.readText('kind: [');
    expect(problems.map(analysis.problemText).join('\n')).toContain('text');
  });
});
