import type { Place, Protocol } from './world';

/** Labels that pods wear, and the values that selectors ask for: `gone` is worn by none. */
export const podLabels: Readonly<Record<string, readonly string[]>> = {
  app: ['web', 'api', 'db', 'gone'],
  tier: ['front', 'back'],
  canary: ['', 'true'],
};

export const namespaceLabels: Readonly<Record<string, readonly string[]>> = {
  team: ['red', 'blue', 'gone'],
  env: ['prod', 'dev'],
};

export const namespaceNames = ['shop', 'ops', 'data', 'labs'];

export const portNames = ['http', 'dns', 'alt', 'sync'];

/** What flows try, and what rules name, with the numbers beside them. */
export const portNumbers = [53, 79, 80, 81, 8000, 8080, 8081];

export const protocols: readonly Protocol[] = ['TCP', 'UDP', 'SCTP'];

/** Addresses outside the cluster: documentation ranges (RFC 5737, RFC 3849). */
export const externals4 = ['203.0.113.5', '203.0.113.200', '198.51.100.9'];
export const externals6 = ['2001:db8::5', '2001:db8:1::9'];

export function podAddress4(place: Place, pod: number): string {
  return `10.244.${place.subnet}.${pod + 1}`;
}

export function podAddress6(place: Place, pod: number): string {
  return `fd00:10:244:${place.subnet.toString(16)}::${(pod + 1).toString(16)}`;
}

/** A block and blocks inside it that may be left out. */
export interface BlockChoice {
  readonly cidr: string;
  readonly except: readonly string[];
}

/** Blocks without any pod in them. */
export const outsideBlocks: readonly BlockChoice[] = [
  { cidr: '203.0.113.0/24', except: ['203.0.113.128/25', '203.0.113.5/32'] },
  { cidr: '203.0.113.5/32', except: [] },
  { cidr: '198.51.100.0/24', except: ['198.51.100.0/29'] },
  { cidr: '192.0.0.0/2', except: ['203.0.113.0/24', '198.51.100.0/28', '224.0.0.0/4'] },
  { cidr: '2001:db8::/32', except: ['2001:db8:1::/48', '2001:db8::/127'] },
  { cidr: '2001:db8::5/128', except: [] },
];

/** Blocks with pods in them, some or all. */
export function podBlocks(place: Place): readonly BlockChoice[] {
  return [
    { cidr: '0.0.0.0/0', except: ['10.0.0.0/8', '203.0.113.128/25', `10.244.${place.subnet}.2/31`] },
    { cidr: '::/0', except: ['fd00::/8', '2001:db8:1::/48'] },
    { cidr: `10.244.${place.subnet}.0/24`, except: [`10.244.${place.subnet}.4/30`] },
    { cidr: `${podAddress4(place, 1)}/32`, except: [] },
    { cidr: `${podAddress6(place, 0)}/128`, except: [] },
    { cidr: `fd00:10:244:${place.subnet.toString(16)}::/64`, except: [`${podAddress6(place, 2)}/128`] },
  ];
}
