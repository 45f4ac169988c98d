/**
 * The random worlds with Cilium's own policies beside some of their NetworkPolicies, with a node, the gateway of Cilium
 * and names that lead to addresses outside. What is generated must not change: verdicts on these worlds are kept in `verdicts.txt`, and its digest
 * notices any change here.
 */
import { Random } from '../random';
import * as words from '../vocabulary';
import type { Flow, Place, World } from '../world';
import { randomWorld } from '../worlds';
import { randomCiliumPolicy } from './random-policy';

const anywhere: Place = { prefix: '', subnet: 1 };

export const NODE = '172.18.0.2';

/** What Cilium's own gateway speaks from: an identity of its own. */
export const GATEWAY = '172.18.0.8';

/** What the answers to queries for these names would have been. */
export const DOMAINS: Readonly<Record<string, readonly string[]>> = {
  'api.example.com': ['203.0.113.5'],
  'www.example.com': ['198.51.100.9'],
  'a.b.example.com': ['203.0.113.200', '2001:db8::5'],
  'example.org': ['2001:db8:1::9'],
};

export function randomCiliumWorld(seed: number, place: Place = anywhere): World {
  const world = randomWorld(seed, place);
  const random = new Random(seed ^ 0xc111);
  const namespaces = world.documents.filter(({ kind }) => kind === 'Namespace').map(({ metadata }) => metadata.name);
  const policies = random
    .times(random.between(1, 5), () => undefined)
    .map((_, number) => {
      return randomCiliumPolicy(random, place, namespaces, `${place.prefix}cilium-policy-${number}`);
    });
  const kept = world.documents.filter((it) => it.kind !== 'NetworkPolicy' || random.happens(0.3));
  return {
    ...world,
    documents: [...kept, ...policies, node, domains],
    ends: [...world.ends, { addresses: [NODE] }, { addresses: [GATEWAY] }],
    flows: [...world.flows, ...flowsWith(NODE, random, world), ...flowsWith(GATEWAY, random, world)],
  };
}

const node = {
  apiVersion: 'v1',
  kind: 'Node',
  metadata: { name: 'node1' },
  status: { addresses: [{ type: 'InternalIP', address: NODE }] },
};

/** For the judge alone. */
const domains = {
  apiVersion: 'v1',
  kind: 'Flows',
  metadata: { name: 'domains' },
  domains: DOMAINS,
  gateways: [GATEWAY],
};

function flowsWith(other: string, random: Random, { ends }: World): Flow[] {
  const pods = ends.filter(({ pod }) => pod !== undefined).flatMap(({ addresses }) => addresses);
  return pods
    .filter((address) => !address.includes(':'))
    .flatMap((address) => {
      const what = { protocol: random.oneOf(words.protocols), port: random.oneOf(words.portNumbers) };
      return [
        { from: address, to: other, ...what },
        { from: other, to: address, ...what },
      ];
    });
}
