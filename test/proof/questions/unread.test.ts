import { withUnread } from '../../../lib/engines/with-unread';
import type { Guardrail } from '../../../lib/model/guardrail';
import * as ips from '../../../lib/model/ip-set';
import { podSet, podsIn } from '../../../lib/model/pod-set';
import * as ports from '../../../lib/model/port-set';
import { anything } from '../../../lib/model/selector';
import type { UnreadPolicy } from '../../../lib/model/unread-policy';
import { keepApart, pathText, proofProblems, proveGraph, type RolePromise } from '../../../lib/proof';
import { flow, graph, planeOf, policy, tier, withRule } from '../mechanical';

const client = tier('a', 'client');
const server = tier('b', 'server');
const tcp = ports.number('TCP', 443);
const declared = graph([client, server], [flow(client, server, tcp)]);
const metadata = { kind: 'addresses' as const, addresses: ips.fromAddress('169.254.169.254') };
const promise: RolePromise = {
  tier: { namespace: 'a', name: 'client' },
  forbids: metadata,
  because: 'credentials are there',
  rule: 'metadata-service',
};
const options = { podAddresses: ips.fromBlock('10.244.0.0/16') };

function unread(more: Partial<UnreadPolicy> = {}): UnreadPolicy {
  return {
    policy: { kind: 'MeshPolicy', name: 'mesh' },
    kind: 'mesh.example.com/MeshPolicy',
    subject: podsIn('a', anything),
    directions: ['egress'],
    effect: 'opens',
    problem: { rule: 'unread-policy', where: 'mesh.yaml', what: 'The MeshPolicy is not read', fix: 'Take it out.' },
    ...more,
  };
}

const asRead = planeOf(declared, 'pods');

describe('a policy that is not read', () => {
  it('speaks by itself, once, whatever it may break', () => {
    const plane = withUnread(asRead, [unread()]);
    const proof = proveGraph(declared, plane, { ...options, promises: [promise] });
    expect(proofProblems(proof)).toEqual([unread().problem]);
  });

  it('does not hide what a policy that is read breaks', () => {
    const leak = withRule(asRead, { direction: 'egress', subject: client.pods, peers: [metadata], ports: tcp });
    const proof = proveGraph(declared, withUnread(leak, [unread()]), { ...options, promises: [promise] });
    expect(new Set(proofProblems(proof).map(({ rule }) => rule))).toEqual(
      new Set(['proof-undeclared', 'metadata-service', 'unread-policy']),
    );
    const [broken] = proof.witnesses.filter(({ statement }) => statement === 'promise');
    expect(broken.decidedBy).toEqual([{ policy: policy('elsewhere', 'stray'), index: 0, byAddress: true }]);
  });

  it('may lift a guardrail where it comes first, and not where it only closes', () => {
    const every = podSet(anything, anything);
    const guardrail: Guardrail = {
      name: 'guard',
      because: 'the platform says so',
      denies: [{ direction: 'egress', subject: every, peer: metadata, ports: ports.everything }],
      isolates: [],
    };
    const guarded = { ...declared, guardrails: [guardrail] };
    const first = {
      name: 'guard',
      order: 'ranked' as const,
      otherwise: 'next' as const,
      isolations: [],
      rules: [
        {
          policy: { kind: 'ClusterPolicy', name: 'guard' },
          direction: 'egress' as const,
          index: 0,
          subject: every,
          peers: [metadata],
          ports: ports.everything,
          action: 'deny' as const,
        },
      ],
    };
    const plane = { ...asRead, layers: [first, ...asRead.layers] };
    const elsewhere = podsIn('elsewhere', anything);
    const problems = (policyOf: UnreadPolicy) =>
      proofProblems(proveGraph(guarded, withUnread(plane, [policyOf]), options)).map(({ rule }) => rule);
    expect(problems(unread({ subject: elsewhere }))).toEqual(['unread-policy']);
    expect(problems(unread({ subject: elsewhere, effect: 'closes' }))).toEqual([]);
  });

  it('is called a way that there may be', () => {
    const apart = (plane: typeof asRead) =>
      keepApart(plane, { kind: 'pods', pods: client.pods, owner: 'us' }, metadata);
    expect(apart(asRead).apart).toBe(true);
    const text = pathText(apart(withUnread(asRead, [unread()])));
    expect(text).toMatch(
      /There may be a path, since not every policy .* is known for certain[\s\S]*MeshPolicy mesh, perhaps/,
    );
  });
});
