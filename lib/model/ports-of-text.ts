import type { PortSet } from './port-set';
import * as ports from './port-set';
import { ZeroTrustError } from './problem';

/**
 * The ports that a text says as `portsText` writes them: `TCP/80,443,8000-8100,http UDP/53`, `TCP/*`, or `*`. Undefined for
 * every other text, and for sets that no policy can say.
 */
export function portsOfText(text: string): PortSet | undefined {
  if (text === '*') return ports.everything;
  const parts = text.split(' ').map(ofProtocol);
  return parts.every((part) => part !== undefined) ? ports.unionOf(parts) : undefined;
}

function ofProtocol(text: string): PortSet | undefined {
  const [, name, list] = /^(TCP|UDP|SCTP)\/(.+)$/.exec(text) ?? [];
  const protocol = ports.PROTOCOLS.find((each) => each === name);
  if (protocol === undefined || list === undefined) return undefined;
  if (list === '*') return ports.allOf(protocol);
  try {
    return ports.unionOf(
      list.split(',').map((part) => {
        const [, first, last = first] = /^(\d+)(?:-(\d+))?$/.exec(part) ?? [];
        return first === undefined ? ports.named(protocol, part) : ports.range(protocol, Number(first), Number(last));
      }),
    );
  } catch (error) {
    if (error instanceof ZeroTrustError) return undefined;
    throw error;
  }
}
