import { App, Chart } from 'cdk8s';
import type { IConstruct } from 'constructs';
import { Pods, PolicyGraph, Port, Tier } from '../../lib';
import { flowsOf, namespace } from './scenario';

const because = 'each calls the next';

/** Three tiers in two charts: `one` calls `two` calls `three`, and `two` is scraped. */
function chain() {
  const app = new App();
  const front = new Chart(app, 'front');
  const back = new Chart(app, 'back');
  const web = namespace('web', { dns: false }, front);
  const store = namespace('store', { dns: false }, back);
  const tier = (space: typeof web, name: string) =>
    new Tier(space, name, { pods: Pods.labeled({ app: name }), ports: [Port.tcp(80)] });
  const [one, two, three] = [tier(web, 'one'), tier(web, 'two'), tier(store, 'three')];
  one.connections.allowTo(two, { because });
  two.connections.allowTo(three, { because });
  return { app, front, back, web, store, one, two, three };
}

const FIRST = 'web/one -> web/two TCP/80';
const SECOND = 'web/two -> store/three TCP/80';

describe('the graph of a scope', () => {
  it.each<[string, (scopes: ReturnType<typeof chain>) => IConstruct, string[], string[]]>([
    ['the app has everything', ({ app }) => app, [FIRST, SECOND], ['store', 'web']],
    ['a chart has what touches its tiers', ({ back }) => back, [SECOND], ['store', 'web']],
    ['another chart too', ({ front }) => front, [FIRST, SECOND], ['store', 'web']],
    ['a namespace has what touches its tiers', ({ store }) => store, [SECOND], ['store', 'web']],
    ['a tier has its own flows', ({ one }) => one, [FIRST], ['web']],
    ['a tier at both ends of flows has both', ({ two }) => two, [FIRST, SECOND], ['store', 'web']],
  ])('%s', (_, scopeOf, flows, namespaces) => {
    const scope = scopeOf(chain());
    expect(flowsOf(scope).sort()).toEqual([...flows].sort());
    const parsed = JSON.parse(PolicyGraph.of(scope).toJson()) as { namespaces: { name: string }[] };
    expect(parsed.namespaces.map(({ name }) => name)).toEqual(namespaces);
  });

  it('is not that of a construct beside all tiers', () => {
    const { app } = chain();
    expect(flowsOf(new Chart(app, 'empty'))).toEqual([]);
  });
});
