import type { Endpoint } from '../../lib/model/endpoint';
import type { HostPattern } from '../../lib/model/host-pattern';
import * as ips from '../../lib/model/ip-set';
import type { Plane, Rule, RulePeer } from '../../lib/model/layer';
import * as ports from '../../lib/model/port-set';
import { problemText } from '../../lib/model/problem';
import { type ProofOptions, proveGraph, witnessProblem } from '../../lib/proof';
import { flow, graph, planeOf, tier, withRule, withRules } from './mechanical';

const https = ports.number('TCP', 443);
const exact = (name: string): HostPattern => ({ kind: 'exact', name });
const oneLabel = (under: string): HostPattern => ({ kind: 'one-label', under });
const anyDepth = (under: string): HostPattern => ({ kind: 'any-depth', under });
const opaque: HostPattern = { kind: 'opaque', text: 'api-*.example.com' };
const every: Endpoint = { kind: 'addresses', addresses: ips.all };

function hosts(...patterns: HostPattern[]) {
  return { kind: 'hosts' as const, patterns };
}

/** Agents that may reach some end outside, and rules that say other peers instead. */
function outOf(to: Endpoint, said: readonly RulePeer[] = []) {
  const agent = tier('agents', 'agent');
  const declared = graph([agent], [flow(agent, to, https)]);
  const plane = withRules(
    planeOf(declared, 'external-only'),
    () => said.length > 0,
    (rule): Rule[] => [{ ...rule, peers: said }],
  );
  return { agent, declared, plane };
}

function verdict(to: Endpoint, said: readonly RulePeer[], options: ProofOptions = {}): string {
  const { declared, plane } = outOf(to, said);
  const proof = proveGraph(declared, plane, options);
  return [...proof.witnesses.map(({ statement }) => statement), ...proof.notProved.map(({ reason }) => reason)].join(
    ' ',
  );
}

describe('flows to host names', () => {
  it.each<[string, Endpoint, RulePeer[], string]>([
    ['the same name', hosts(exact('a.io')), [hosts(exact('a.io'))], ''],
    ['another name', hosts(exact('a.io')), [hosts(exact('b.io'))], 'missing undeclared'],
    ['names in another order', hosts(exact('a.io'), exact('b.io')), [hosts(exact('b.io'), exact('a.io'))], ''],
    ['names in two peers', hosts(exact('a.io'), exact('b.io')), [hosts(exact('b.io')), hosts(exact('a.io'))], ''],
    ['one label more', hosts(exact('a.io')), [hosts(oneLabel('io'))], 'undeclared'],
    ['one name of those below', hosts(oneLabel('io')), [hosts(exact('a.io'))], 'missing'],
    ['any depth for one label', hosts(oneLabel('io')), [hosts(anyDepth('io'))], 'undeclared'],
    ['one label for any depth', hosts(anyDepth('io')), [hosts(oneLabel('io'))], 'missing'],
    ['a name beside the wildcard that has it', hosts(anyDepth('io')), [hosts(anyDepth('io'), exact('a.b.io'))], ''],
    [
      'the domain itself, which is in no wildcard',
      hosts(anyDepth('a.io')),
      [hosts(exact('a.io'))],
      'missing undeclared',
    ],
    ['every name', hosts(exact('a.io')), [hosts({ kind: 'any' })], 'undeclared'],
    ['every address', hosts(exact('a.io')), [{ kind: 'addresses', addresses: ips.all }], 'undeclared'],
    [
      'some addresses',
      hosts(exact('a.io')),
      [{ kind: 'addresses', addresses: ips.fromBlock('192.0.2.0/24') }],
      'missing undeclared',
    ],
    ['names only, of a flow to addresses', every, [hosts({ kind: 'any' })], 'missing'],
    ['names beside all addresses', every, [{ kind: 'addresses', addresses: ips.all }, hosts(exact('a.io'))], ''],
    ['what is not understood beside the name', hosts(exact('a.io')), [hosts(exact('a.io'), opaque)], 'opaque'],
    ['what is not understood', hosts(exact('a.io')), [hosts(opaque)], 'opaque opaque'],
    ['what is not understood, itself', hosts(opaque), [hosts(opaque)], ''],
  ])('are compared with rules that say %s', (_title, to, said, expected) => {
    expect(verdict(to, said)).toBe(expected);
  });

  it('are shown by a name and an address that it leads to', () => {
    const { declared, plane } = outOf(hosts(exact('api.openai.com')), [hosts(oneLabel('openai.com'))]);
    const [witness] = proveGraph(declared, plane).witnesses;
    expect(problemText(witnessProblem(witness))).toContain('to address 0.0.0.1 (any.openai.com) on TCP 443');
  });

  it('are stopped by a denial of names, and nothing else is stopped by it for certain', () => {
    const { declared, plane, agent } = outOf(hosts(exact('a.io')));
    const denied = (those: Plane) =>
      withRule(those, {
        direction: 'egress',
        subject: agent.pods,
        peers: [hosts(oneLabel('io'))],
        ports: ports.everything,
        action: 'deny',
      });
    const statements = (those: Plane) => proveGraph(declared, those).witnesses.map(({ statement }) => statement);
    expect(statements(denied(plane))).toEqual(['missing']);
    const more = withRule(plane, {
      direction: 'egress',
      subject: agent.pods,
      peers: [hosts(exact('b.io'))],
      ports: https,
    });
    expect(statements(denied(more))).toEqual(['missing', 'undeclared']);
  });

  it('do not break promises about metadata services, where names do not lead, which is assumed by name', () => {
    const { declared, plane, agent } = outOf(hosts(exact('a.io')));
    const promise = (block: string) => ({
      tier: agent,
      forbids: { kind: 'addresses' as const, addresses: ips.fromBlock(block) },
      because: 'x',
      rule: 'x',
    });
    const proof = proveGraph(declared, plane, { promises: [promise('169.254.169.254/32')] });
    expect(proof.proved).toBe(true);
    expect(proof.assumptions.join('\n')).toContain('host names: what they are looked up as is outside the cluster');
    expect(proveGraph(declared, plane, { promises: [promise('192.0.2.0/24')] }).proved).toBe(false);
    const otherAddresses = ips.fromBlock('192.0.2.0/24');
    expect(proveGraph(declared, plane, { promises: [promise('192.0.2.0/24')], otherAddresses }).proved).toBe(true);
  });

  it('stop the proof where they are said to be a source', () => {
    const model = tier('models', 'vllm');
    const declared = graph([model], [flow(hosts(exact('a.io')), model, https)]);
    expect(proveGraph(declared, planeOf(declared)).notProved.map(({ reason }) => reason)).toContain('unsupported');
    const { declared: ours, plane, agent } = outOf(every);
    const strange = withRule(plane, {
      direction: 'ingress',
      subject: agent.pods,
      peers: [hosts(exact('a.io'))],
      ports: https,
    });
    expect(proveGraph(ours, strange).notProved).toMatchObject([{ reason: 'unsupported' }]);
  });
});

describe('what an engine knows by itself', () => {
  const server = { kind: 'entity' as const, entity: 'api-server' as const };
  const nodes = { kind: 'entity' as const, entity: 'nodes' as const };
  const all = { kind: 'addresses' as const, addresses: ips.all };

  it.each<[string, Endpoint, RulePeer[], string]>([
    ['itself', server, [server], ''],
    ['something else', server, [nodes], 'missing undeclared'],
    ['both', server, [server, nodes], 'undeclared'],
    ['anything', server, [{ kind: 'anything' }], 'undeclared'],
    ['anything, of a flow to every address', every, [{ kind: 'anything' }], 'undeclared'],
    ['addresses, where the API server may be and not for certain', server, [all], 'missing undeclared'],
    ['addresses, where nodes never are', nodes, [all], 'missing undeclared'],
    ['addresses, of a flow to addresses', every, [all], ''],
  ])('is compared with rules that say %s', (_title, to, said, expected) => {
    expect(verdict(to, said)).toBe(expected);
  });

  it('is reached by all that reaches everything', () => {
    const { declared, plane } = outOf(nodes, [nodes, { kind: 'anything' }]);
    expect(proveGraph(declared, plane).witnesses.map(({ statement }) => statement)).toEqual(['undeclared']);
    const { declared: toServer, plane: wide } = outOf(server, [{ kind: 'anything' }]);
    const [witness] = proveGraph(toServer, wide).witnesses;
    expect(witness.statement).toBe('undeclared');
  });

  it('may be stopped by a denial of its address, and not by one of a metadata service', () => {
    const { declared, plane, agent } = outOf(server);
    const denied = (block: string) =>
      withRule(plane, {
        direction: 'egress',
        subject: agent.pods,
        peers: [{ kind: 'addresses', addresses: ips.fromBlock(block) }],
        ports: ports.everything,
        action: 'deny',
      });
    expect(proveGraph(declared, denied('169.254.169.254/32')).proved).toBe(true);
    const proof = proveGraph(declared, denied('10.0.0.0/8'));
    expect(proof.witnesses.map(witnessProblem).map(problemText).join()).toContain(
      'egress rule 0 of NetworkPolicy elsewhere/stray, which denies it',
    );
    const apiServerAddresses = ips.fromBlock('192.0.2.1/32');
    expect(proveGraph(declared, denied('10.0.0.0/8'), { apiServerAddresses }).proved).toBe(true);
  });

  it('is told in sentences', () => {
    const { declared, plane } = outOf(server, [server, nodes]);
    expect(proveGraph(declared, plane).witnesses.map(witnessProblem).map(problemText).join()).toContain(
      'from pod {app=agent} of agents to a node on TCP 443',
    );
  });

  it('has addresses like others on an engine that goes by addresses, also where somebody names it', () => {
    const { agent } = outOf(every);
    const declared = graph([agent], [flow(agent, every, https)]);
    const byAddress = (mode: Plane['ipBlockMode'], more: RulePeer[]) =>
      withRules(
        planeOf(declared, mode),
        () => true,
        (rule): Rule[] => [{ ...rule, peers: [...rule.peers, ...more] }],
      );
    const podAddresses = ips.fromBlock('10.244.0.0/16');
    const statements = (mode: Plane['ipBlockMode'], more: RulePeer[]) =>
      proveGraph(declared, byAddress(mode, more), { podAddresses }).witnesses.map(
        ({ connection }) => connection.peer.kind,
      );
    expect(statements('pods', [])).toEqual(['pod']);
    expect(statements('pods', [nodes])).toEqual(['pod']);
    expect(statements('external-only', [nodes])).toEqual(['entity']);
  });
});
