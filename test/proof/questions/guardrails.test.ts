import type { GraphData } from '../../../lib/graph/graph-data';
import type { Endpoint } from '../../../lib/model/endpoint';
import type { Guardrail, GuardrailDeny } from '../../../lib/model/guardrail';
import * as ips from '../../../lib/model/ip-set';
import type { Isolation, Layer, Plane, Rule, RulePeer } from '../../../lib/model/layer';
import { type PodSet, podSet } from '../../../lib/model/pod-set';
import * as ports from '../../../lib/model/port-set';
import { problemText } from '../../../lib/model/problem';
import * as selectors from '../../../lib/model/selector';
import { anything } from '../../../lib/model/selector';
import { type ProofOptions, proveGraph, witnessProblem } from '../../../lib/proof';
import { changed, flow, graph, planeOf, tier } from '../mechanical';

const tcp = (n: number) => ports.number('TCP', n);
const everyPod = podSet(anything, anything);
const metadata: Endpoint = { kind: 'addresses', addresses: ips.fromBlock('169.254.169.254/32') };
const peers: RulePeer[] = [{ kind: 'addresses', addresses: ips.fromBlock('169.254.169.254/32') }];
const guard = { kind: 'ClusterNetworkPolicy', name: 'no-metadata' };

function named(...names: string[]) {
  return selectors.fromRequirements([{ key: 'kubernetes.io/metadata.name', operator: 'In', values: names }]);
}

function notNamed(...names: string[]) {
  return selectors.fromRequirements([{ key: 'kubernetes.io/metadata.name', operator: 'NotIn', values: names }]);
}

function guardrail(denies: readonly Partial<GuardrailDeny>[], isolates: readonly PodSet[] = []): Guardrail {
  return {
    name: 'no-metadata',
    because: 'it hands out credentials',
    denies: denies.map((deny) => ({
      direction: 'egress',
      subject: everyPod,
      peer: metadata,
      ports: ports.everything,
      ...deny,
    })),
    isolates,
  };
}

function rule(given: Partial<Rule> = {}): Rule {
  return {
    policy: guard,
    direction: 'egress',
    index: 0,
    subject: everyPod,
    peers,
    ports: ports.everything,
    action: 'deny',
    ...given,
  };
}

/** A platform of two tiers with guardrails, and the plane that follows from it by the book behind some layers. */
function platform(guardrails: readonly Guardrail[], ...before: (Partial<Layer> & Pick<Layer, 'rules'>)[]) {
  const agent = tier('agents', 'agent');
  const model = tier('models', 'vllm');
  const declared: GraphData = { ...graph([agent, model], [flow(agent, model, tcp(8000))]), guardrails };
  const own = planeOf(declared, 'pods');
  const layers = before.map((layer) => ({
    name: 'admin',
    order: 'ranked' as const,
    isolations: [],
    otherwise: 'next' as const,
    ...layer,
  }));
  const plane: Plane = { ...own, layers: [...layers, ...own.layers] };
  return { agent, model, declared, plane };
}

const known: ProofOptions = { podAddresses: ips.fromBlock('10.244.0.0/16') };

function verdict({ declared, plane }: ReturnType<typeof platform>, options = known): string {
  const proof = proveGraph(declared, plane, options);
  return [
    ...proof.witnesses.map(({ statement, namespace }) => `${statement} ${namespace}`),
    ...proof.notProved.map(({ reason }) => reason),
  ].join(', ');
}

describe('a guardrail that denies', () => {
  const one = [guardrail([{}])];

  it('holds where a rule that comes first denies it in every namespace', () => {
    expect(verdict(platform(one, { rules: [rule()] }))).toBe('');
    expect(verdict(platform(one, { rules: [rule({ direction: 'ingress' }), rule()] }))).toBe('');
    expect(verdict(platform(one, { rules: [] }, { rules: [rule()], order: 'union' }))).toBe('');
    expect(verdict(platform(one, { rules: [rule({ action: 'allow' }), rule()], order: 'union' }))).toBe('');
  });

  it('does not hold without a rule, nor by pods being isolated', () => {
    const zeroTrust = [guardrail([{ subject: podSet(named('agents'), anything) }])];
    expect(verdict(platform(one))).toBe('guardrail other');
    expect(verdict(platform(zeroTrust))).toBe('guardrail agents');
  });

  it('holds by several rules together, and not by one that leaves out a namespace, a port or an address', () => {
    const halves = [
      rule({ subject: podSet(named('kube-system'), anything) }),
      rule({ subject: podSet(notNamed('kube-system'), anything) }),
    ];
    expect(verdict(platform(one, { rules: halves }))).toBe('');
    expect(verdict(platform(one, { rules: [halves[1]] }))).toBe('guardrail kube-system');
    expect(verdict(platform(one, { rules: [rule({ ports: ports.allOf('TCP') })] }))).toBe('guardrail other');
    const both: Endpoint = { kind: 'addresses', addresses: ips.fromBlock('169.254.169.0/24') };
    expect(verdict(platform([guardrail([{ peer: both }])], { rules: [rule()] }))).toBe('guardrail other');
    const http = rule({ requests: [{ protocol: 'http' }] });
    expect(verdict(platform(one, { rules: [http] }))).toBe('guardrail other');
  });

  it('does not hold where something is allowed or passed on before', () => {
    const some = podSet(named('tenant'), anything);
    const allowed = platform(one, { rules: [rule({ action: 'allow', subject: some }), rule()] });
    expect(verdict(allowed)).toBe('guardrail tenant');
    expect(verdict(platform(one, { rules: [rule({ action: 'pass', subject: some }), rule()] }))).toBe(
      'guardrail tenant',
    );
    const again = [{ rules: [rule({ action: 'pass', subject: some }), rule()] }, { rules: [rule()] }];
    expect(verdict(platform(one, ...again))).toBe('');
    expect(
      verdict(
        platform(one, { rules: [rule({ action: 'allow', ports: tcp(1), peers: [{ kind: 'anything' }] }), rule()] }),
      ),
    ).toContain('guardrail other');
  });

  it('is told with what lets the connection through', () => {
    const { declared, plane } = platform(one, {
      rules: [rule({ action: 'allow', subject: podSet(named('tenant'), anything) }), rule()],
    });
    const [witness] = proveGraph(declared, plane, known).witnesses;
    expect(problemText(witnessProblem(witness))).toContain(
      'guardrail no-metadata: egress rule 0 of ClusterNetworkPolicy no-metadata lets through what the guardrail rules out for every namespace: from pod {} of tenant to address 169.254.169.254',
    );
    const bare = platform(one);
    const [open] = proveGraph(bare.declared, bare.plane, known).witnesses;
    expect(problemText(witnessProblem(open))).toContain('Nothing that comes first stops what the guardrail rules out');
  });

  it('keeps tenants apart in both directions, by their labels', () => {
    const tenant = (value: string) => podSet(selectors.fromLabels({ tenant: value }), anything);
    const apart = guardrail([
      { direction: 'ingress', subject: tenant('a'), peer: { kind: 'pods', pods: tenant('b'), owner: 'b' } },
    ]);
    const denied = rule({ direction: 'ingress', subject: tenant('a'), peers: [{ kind: 'pods', pods: tenant('b') }] });
    const knownNamespaces = ['agents', 'models'].map((name) => ({ name, labels: {} }));
    expect(verdict(platform([apart], { rules: [denied] }), { ...known, knownNamespaces })).toBe('');
    expect(
      verdict(platform([apart], { rules: [{ ...denied, direction: 'egress' }] }), { ...known, knownNamespaces }),
    ).toBe('guardrail other');
    // Of a namespace that is known, a label that it lacks is not reckoned with.
    const only = { ...denied, subject: podSet(selectors.both(notNamed('agents'), tenant('a').namespaces), anything) };
    expect(verdict(platform([apart], { rules: [only] }), { ...known, knownNamespaces })).toBe('');
    const wrong = {
      ...denied,
      subject: podSet(selectors.both(notNamed('elsewhere'), tenant('a').namespaces), anything),
    };
    expect(verdict(platform([apart], { rules: [wrong] }), { ...known, knownNamespaces })).toBe('guardrail elsewhere');
  });

  it('that shadows a declared flow is found at the flow, which names both', () => {
    const toModels: RulePeer[] = [{ kind: 'pods', pods: podSet(named('models'), anything) }];
    const { declared, plane } = platform([], { rules: [rule({ peers: toModels })] });
    const proof = proveGraph(declared, plane, known);
    expect(proof.witnesses.map(witnessProblem).map(problemText).join()).toContain(
      'The flow from agents/agent to models/vllm is declared, and its egress half is stopped by egress rule 0 of ClusterNetworkPolicy no-metadata, which denies it: from pod {app=agent} of agents to pod {app=vllm} of models on TCP 8000.',
    );
    expect(proof.witnesses.map(witnessProblem)[0].fix).toContain('A denial wins');
  });

  it('is about what lies outside, where pods are known to have addresses of their own', () => {
    const internet: Endpoint = { kind: 'addresses', addresses: ips.anyIpv4 };
    const outside = ips.difference(ips.anyIpv4, ips.fromBlock('10.244.0.0/16'));
    const denied = rule({ peers: [{ kind: 'addresses', addresses: outside }] });
    const all = platform([guardrail([{ peer: internet }])], { rules: [denied] });
    expect(verdict(all)).toBe('');
    expect(verdict(all, {})).toContain('guardrail other');
  });

  it('of host names is never certain', () => {
    const hosts = { kind: 'hosts' as const, patterns: [{ kind: 'exact' as const, name: 'evil.example.com' }] };
    expect(verdict(platform([guardrail([{ peer: hosts }])], { rules: [rule({ peers: [hosts] })] }))).toBe(
      'guardrail other',
    );
  });

  it('of nothing is not proved', () => {
    expect(verdict(platform([guardrail([])]))).toBe('vacuous');
    expect(verdict(platform([guardrail([{ ports: ports.none }])]))).toBe('vacuous');
    expect(verdict(platform([guardrail([{ subject: podSet(selectors.nothing, anything) }])]))).toBe('vacuous');
    const isolating = { ...guardrail([]), isolates: [podSet(selectors.nothing, anything)] };
    expect(verdict(platform([isolating]))).toContain('vacuous');
  });

  it('says which connections it is about, where there are none', () => {
    const what = (deny: Partial<GuardrailDeny>) => {
      const { declared, plane } = platform([guardrail([{ ...deny, ports: ports.none }])]);
      return proveGraph(declared, plane, known).notProved.map((each) => each.what);
    };
    expect(what({})).toEqual([
      'the guardrail no-metadata denies {*}/{*} to 169.254.169.254/32, which is no connection at all',
    ]);
    expect(what({ direction: 'ingress' })).toEqual([
      'the guardrail no-metadata denies {*}/{*} from 169.254.169.254/32, which is no connection at all',
    ]);
  });

  it('is asked once for each denial, and once for each direction of what it isolates', () => {
    const cells = (...guardrails: Guardrail[]) => {
      const { declared, plane } = platform(guardrails, { rules: [rule()] });
      return proveGraph(declared, plane, known).counts.cells;
    };
    const none = cells();
    expect(cells(guardrail([{}])) - none).toBe(1);
    expect(cells(guardrail([{}, { direction: 'ingress' }])) - none).toBe(2);
    expect(cells(guardrail([], [everyPod])) - none).toBe(2);
    expect(cells(guardrail([{}], [everyPod]), guardrail([{}])) - none).toBe(4);
  });

  it('is in doubt where an allow before it is not understood, and not where that can make no difference', () => {
    const opaque = () =>
      rule({
        action: 'allow',
        subject: podSet(named('team'), anything),
        requests: [{ protocol: 'opaque', text: '/v.*' }],
      });
    expect(verdict(platform(one, { rules: [opaque(), rule()] }))).toBe('opaque');
    expect(verdict(platform(one, { rules: [rule(), opaque()] }))).toBe('');
    expect(verdict(platform(one, { rules: [opaque()] }))).toBe('guardrail team');
  });

  it('is proved alone, where a graph has no zero-trust namespace', () => {
    const { declared, plane } = platform(one, { rules: [rule()] });
    const alone: GraphData = { ...declared, namespaces: [], tiers: [], flows: [] };
    expect(proveGraph(alone, plane, known).proved).toBe(true);
    expect(proveGraph({ ...alone, guardrails: [] }, plane, known).proved).toBe(false);
  });
});

describe('a guardrail that isolates', () => {
  const named_ = podSet(notNamed('kube-system'), anything);
  const one = [guardrail([], [named_])];
  const isolations = (['ingress', 'egress'] as const).map((direction) => ({
    policy: guard,
    direction,
    subject: named_,
  }));

  /** More isolations and rules in the one layer that there is, as on an engine that knows no order. */
  function isolating(more: readonly Isolation[], ...rules: readonly Rule[]) {
    const given = platform(one);
    const plane = changed(given.plane, (layer) => ({
      isolations: [...layer.isolations, ...more],
      rules: [...layer.rules, ...rules],
    }));
    return { ...given, plane };
  }

  it('holds where no pod passes for want of a policy, by an isolation or by a denial of the rest', () => {
    expect(verdict(isolating(isolations))).toBe('');
    const { declared, plane } = platform(one);
    const rest = (['ingress', 'egress'] as const).map((direction) =>
      rule({ direction, subject: named_, peers: [{ kind: 'anything' }] }),
    );
    const last: Layer = { name: 'baseline', order: 'ranked', isolations: [], otherwise: 'next', rules: rest };
    expect(proveGraph(declared, { ...plane, layers: [...plane.layers, last] }, known).proved).toBe(true);
  });

  it('may deny as well', () => {
    const both = [guardrail([{}], [named_])];
    const { declared, plane } = platform(both, { rules: [rule()], isolations, otherwise: 'deny' });
    const proof = proveGraph(declared, plane, known);
    expect(proof.notProved).toEqual([]);
    // The tiers' own flow is stopped by the isolation, which comes before what allows it.
    expect(proof.witnesses.map(({ statement }) => statement)).toEqual(['missing', 'missing']);
  });

  it('is in doubt where a denial of the rest is not understood', () => {
    const rest = (['ingress', 'egress'] as const).map((direction) =>
      rule({
        direction,
        subject: named_,
        peers: [{ kind: 'anything' }],
        requests: [{ protocol: 'opaque', text: '.*' }],
      }),
    );
    const { declared, plane } = platform(one);
    const last: Layer = { name: 'baseline', order: 'ranked', isolations: [], otherwise: 'next', rules: rest };
    const proof = proveGraph(declared, { ...plane, layers: [...plane.layers, last] }, known);
    expect(proof.witnesses).toEqual([]);
    expect(proof.notProved.map(({ reason }) => reason)).toEqual(['opaque', 'opaque']);
  });

  it('may be opened by the policy of a namespace', () => {
    const opened = rule({ action: 'allow', subject: podSet(named('team'), anything), peers: [{ kind: 'anything' }] });
    expect(verdict(isolating(isolations, opened))).toBe('');
  });

  it('does not hold where a direction or a namespace is left out', () => {
    expect(verdict(platform(one))).toBe('guardrail other, guardrail other');
    const outOnly = isolations.slice(1);
    expect(verdict(isolating(outOnly))).toBe('guardrail other');
    const fewer = isolations.map((each) => ({ ...each, subject: podSet(notNamed('kube-system', 'team'), anything) }));
    expect(verdict(isolating(fewer))).toBe('guardrail team, guardrail team');
  });

  it('is told with the pod that is open', () => {
    const { declared, plane } = platform(one);
    const [witness] = proveGraph(declared, plane, known).witnesses;
    expect(problemText(witnessProblem(witness))).toContain('Nothing that comes first stops what the guardrail');
  });
});
