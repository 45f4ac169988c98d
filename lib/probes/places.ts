import { isIP } from 'node:net';
import type { GraphTier } from '../graph/graph-data';
import type { PortSet } from '../model/port-set';

/** Where destinations are, for those who lay out a test: what is rendered knows Services, the command knows pods. */
export interface Places {
  /** Where the tier is reached over TCP on one of the ports, or why that is not known. */
  readonly ofTier: (tier: GraphTier, ports: PortSet) => { readonly address: string } | { readonly why: string };
  /** An address of the internet that answers, `address:port`. @default it is not tried */
  readonly internet?: string;
  /** The metadata service of the cloud. @default it is not tried */
  readonly metadata?: string;
  /** The API server. @default it is not tried */
  readonly apiServer?: string;
  /** Whether name servers are asked over UDP, by those who may ask them and by those who may not. @default they are not */
  readonly asksNameServers?: boolean;
  /** Whether there are name servers, so that a prober shows by one of them that it has a network. */
  readonly hasNames: boolean;
}

/**
 * Answers on the internet in most places: 1.1.1.1, a public resolver, which Cilium's connectivity test dials as well
 * (cilium `cilium-cli/connectivity`, `--external-ip`).
 */
export const INTERNET = '1.1.1.1:443';

/** Where clouds hand out credentials over plain HTTP (`lib/cluster/metadata-services.ts`). */
export const METADATA = '169.254.169.254:80';

/** Host and port of an address as it is dialled; undefined for what is none. */
export function dialled(address: string): { readonly host: string; readonly port: number } | undefined {
  const [, bracketed, plain, digits] =
    /^(?:\[([0-9A-Fa-f:.]+)\]|([A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?)):(\d{1,5})$/.exec(address) ?? [];
  const host = bracketed ?? plain;
  const port = Number(digits);
  return host === undefined || port < 1 || port > 65535 ? undefined : { host, port };
}

/** An address as it is dialled: IPv6 in brackets. */
export function dialling(host: string, port: number): string {
  return host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`;
}

/** Whether a name server is asked for it before it is dialled. */
export function isName(address: string): boolean {
  const host = dialled(address)?.host ?? '';
  return host !== '' && isIP(host) === 0;
}
