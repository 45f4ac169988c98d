import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, Chart } from 'cdk8s';
import { Pods, PolicyGraph, Port, Tier, ZeroTrust, ZeroTrustNamespace } from '../../lib';
import { ZeroTrustError } from '../../lib/model/problem';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'compare-'));
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

function shop(...reasons: string[]): App {
  const app = new App({ outdir: join(folder, 'dist') });
  const namespace = new ZeroTrustNamespace(new Chart(app, 'shop'), 'shop', { purpose: 'shop' });
  const tier = (name: string) =>
    new Tier(namespace, name, { pods: Pods.labeled({ app: name }), ports: [Port.tcp(80)], dns: false });
  const [web, store] = [tier('web'), tier('store')];
  for (const because of reasons) web.connections.allowTo(store, { because });
  return app;
}

function problemOf(act: () => unknown) {
  try {
    act();
  } catch (error) {
    if (error instanceof ZeroTrustError) return error.problems[0];
    throw error;
  }
  throw new Error('it was not refused');
}

describe('comparing with what another branch rendered', () => {
  it.each(['dist', 'dist/graph.json'])('reads the graph in %s', (path) => {
    ZeroTrust.render(shop('orders are placed'));
    const same = PolicyGraph.compare(join(folder, path), shop('orders are placed'));
    expect(same.isEmpty).toBe(true);
    expect(same.toMarkdown()).toBe('The policy graph is the same.\n');
    expect(PolicyGraph.compare(join(folder, path), shop('orders are kept')).changed).toHaveLength(1);
  });

  it('gives Markdown that counts and shows what came and went', () => {
    ZeroTrust.render(shop('orders are placed'));
    expect(PolicyGraph.compare(join(folder, 'dist'), shop()).toMarkdown()).toBe(
      [
        'Policy graph: 1 flow removed.',
        '',
        '```diff',
        '- shop/web      -> shop/store   TCP/80  orders are placed',
        '```',
        '',
      ].join('\n'),
    );
  });

  it('lets no reason end the block', () => {
    ZeroTrust.render(shop('orders are placed'));
    const text = PolicyGraph.compare(join(folder, 'dist'), shop('it is ```` a trick')).toMarkdown();
    expect(text.match(/^`+/gm)).toEqual(['`````', '`````']);
    expect(text).toMatch(/^Policy graph: 1 flow changed\.$/m);
  });

  it('names the file that is not there, and the place that is wrong in one that is', () => {
    expect(problemOf(() => PolicyGraph.compare(join(folder, 'none'), shop()))).toMatchObject({
      rule: 'graph-file',
      where: join(folder, 'none'),
    });
    writeFileSync(join(folder, 'graph.json'), '{"schema":"cdk8s-zero-trust/policy-graph/v1"}');
    expect(problemOf(() => PolicyGraph.ofFolder(folder))?.where).toContain(`${join(folder, 'graph.json')}: $`);
  });
});
