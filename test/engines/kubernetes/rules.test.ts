import fc from 'fast-check';
import { rules } from '../../../lib/engines/kubernetes/rules';
import type { Opening } from '../../../lib/engines/openings';
import type { Endpoint } from '../../../lib/model/endpoint';
import { namespaceNamed, podSet, podsIn } from '../../../lib/model/pod-set';
import type { PortSet } from '../../../lib/model/port-set';
import * as ports from '../../../lib/model/port-set';
import * as selectors from '../../../lib/model/selector';
import { addresses, end, tier } from '../../graph/graphs';

const HERE = 'ai-data';

function pods(namespace: string, app: string): Endpoint {
  return { kind: 'pods', pods: podsIn(namespace, selectors.fromLabels({ app })), owner: 'others' };
}

function podsWhere(namespaces: selectors.Selector, of: selectors.Selector): Endpoint {
  return { kind: 'pods', pods: podSet(namespaces, of), owner: 'others' };
}

/** The rules of what leaves this namespace. */
function out(...openings: readonly (readonly [Endpoint, PortSet])[]) {
  return rules('egress', HERE, openings.map(opening));
}

function opening([peer, set]: readonly [Endpoint, PortSet]): Opening {
  return { peer, ports: set };
}

const api = ports.number('TCP', 443);
const postgres = ports.number('TCP', 5432);

/** What one opening says of its ports. */
function portsSaid(set: PortSet) {
  const [rule] = out([pods('web', 'shop'), set]);
  return rule?.ports;
}

/** What one opening says of its peers. */
function peersSaid(peer: Endpoint) {
  const [rule] = out([peer, api]);
  return rule?.to;
}

describe('openings become rules', () => {
  it('with peers under `from` on the way in and under `to` on the way out', () => {
    const one = [opening([pods('web', 'shop'), api])];
    expect(rules('ingress', HERE, one)[0]).toHaveProperty('from');
    expect(rules('ingress', HERE, one)[0]).not.toHaveProperty('to');
    expect(rules('egress', HERE, one)[0]).toHaveProperty('to');
    expect(rules('egress', HERE, one)[0]).not.toHaveProperty('from');
  });

  it('none where there is nothing open', () => {
    expect(rules('ingress', HERE, [])).toEqual([]);
  });

  it('one for each peer that is open on other ports', () => {
    expect(out([pods('web', 'shop'), api], [pods('web', 'stock'), postgres])).toHaveLength(2);
  });

  it('one for a peer that is open twice, with the ports of both', () => {
    expect(out([pods('web', 'shop'), api], [pods('web', 'shop'), postgres])).toEqual([
      {
        to: peersSaid(pods('web', 'shop')),
        ports: [
          { protocol: 'TCP', port: 443 },
          { protocol: 'TCP', port: 5432 },
        ],
      },
    ]);
  });

  it('one for a peer that is ours and also somebody else’s, since a rule does not say whose it is', () => {
    expect(out([end(tier('web', 'shop')), api], [pods('web', 'shop'), postgres])).toHaveLength(1);
  });

  it('one for all peers with the same ports, also where the ports were given in parts', () => {
    const said = out(
      [pods('web', 'stock'), ports.union(api, postgres)],
      [pods('web', 'shop'), postgres],
      [pods('web', 'shop'), api],
    );
    expect(said).toHaveLength(1);
    expect(said[0]?.to).toEqual([
      ...(peersSaid(pods('web', 'shop')) ?? []),
      ...(peersSaid(pods('web', 'stock')) ?? []),
    ]);
  });

  it('the same in every order of the openings', () => {
    const peers = [pods('web', 'shop'), pods('store', 'shop'), end(tier(HERE, 'shop')), addresses('192.0.2.0/24')];
    const sets = [api, postgres, ports.everything, ports.named('TCP', 'http')];
    const some = fc.array(fc.tuple(fc.constantFrom(...peers), fc.constantFrom(...sets)), { maxLength: 7 });
    fc.assert(
      fc.property(
        some.chain((list) => fc.tuple(fc.constant(list), fc.shuffledSubarray(list, { minLength: list.length }))),
        ([list, shuffled]) => expect(JSON.stringify(out(...shuffled))).toBe(JSON.stringify(out(...list))),
      ),
    );
  });
});

describe('a peer', () => {
  it('in the namespace of the policy is said without a namespaceSelector', () => {
    expect(peersSaid(pods(HERE, 'weaviate'))).toEqual([{ podSelector: { matchLabels: { app: 'weaviate' } } }]);
  });

  it('elsewhere is said with its namespace, in one item: two would mean either', () => {
    expect(peersSaid(pods('web', 'shop'))).toEqual([
      {
        namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'web' } },
        podSelector: { matchLabels: { app: 'shop' } },
      },
    ]);
  });

  it('of every namespace is said with an empty namespaceSelector, not without one', () => {
    expect(peersSaid(podsWhere(selectors.anything, selectors.fromLabels({ app: 'shop' })))).toEqual([
      { namespaceSelector: {}, podSelector: { matchLabels: { app: 'shop' } } },
    ]);
  });

  it('that is all pods of a namespace has an empty podSelector', () => {
    expect(peersSaid(podsWhere(namespaceNamed(HERE), selectors.anything))).toEqual([{ podSelector: {} }]);
  });

  it('in this namespace only while that has a label keeps its namespaceSelector', () => {
    const here = selectors.fromLabels({ 'kubernetes.io/metadata.name': HERE, team: 'ml' });
    expect(peersSaid(podsWhere(here, selectors.anything))).toEqual([
      { namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': HERE, team: 'ml' } }, podSelector: {} },
    ]);
  });

  it('in this namespace or in another keeps its namespaceSelector', () => {
    const either = selectors.fromRequirements([
      { key: 'kubernetes.io/metadata.name', operator: 'In', values: [HERE, 'web'] },
    ]);
    expect(peersSaid(podsWhere(either, selectors.anything))?.[0]).toHaveProperty('namespaceSelector');
  });
});

describe('ports', () => {
  it('are absent where everything passes, and never an empty list', () => {
    expect(out([pods('web', 'shop'), ports.everything])[0]).not.toHaveProperty('ports');
    expect(out([pods('web', 'shop'), ports.everything], [pods('web', 'shop'), api])[0]).not.toHaveProperty('ports');
  });

  it('of all three protocols are said by protocol, since everything is more than they are', () => {
    const all = ports.union(ports.allOf('TCP'), ports.allOf('UDP'), ports.allOf('SCTP'));
    expect(portsSaid(all)).toEqual([{ protocol: 'TCP' }, { protocol: 'UDP' }, { protocol: 'SCTP' }]);
  });

  it('that are all of a protocol are the protocol alone', () => {
    expect(portsSaid(ports.allOf('UDP'))).toEqual([{ protocol: 'UDP' }]);
    expect(portsSaid(ports.range('TCP', 1, 65535))).toEqual([{ protocol: 'TCP' }]);
  });

  it('in a row are one range with its last port', () => {
    expect(portsSaid(ports.range('TCP', 8000, 8010))).toEqual([{ protocol: 'TCP', port: 8000, endPort: 8010 }]);
    expect(portsSaid(ports.union(ports.number('SCTP', 80), ports.number('SCTP', 81)))).toEqual([
      { protocol: 'SCTP', port: 80, endPort: 81 },
    ]);
  });

  it('that are one have no last port', () => {
    expect(portsSaid(ports.range('UDP', 53, 53))).toEqual([{ protocol: 'UDP', port: 53 }]);
  });

  it('that miss the first or the last of a protocol are a range', () => {
    expect(portsSaid(ports.range('TCP', 2, 65535))).toEqual([{ protocol: 'TCP', port: 2, endPort: 65535 }]);
    expect(portsSaid(ports.range('TCP', 1, 65534))).toEqual([{ protocol: 'TCP', port: 1, endPort: 65534 }]);
  });

  it('with names stay names of their protocol, beside the numbers', () => {
    const set = ports.union(ports.named('UDP', 'dns'), ports.named('TCP', 'http'), ports.number('TCP', 80));
    expect(portsSaid(set)).toEqual([
      { protocol: 'TCP', port: 80 },
      { protocol: 'TCP', port: 'http' },
      { protocol: 'UDP', port: 'dns' },
    ]);
  });

  it('that no NetworkPolicy can say are refused, with what was asked for', () => {
    const allButApi = ports.difference(ports.everything, api);
    expect(() => portsSaid(allButApi)).toThrow(/cannot say the ports .*TCP\/1-442,444-65535.*other/);
    expect(() => portsSaid(ports.none)).toThrow(/cannot say the ports -/);
  });
});

describe('addresses', () => {
  it('are blocks, with what is left out of them inside each', () => {
    expect(peersSaid(addresses('10.0.0.0/8', ['10.0.0.0/28']))).toEqual([
      { ipBlock: { cidr: '10.0.0.0/8', except: ['10.0.0.0/28'] } },
    ]);
    expect(peersSaid(addresses('2001:db8::/32'))).toEqual([{ ipBlock: { cidr: '2001:db8::/32' } }]);
  });

  it('of several peers with the same ports are the fewest blocks that hold them', () => {
    const halves = out([addresses('192.0.2.0/25'), api], [addresses('192.0.2.128/25'), api]);
    expect(halves).toEqual([{ to: [{ ipBlock: { cidr: '192.0.2.0/24' } }], ports: [{ protocol: 'TCP', port: 443 }] }]);
  });

  it('that one peer leaves out and another has are in', () => {
    const said = out([addresses('10.0.0.0/8', ['10.0.0.0/28']), api], [addresses('10.0.0.0/28'), api]);
    expect(said[0]?.to).toEqual([{ ipBlock: { cidr: '10.0.0.0/8' } }]);
  });

  it('come after pods', () => {
    const [rule] = out([addresses('192.0.2.0/24'), api], [pods('web', 'shop'), api]);
    expect(rule?.to?.map((peer) => Object.keys(peer))).toEqual([['namespaceSelector', 'podSelector'], ['ipBlock']]);
  });
});
