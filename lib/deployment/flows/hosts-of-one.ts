import { type HostPattern, hostText } from '../../model/host-pattern';
import type { HostsSpec } from '../../values/peer';
import { BY_ADDRESS } from './named-peers';
import type { PeerEnd } from './peer-end';

/** An end for each host, so that what an engine cannot say of one of them is said of that one. */
export function hostEnds({ title, patterns, ports, notes }: HostsSpec): PeerEnd[] {
  return patterns.map((pattern, index) => ({
    endpoint: { kind: 'hosts', patterns: [pattern] },
    ports,
    notes: [BY_ADDRESS, `${OF}${title}`, ...(index === 0 ? notes : [])],
  }));
}

/** What the host of a flow belongs to, where that was said; from the notes of the flow. */
export function ownerOfHost(notes: readonly string[]): string | undefined {
  return notes.find((note) => note.startsWith(OF))?.slice(OF.length);
}

/** `OpenAI (api.openai.com)`. */
export function hostsText({ title, patterns }: { readonly title: string; readonly patterns: readonly HostPattern[] }) {
  return `${title} (${patterns.map(hostText).join(', ')})`;
}

const OF = 'a host of ';
