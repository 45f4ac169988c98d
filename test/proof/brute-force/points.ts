import * as ips from '../../../lib/model/ip-set';
import type { Direction, Entity } from '../../../lib/model/layer';
import type { HttpRequest } from '../../../lib/model/request-match';
import type { Labels } from '../../../lib/model/selector';

// Connections over a few words: a pod for every way in which selectors over these words can tell pods apart.

export const NAMES = ['a', 'b', 'c'] as const;
export const ZERO_TRUST = ['a', 'b'] as const;
export const APPS = ['x', 'y'] as const;
export const POD_ADDRESSES = ips.fromBlock('10.244.0.0/16');

/** One address for each part that the blocks of the tests cut out, of pods and of others. */
export const podPoints = ['10.244.0.1', '10.244.128.1'];
const outsidePoints = [...podPoints, '10.1.0.1', '10.2.0.1', '192.0.2.1', '192.0.2.129', '198.51.100.1', '2001:db8::1'];

export interface Pod {
  readonly namespace: Labels;
  readonly labels: Labels;
  readonly address: string;
}
export interface Known {
  readonly entity: Entity;
  readonly address: string;
}
export interface Address {
  readonly address: string;
  /** Names that lead to it. */
  readonly hosts: readonly string[];
}
export type Peer = Pod | Known | Address;
export type Sent = HttpRequest | { readonly topic: string } | 'other';
export interface Point {
  readonly direction: Direction;
  readonly subject: Pod;
  readonly peer: Peer;
  readonly port: { readonly number: number; readonly names: readonly string[] } | 'other';
  readonly sent: Sent;
}

/** What can tell connections apart, at least. */
export interface World {
  readonly subjects: readonly Pod[];
  readonly peers: readonly Peer[];
  readonly ports: readonly Point['port'][];
  readonly sent: readonly Sent[];
}

export const podsIn = (namespace: Labels, address: string, extras: readonly (string | undefined)[]): Pod[] =>
  [undefined, ...APPS, 'fresh'].flatMap((app) =>
    extras.map((extra) => ({
      namespace,
      labels: { ...(app === undefined ? {} : { app }), ...(extra === undefined ? {} : { extra }) },
      address,
    })),
  );

export const nameLabel = (name: string) => ({ 'kubernetes.io/metadata.name': name });
/** The zero-trust namespaces are known to have no label but their name; any other may have `env`. */
export const namespaces: Labels[] = [
  ...ZERO_TRUST.map(nameLabel),
  ...['c', 'fresh'].flatMap((name) => [nameLabel(name), { ...nameLabel(name), env: 'fresh' }]),
];
export const EXTRAS = [undefined, 'fresh'];

/** Pods by two labels, addresses without names, and nothing is looked into. */
export const BY_LABELS: World = {
  subjects: ZERO_TRUST.flatMap((name) => podsIn(nameLabel(name), podPoints[0], EXTRAS)),
  peers: [
    ...podPoints.flatMap((address) => namespaces.flatMap((labels) => podsIn(labels, address, EXTRAS))),
    ...outsidePoints.map((address) => ({ address, hosts: [] })),
  ],
  ports: [...[80, 81, 82].flatMap((number) => [[], ['http']].map((names) => ({ number, names }))), 'other'],
  sent: ['other'],
};

const request = (method: string, path: string, host = 'other', headers: string[] = []): HttpRequest => ({
  method,
  path,
  host,
  headers,
});

/** Also names that lead to addresses, what engines know by itself, and requests. */
export const BEYOND_LABELS: World = {
  subjects: BY_LABELS.subjects,
  peers: [
    ...BY_LABELS.peers,
    ...['10.1.0.1', '192.0.2.1', '2001:db8::1'].flatMap((address) =>
      [['api.example.com'], ['b.example.com'], ['a.b.example.com'], ['x.test'], ['x.test', 'b.example.com']].map(
        (hosts) => ({ address, hosts }),
      ),
    ),
    ...(['api-server', 'nodes', 'ingress'] as const).flatMap((entity) =>
      ['10.1.0.1', '192.0.2.1', '2001:db8::1'].map((address) => ({ entity, address })),
    ),
  ],
  ports: BY_LABELS.ports,
  sent: [
    'other',
    { topic: 'produce orders' },
    { topic: 'consume orders' },
    ...['GET', 'POST', 'PUT'].flatMap((method) =>
      ['/', '/v1', '/v1/models', '/x/models', '/v1/x', '/v1/models/x', '/v1//models', '*'].map((path) =>
        request(method, path),
      ),
    ),
    request('GET', '/v1/models', 'h'),
    request('GET', '/v1/models', 'other', ['x-key']),
    request('GET', '/v1/models', 'h', ['x-key']),
  ],
};
