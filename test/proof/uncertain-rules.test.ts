import * as ips from '../../lib/model/ip-set';
import type { Layer, Plane, Rule, RulePeer } from '../../lib/model/layer';
import { podSet } from '../../lib/model/pod-set';
import * as ports from '../../lib/model/port-set';
import { anything } from '../../lib/model/selector';
import { proveGraph } from '../../lib/proof';
import type { Connection } from '../../lib/proof/space/cell';
import { decide } from '../../lib/proof/space/decision';
import { flow, graph, isolate, policy, tier } from './mechanical';

// Rules that match pods by address where it is not known whether the engine does. One tier, one question: may its pods
// open connections to pods? Every list of up to three rules is tried, sure ones and such as may match or not.

const POD_ADDRESSES = ips.fromBlock('10.244.0.0/16');
const client = tier('a', 'client');
const toPods: RulePeer = { kind: 'pods', pods: podSet(anything, anything) };
const toTheirAddresses = { kind: 'addresses' as const, addresses: POD_ADDRESSES };

interface Step {
  readonly action: Rule['action'];
  readonly isSure: boolean;
}

const steps: Step[] = (['allow', 'deny', 'pass'] as const).flatMap((action) =>
  [true, false].map((isSure) => ({ action, isSure })),
);
const lists: Step[][] = [
  [],
  ...steps.map((one) => [one]),
  ...steps.flatMap((one) => steps.map((two) => [one, two])),
  ...steps.flatMap((one) => steps.flatMap((two) => steps.map((three) => [one, two, three]))),
];
const withoutPass = lists.filter((list) => list.every(({ action }) => action !== 'pass'));

interface Case {
  readonly order: Layer['order'];
  readonly list: readonly Step[];
  readonly isIsolated: boolean;
  /** What the layer after it does with everything. */
  readonly last: 'allow' | 'deny';
}

const cases: Case[] = [
  ...lists.map((list) => ({ order: 'ranked' as const, list })),
  ...withoutPass.map((list) => ({ order: 'union' as const, list })),
].flatMap((one) =>
  [true, false].flatMap((isIsolated) => (['allow', 'deny'] as const).map((last) => ({ ...one, isIsolated, last }))),
);

/** By hand: the first that matches decides, in a union a deny before any allow. */
function passes({ order, list, isIsolated, last }: Case, unsureMatch: boolean): boolean {
  const hits = list.filter(({ isSure }) => isSure || unsureMatch).map(({ action }) => action);
  const decisive = order === 'union' && hits.includes('deny') ? 'deny' : hits[0];
  if (decisive === 'allow') return true;
  if (decisive === 'deny' || (decisive === undefined && isIsolated)) return false;
  return last === 'allow';
}

function planeOf({ order, list, isIsolated, last }: Case): Plane {
  const rule = (action: Rule['action'], peers: RulePeer[], index: number): Rule => ({
    policy: policy('a', 'rules'),
    direction: 'egress',
    index,
    subject: client.pods,
    peers,
    ports: ports.everything,
    action,
  });
  const isolations = isolate(policy('a', 'rules'), 'a', anything);
  const elsewhere: RulePeer = { kind: 'addresses', addresses: ips.difference(ips.all, POD_ADDRESSES) };
  const layer = (name: string, more: Partial<Layer>): Layer => ({
    name,
    order: 'ranked',
    rules: [],
    isolations: [],
    otherwise: 'deny',
    ...more,
  });
  return {
    name: 'engine',
    ipBlockMode: 'may',
    layers: [
      layer('pods only', { rules: [rule('deny', [elsewhere], 0)] }),
      layer('tried', {
        order,
        rules: list.map(({ action, isSure }, i) => rule(action, [isSure ? toPods : toTheirAddresses], i)),
        isolations: isIsolated ? isolations : [],
      }),
      layer('last', { rules: [rule(last, [toPods], 0)], isolations }),
    ],
  };
}

const connection: Connection = {
  direction: 'egress',
  subject: { kind: 'pod', namespace: { 'kubernetes.io/metadata.name': 'a' }, labels: { app: 'client' } },
  peer: {
    kind: 'pod',
    namespace: { 'kubernetes.io/metadata.name': 'b' },
    labels: { app: 'server' },
    address: '10.244.0.1',
  },
  protocol: 'TCP',
  port: 80,
  names: [],
};

const unsure = ({ list }: Case) => list.filter(({ isSure }) => !isSure).length;
const isUnsurePass = ({ action, isSure }: Step) => action === 'pass' && !isSure;
const text = ({ order, list, isIsolated, last }: Case) =>
  `${order} ${list.map(({ action, isSure }) => `${action}${isSure ? '' : '?'}`).join(' ')} ${isIsolated} ${last}`;

describe('a connection that rules may match or not', () => {
  it('may pass where one way of matching lets it, and must where both do', () => {
    // What a rule may have passed on is certain of no allow after it, even where both ways end alike.
    const isExact = cases.filter((one) => unsure(one) < 2 && !one.list.some(isUnsurePass));
    const wrong = isExact.filter((one) => {
      const ways = [passes(one, true), passes(one, false)];
      const plane = planeOf(one);
      return (
        decide(plane, connection, 'may').admitted !== ways.includes(true) ||
        decide(plane, connection, 'must').admitted !== !ways.includes(false)
      );
    });
    expect(isExact.length).toBeGreaterThan(400);
    expect(wrong.map(text)).toEqual([]);
  });

  it('is between the two where several rules are not sure, since each could match by itself', () => {
    const wrong = cases.filter((one) => {
      const ways = [passes(one, true), passes(one, false)];
      const plane = planeOf(one);
      return (
        (ways.includes(true) && !decide(plane, connection, 'may').admitted) ||
        (ways.includes(false) && decide(plane, connection, 'must').admitted)
      );
    });
    expect(wrong.map(text)).toEqual([]);
  });

  it('is undeclared where it may pass, and missing where it need not', () => {
    const others = { kind: 'pods' as const, pods: podSet(anything, anything), owner: 'others' };
    // Outside the cluster these addresses may be whose they will: of the pods there, nothing is declared.
    const none = graph([client], [flow(client, toTheirAddresses, ports.everything)]);
    const all = graph([client], [flow(client, others, ports.everything)]);
    const found = { undeclared: 0, missing: 0 };
    const wrong = cases.filter((one) => {
      const plane = planeOf(one);
      const options = { podAddresses: POD_ADDRESSES };
      const broken = (declared: typeof none, wanted: string) =>
        proveGraph(declared, plane, options).witnesses.some(
          ({ statement, direction }) => direction === 'egress' && statement === wanted,
        );
      const isUndeclared = broken(none, 'undeclared');
      const isMissing = broken(all, 'missing');
      found.undeclared += Number(isUndeclared);
      found.missing += Number(isMissing);
      return (
        isUndeclared !== decide(plane, connection, 'may').admitted ||
        isMissing === decide(plane, connection, 'must').admitted
      );
    });
    expect(wrong.map(text)).toEqual([]);
    expect(Math.min(found.undeclared, found.missing)).toBeGreaterThan(200);
    expect(Math.max(found.undeclared, found.missing)).toBeLessThan(cases.length);
  });
});
