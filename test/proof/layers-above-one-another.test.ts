import type { Endpoint } from '../../lib/model/endpoint';
import * as ips from '../../lib/model/ip-set';
import type { Layer, Rule } from '../../lib/model/layer';
import { podSet, podsIn } from '../../lib/model/pod-set';
import * as ports from '../../lib/model/port-set';
import { problemText } from '../../lib/model/problem';
import { anything } from '../../lib/model/selector';
import { proveGraph, witnessProblem } from '../../lib/proof';
import { flow, graph, planeOf, tier } from './mechanical';
import { known, mesh, statements, tcp } from './mesh';

describe('layers above one another', () => {
  const block = (cidr: string): Rule['peers'] => [{ kind: 'addresses', addresses: ips.fromBlock(cidr) }];
  const ranked = (rules: Rule[], otherwise: Layer['otherwise'] = 'next'): Layer => ({
    name: 'admin',
    order: 'ranked',
    rules,
    isolations: [],
    otherwise,
  });
  // A named port may be any number, so a deny for everybody would also be one for whoever scrapes.
  const fromAgents: Rule['peers'] = [{ kind: 'pods', pods: podsIn('ai-agents', anything) }];
  const rule = (action: Rule['action'], peers: Rule['peers'], port: number): Rule => ({
    policy: { kind: 'ClusterNetworkPolicy', name: action },
    direction: 'ingress',
    index: 0,
    subject: podSet(anything, anything),
    peers,
    ports: tcp(port),
    action,
  });

  it('stop a declared flow by a deny, and the witness names the deny', () => {
    const { declared, plane } = mesh();
    const guarded = { ...plane, layers: [ranked([rule('deny', fromAgents, 50051)]), ...plane.layers] };
    const proof = proveGraph(declared, guarded, known);
    expect(statements(proof)).toEqual(['missing ingress ai-data']);
    expect(problemText(witnessProblem(proof.witnesses[0]))).toContain(
      'its ingress half is stopped by ingress rule 0 of ClusterNetworkPolicy deny',
    );
  });

  it('let a pass go by the denies after it, and an allow not by those before it', () => {
    const { declared, plane } = mesh();
    const passed = ranked([rule('pass', fromAgents, 50051), rule('deny', fromAgents, 50051)]);
    expect(proveGraph(declared, { ...plane, layers: [passed, ...plane.layers] }, known).proved).toBe(true);
    const shadowed = ranked([rule('deny', fromAgents, 22), rule('allow', fromAgents, 22)]);
    expect(proveGraph(declared, { ...plane, layers: [shadowed, ...plane.layers] }, known).proved).toBe(true);
    const allowed = ranked([...shadowed.rules].reverse());
    expect(statements(proveGraph(declared, { ...plane, layers: [allowed, ...plane.layers] }, known))).toHaveLength(4);
  });

  it('do not pass on what a deny before the pass has stopped', () => {
    const { declared, plane } = mesh();
    const layers = [ranked([rule('deny', fromAgents, 8080), rule('pass', fromAgents, 8080)]), ...plane.layers];
    expect(statements(proveGraph(declared, { ...plane, layers }, known))).toEqual(['missing ingress ai-data']);
  });

  it.each<[string, Partial<Rule>, Partial<Rule>, Partial<Rule>]>([
    ['other ports', { ports: tcp(5) }, { ports: tcp(1) }, { ports: tcp(1) }],
    ['other addresses', { peers: block('198.51.100.0/24') }, { peers: block('192.0.2.0/24') }, {}],
    ['a port by its name', { ports: ports.named('TCP', 'http') }, { ports: tcp(1) }, { ports: tcp(1) }],
  ])(
    'admit before a deny what it would stop, although a deny before that stops %s',
    (_title, first, second, wanted) => {
      const server = tier('b', 'server');
      const client: Endpoint = { kind: 'addresses', addresses: ips.fromBlock('192.0.2.0/24') };
      const declared = graph([server], [flow(client, server, wanted.ports ?? tcp(1))]);
      const about = (action: Rule['action'], more: Partial<Rule>): Rule => ({
        ...rule(action, block('192.0.2.0/24'), 1),
        ...more,
      });
      // Where the first deny may concern the same port under its name, the flow is not for those pods.
      const named = first.ports !== undefined && ports.hasNames(first.ports);
      const rules = [about('deny', first), about('allow', {}), about('deny', second), about('allow', {})];
      const proof = proveGraph(declared, {
        ...planeOf(declared),
        layers: [ranked(rules), ...planeOf(declared).layers],
      });
      const found = statements(proof).filter((text) => text.startsWith('missing'));
      expect(found).toEqual(named ? ['missing ingress b'] : []);
      if (named) expect(proof.witnesses[0].connection.names).toEqual(['http']);
    },
  );

  it('keep the order of rules for one namespace and for all', () => {
    const { declared, plane } = mesh();
    const forAll = rule('allow', fromAgents, 22);
    const forOne = { ...rule('deny', fromAgents, 22), subject: podsIn('ai-data', anything) };
    const inOrder = (...rules: Rule[]) =>
      statements(proveGraph(declared, { ...plane, layers: [ranked(rules), ...plane.layers] }, known));
    expect(inOrder(forAll, forOne)).toContain('undeclared ingress ai-data');
    expect(inOrder(forOne, forAll)).not.toContain('undeclared ingress ai-data');
    const [allowOne, denyAll] = [
      { ...forOne, action: 'allow' as const },
      { ...forAll, action: 'deny' as const },
    ];
    expect(inOrder(allowOne, denyAll)).toEqual(['undeclared ingress ai-data']);
    expect(inOrder(denyAll, allowOne)).toEqual([]);
  });
});
