import type { ChangeEnd } from '../analysis';
import { internet } from '../cluster/special-addresses';
import { ENTITY_WORDS } from '../model/entity-words';
import { hostText } from '../model/host-pattern';
import type { IpSet } from '../model/ip-set';
import * as ips from '../model/ip-set';
import { printable } from '../model/printable';

/** More workloads than this are told by their number, and these first ones by name. */
const MOST_NAMED = 4;
const FIRST_NAMED = 3;
/** More blocks than this are told by their number. */
const MOST_BLOCKS = 4;

/** An end as a person reads it: `ai-agents/Deployment/agent`, `500 workloads of x (c0, c1, c2, …)`, `internet`, `the nodes`. */
export function endWords(end: ChangeEnd): string {
  switch (end.kind) {
    case 'workloads':
      return workloadsWords(end.workloads);
    case 'addresses':
      return addressesWords(end.addresses);
    case 'entity':
      return ENTITY_WORDS[end.entity];
    case 'host':
      return printable(hostText(end.host));
  }
}

export function workloadsWords(ids: readonly string[]): string {
  if (ids.length <= MOST_NAMED) return printable(ids.join(', '));
  const namespaces = [...new Set(ids.map((id) => id.split('/')[0]))];
  const first = ids.slice(0, FIRST_NAMED).map((id) => (namespaces.length === 1 ? nameIn(id, namespaces[0]) : id));
  const where = namespaces.length === 1 ? namespaces[0] : `${namespaces.length} namespaces`;
  return printable(`${ids.length} workloads of ${where} (${first.join(', ')}, …)`);
}

/** Without namespace and kind; a pod that no manifest shows has labels in place of both. */
function nameIn(id: string, namespace: string): string {
  const rest = id.slice(namespace.length + 1);
  return rest.includes('=') ? rest : rest.slice(rest.indexOf('/') + 1);
}

/** `internet` stands for all of it; a set that has it and more says so. */
export function addressesWords(set: IpSet): string {
  if (ips.equal(set, ips.all)) return 'any address';
  if (ips.equal(set, internet)) return 'internet';
  const isOpen = ips.contains(set, internet);
  const texts = blockTexts(isOpen ? ips.difference(set, internet) : set);
  const shown =
    texts.length > MOST_BLOCKS ? [...texts.slice(0, FIRST_NAMED), `${texts.length - FIRST_NAMED} more blocks`] : texts;
  return [...(isOpen ? ['internet'] : []), ...shown].join(', ');
}

function blockTexts(set: IpSet): readonly string[] {
  return ips.blocks(set).map(({ cidr, except }) => {
    if (except.length === 0) return cidr;
    if (except.length > MOST_BLOCKS) return `${cidr} except ${except.length} blocks`;
    return `${cidr} except ${except.join(' and ')}`;
  });
}
