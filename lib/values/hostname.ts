import { exactHost, type HostPattern } from '../model/host-pattern';
import { ZeroTrustError } from '../model/problem';
import { shown } from '../model/shown';
import { Endpoint, type IPeer } from './peer';

/**
 * Hosts outside the cluster, by name; only ever a destination. The engine learns addresses from the answers to the pods'
 * own DNS queries, so other names at the same address pass as well. How deep a wildcard goes is said here, because engines
 * write it differently; one that an engine cannot say is refused.
 *
 * @example
 * loader.connections.allowTo(Hostname.exact('huggingface.co'), { ports: [Port.tcp(443)], because: 'models are downloaded' });
 */
export class Hostname implements IPeer {
  /**
   * One name.
   *
   * @param name `api.openai.com`.
   * @throws for what is no name of a host: an address, a URL, a port, a wildcard.
   */
  public static exact(name: string): Hostname {
    return new Hostname({ kind: 'exact', name: hostName(name) });
  }

  /**
   * Names of one more label: `a.s3.example.com` under `s3.example.com`, and neither `a.b.s3.example.com` nor the domain.
   *
   * @param domain `s3.example.com`.
   * @throws for what is no name of a host.
   */
  public static oneLabelUnder(domain: string): Hostname {
    return new Hostname({ kind: 'one-label', under: hostName(domain) });
  }

  /**
   * Names under a domain at any depth: `a.example.com` and `a.b.example.com`, and not the domain.
   *
   * @param domain `example.com`.
   * @throws for what is no name of a host.
   */
  public static anyDepthUnder(domain: string): Hostname {
    return new Hostname({ kind: 'any-depth', under: hostName(domain) });
  }

  readonly #endpoint: Endpoint;

  private constructor(pattern: unknown) {
    this.#endpoint = Endpoint._of({ kind: 'host', pattern: pattern as HostPattern });
  }

  /** The hosts. */
  public get endpoint(): Endpoint {
    return this.#endpoint;
  }
}

/** One name, as the pattern that it is. */
export function hostnamePattern(name: string): HostPattern {
  return exactHost(hostName(name));
}

/** RFC 1123, with the underscore that service names have. */
function hostName(name: unknown): string {
  if (typeof name !== 'string') throw notAHost(name, 'it is not text');
  const wrong = [
    [name === '', 'it is empty'],
    [/\/\//.test(name), 'it has a scheme'],
    [/\//.test(name), 'it has a path'],
    [/^\[|:.*:/.test(name) || /^[\d.]+$/.test(name), 'it is an address'],
    [/:/.test(name), 'it has a port'],
    [/\*/.test(name), 'it has a wildcard'],
    [/\.$/.test(name), 'it ends with a dot'],
    [name.length > LONGEST, `it is longer than ${LONGEST} characters`],
    [!LABELS.test(name.toLowerCase()), 'it has characters that host names do not have'],
  ].find(([is]) => is);
  if (wrong === undefined) return name.toLowerCase();
  throw notAHost(name, String(wrong[1]));
}

function notAHost(name: unknown, why: string): ZeroTrustError {
  return new ZeroTrustError({
    rule: 'host-name',
    what: `${shown(name)} is not the name of a host: ${why}`,
    value: typeof name === 'string' ? name : shown(name),
    allowed: 'labels of letters, digits and hyphens, with dots between them',
    fix: hostFix(name),
  });
}

/** What was meant, where the text shows it. */
function hostFix(name: unknown): string {
  const text = typeof name === 'string' ? name.toLowerCase() : '';
  const under = /^(\*+)\.([^*]+)$/.exec(text);
  if (under !== null && LABELS.test(under[2])) {
    return `Say how deep the wildcard goes: Hostname.oneLabelUnder('${under[2]}') or Hostname.anyDepthUnder('${under[2]}')`;
  }
  if (text.includes('*')) {
    return 'Name the hosts one by one, or the domain that they are under: Hostname.oneLabelUnder(…), Hostname.anyDepthUnder(…).';
  }
  if (/^[\d.]+$/.test(text)) return `Give an address as one: Cidr.of('${text}/32')`;
  if (/^\[|:.*:/.test(text) && !text.includes('/')) {
    return `Give an address as one: Cidr.of('${text.replace(/^\[|\](:\d+)?$/g, '')}/128')`;
  }
  const alone = text
    .replace(/^[a-z0-9+.-]*:?\/\//, '')
    .replace(/[:/].*$/, '')
    .replace(/\.$/, '');
  return `Write the name alone: Hostname.exact('${alone.length <= LONGEST && LABELS.test(alone) ? alone : 'api.example.com'}')`;
}

const LONGEST = 253;

const LABELS = /^[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?(\.[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?)*$/;
