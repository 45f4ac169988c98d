import type { AddressesEndpoint, Endpoint } from '../model/endpoint';
import { hostText } from '../model/host-pattern';
import { ipsText } from '../model/ip-set';
import type { Entity } from '../model/layer';
import { podSetText } from '../model/pod-set';
import { remembered } from '../model/remembered';
import { compareText, type GraphData, tierKey } from './graph-data';
import { inline, quoted } from './plain-words';

/** Named addresses of a graph, by name: only names that mean one set everywhere in it, so that the name says it all. */
export type AddressNames = ReadonlyMap<string, string>;

/** The names that stand for addresses in this graph, and the text of those addresses, sorted by name. */
export const addressNames = remembered((data: GraphData): AddressNames => {
  const meanings = new Map<string, Set<string>>();
  for (const { from, to } of data.flows) {
    for (const end of [from, to]) {
      if (end.kind !== 'addresses' || end.name === undefined) continue;
      meanings.set(end.name, (meanings.get(end.name) ?? new Set()).add(ipsText(end.addresses)));
    }
  }
  return new Map(
    [...meanings]
      .filter(([, texts]) => texts.size === 1)
      .map(([name, [text]]) => [name, text as string] as const)
      .sort(([a], [b]) => compareText(a, b)),
  );
});

/** An end of a flow in words: `namespace/tier`, `namespace/{selector}`, blocks, or the name of addresses. */
export function endText(end: Endpoint, names: AddressNames): string {
  switch (end.kind) {
    case 'tier':
      return tierKey(end);
    case 'pods':
      return podSetText(end.pods);
    case 'addresses':
      return addressesText(end, names);
    case 'hosts':
      return end.patterns.map(hostText).join(', ');
    case 'entity':
      return entityText(end.entity);
  }
}

/** In angle brackets, which no name of a tier, of addresses or of a host has. */
function entityText(entity: Entity): string {
  return `<${entity}>`;
}

/** Who must allow the other half of a flow, where that is somebody else. */
export function ownerOf(end: Endpoint): string | undefined {
  return end.kind === 'pods' ? end.owner : undefined;
}

/** The owner in brackets, in which no bracket can be forged. */
export function ownerText(owner: string): string {
  return `[${/[[\]]/.test(owner) ? quoted(owner) : inline(owner)}]`;
}

/** An end in words, with its owner where that is somebody else. */
export function endCell(end: Endpoint, names: AddressNames): string {
  const owner = ownerOf(end);
  return owner === undefined ? endText(end, names) : `${endText(end, names)} ${ownerText(owner)}`;
}

/** Between a host name and the engine that does not know it, in the name of the addresses that it stands for there. */
export const AS_ANY_ADDRESS = ', as any address of the internet on ';

/** Such a name: that of the host, and what it comes to. */
const HOST_AS_ADDRESSES = new RegExp(
  `^(?<host>(?:\\*{1,2}\\.)?[a-z0-9._-]+), as (?<addresses>${AS_ANY_ADDRESS.slice(', as '.length)}[A-Za-z0-9. ]*[A-Za-z0-9])$`,
);

/** The name of addresses; quoted if it could be read as anything else. */
export function nameText(name: string): string {
  return /^[a-z]+(?:[ -][a-z0-9]+)*$/i.test(name) || HOST_AS_ADDRESSES.test(name) ? name : quoted(name);
}

/**
 * The lines that say what names of addresses mean. Hosts that stand for the same addresses on an engine that does not know
 * names share a line, since the addresses are long and all alike.
 */
export function addressLines(names: AddressNames): string[][] {
  const shared = new Map<string, Set<string>>();
  for (const [name, text] of names) {
    const what = HOST_AS_ADDRESSES.exec(name)?.groups?.addresses;
    if (what !== undefined) shared.set(what, (shared.get(what) ?? new Set()).add(text));
  }
  const lines = [...names].map(([name, text]) => {
    const what = HOST_AS_ADDRESSES.exec(name)?.groups?.addresses;
    return [what !== undefined && shared.get(what)?.size === 1 ? what : nameText(name), text];
  });
  return [...new Map(lines.map((line) => [line.join('\u0000'), line])).values()];
}

function addressesText({ name, addresses }: AddressesEndpoint, names: AddressNames): string {
  if (name === undefined) return ipsText(addresses);
  return names.has(name) ? nameText(name) : `${nameText(name)} (${ipsText(addresses)})`;
}
