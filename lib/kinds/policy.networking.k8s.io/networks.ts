import type { HostPattern } from '../../model/host-pattern';
import * as ips from '../../model/ip-set';
import { said } from '../../model/said';
import type { Field } from '../field';
import { requireCount } from './shape';

/** Networks and domain names of a peer (`maxItems` of every version's CRD). */
const MOST = 25;

/**
 * `networks` of a peer. Bits after the prefix are refused: the API server does so from release 0.2.1 on, and before it
 * engines disagree on them.
 */
export function readNetworks(field: Field): ips.IpSet {
  const items = requireCount(field, 'networks', 1, MOST);
  refuseRepeated(items);
  return ips.unionOf(items.map((item) => item.try((text) => ips.fromBlock(text as never)) ?? ips.none));
}

/** `*.example.com` has any depth, and not the domain itself; a dot at the end says nothing (`DomainName`). */
export function readDomainNames(field: Field): HostPattern[] {
  const items = requireCount(field, 'domainNames', 1, MOST);
  refuseRepeated(items);
  return items.flatMap((item) => {
    const text = item.text()?.toLowerCase().replace(/\.$/, '');
    if (text === undefined || !DOMAIN_NAME.test(text)) {
      item.refuse(domainNameProblem(item.value));
      return [];
    }
    return text.startsWith('*.') ? { kind: 'any-depth', under: text.slice(2) } : { kind: 'exact', name: text };
  });
}

const DOMAIN_NAME = /^(\*\.)?([a-z0-9]([-a-z0-9_]*[a-z0-9])?\.)+[a-z0-9]([-a-z0-9_]*[a-z0-9])?$/;

/** Both are sets for the API server. */
function refuseRepeated(items: readonly Field[]): void {
  const seen = new Set<unknown>();
  for (const item of items) {
    if (seen.has(item.value)) {
      item.refuse({
        rule: 'repeated',
        what: `'${said(item.value)}' is there twice, which the API server refuses`,
        value: said(item.value),
        allowed: 'each once',
        fix: `Take the second '${said(item.value)}' out.`,
      });
    }
    seen.add(item.value);
  }
}

function domainNameProblem(value: unknown) {
  return {
    rule: 'domain-name',
    what: `'${said(value)}' is not a domain name that the API server takes`,
    value: said(value),
    allowed: "a name with a dot in it, or one behind '*.'",
    fix: 'Write the name without scheme, port and path.',
  };
}
