import type { Engine } from '../../lib/engines/engine';
import { kubernetes } from '../../lib/engines/kubernetes/engine';
import { canonical } from '../../lib/graph/graph-data';
import type { Field } from '../../lib/kinds/field';
import { policyReader } from '../../lib/kinds/read-policy';
import type { Rule } from '../../lib/model/layer';
import { podsIn } from '../../lib/model/pod-set';
import * as ports from '../../lib/model/port-set';
import * as selectors from '../../lib/model/selector';
import { proveGraph } from '../../lib/proof';
import { flow, graph, tier } from '../proof/mechanical';

// An engine that is not ours, in a page: all that has to be added is what differs.

/** Its one kind has lists of names of peers in the same namespace, on one TCP port: `{ of, from: [...], to: [...], port }`. */
const toyReader = policyReader(
  { group: 'toy.example', kind: 'Toy', apiVersions: ['toy.example/v1'], isClusterWide: false },
  (spec, policy) => {
    spec.only(['of', 'from', 'to', 'port']);
    const namespace = policy.namespace ?? 'default';
    const pods = (name: string | undefined) => podsIn(namespace, selectors.fromLabels(name ? { app: name } : {}));
    const subject = pods(spec.child('of').text());
    const set = ports.number('TCP', Number(spec.child('port').value ?? 80));
    const rules = (direction: Rule['direction'], list: Field) =>
      list.items().map((item, index): Rule => {
        const peers = [{ kind: 'pods', pods: pods(item.text()) } as const];
        return { policy, direction, index, subject, peers, ports: set, action: 'allow' };
      });
    return {
      rules: [...rules('ingress', spec.child('from')), ...rules('egress', spec.child('to'))],
      isolations: (['ingress', 'egress'] as const).map((direction) => ({ policy, direction, subject })),
    };
  },
);

const toy: Engine = {
  name: 'kubernetes',
  title: 'Toy',
  kinds: () => ['toy.example/Toy'],
  limits: kubernetes.limits,
  render: ({ namespaces, tiers, flows }) => [
    ...namespaces.map(({ name }) => ({
      apiVersion: 'toy.example/v1',
      kind: 'Toy',
      metadata: { name: 'everybody', namespace: name },
      spec: {},
      of: { kind: 'namespace', namespace: name } as const,
    })),
    ...tiers.map(({ namespace, name }) => {
      const others = (own: 'from' | 'to', other: 'from' | 'to') =>
        flows.flatMap((it) => {
          const [at, peer] = [it[own], it[other]];
          return at.kind === 'tier' && at.name === name && peer.kind === 'tier' ? [peer.name] : [];
        });
      return {
        apiVersion: 'toy.example/v1',
        kind: 'Toy',
        metadata: { name, namespace },
        spec: { of: name, from: others('to', 'from'), to: others('from', 'to'), port: 80 },
        of: { kind: 'tier', namespace, name } as const,
      };
    }),
  ],
  compose: ({ others = [] }) => ({
    name: 'toy',
    ipBlockMode: 'external-only',
    layers: [
      {
        name: 'Toy',
        order: 'union',
        rules: others.flatMap(({ rules }) => rules),
        isolations: others.flatMap(({ isolations }) => isolations),
        otherwise: 'deny',
      },
    ],
  }),
};

describe('an engine that is added', () => {
  const client = tier('apps', 'client');
  const server = tier('apps', 'server');
  const declared = canonical(graph([client, server], [flow(client, server, ports.number('TCP', 80), [])]));
  const facts = { engine: 'kubernetes', dns: { flavour: 'none', servers: [] }, ipBlockMode: 'may' } as const;
  const rendered = toy.render(declared, facts);
  const provedOf = (objects: readonly object[]) => {
    const others = objects.map((object) => toyReader.read(object));
    expect(others.flatMap(({ problems }) => problems)).toEqual([]);
    return proveGraph(declared, toy.compose({ rules: [], isolations: [], others }, facts));
  };

  it('is rendered, read and proved by what the page says', () => {
    expect(rendered).toHaveLength(3);
    expect(provedOf(rendered.map(({ of, ...object }) => object)).proved).toBe(true);
  });

  it('is not proved with a peer more, or without its default deny', () => {
    const objects = rendered.map(({ of, ...object }) => object);
    const wider = objects.map((object) =>
      object.metadata.name === 'server'
        ? { ...object, spec: { ...object.spec, from: ['client', 'stranger'] } }
        : object,
    );
    expect(provedOf(wider).witnesses.map(({ statement }) => statement)).toEqual(['undeclared']);
    expect(provedOf(objects.slice(1)).witnesses.map(({ statement }) => statement)).toContain('open');
  });

  it('has what is wrong with its objects reported with its place', () => {
    const wrong = { apiVersion: 'toy.example/v1', kind: 'Toy', metadata: { name: 'x' }, spec: { frm: [] } };
    expect(toyReader.read(wrong, { source: 'toy.yaml' }).problems.map(({ where }) => where)).toEqual([
      'toy.yaml: Toy default/x: spec.frm',
    ]);
  });
});
