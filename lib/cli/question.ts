import type { Question } from '../asking/answer';
import { endInWords } from '../asking/end-in-words';
import type { KnownWorld } from '../asking/known-world';
import { isHost } from '../asking/words';
import { coreDns } from '../cluster/dns-flavours';
import type { PortSet, Protocol } from '../model/port-set';
import * as ports from '../model/port-set';
import { ZeroTrustError } from '../model/problem';
import type { RequestMatch } from '../model/request-match';
import { Hostname } from '../values/hostname';
import { HttpPath } from '../values/http-path';
import { HttpRule } from '../values/http-rule';
import type { Given, OptionSpec } from './command';
import type { ManifestsGiven } from './manifests';
import { usageError } from './usage-error';

// What the commands that ask about one connection have in common: `can` and `explain`.

export const HTTP_OPTION: OptionSpec = {
  flags: '--http <request>',
  description: "an HTTP request, 'POST /v1/chat/completions' (default: whatever is sent on the port)",
};

export const ENDS_NOTE =
  'FROM and TO are namespace/name or namespace/Kind/name of a workload, namespace/label=value,… of pods, namespace/* for any pod there, an address or a block of them, the name of a host (as TO), internet, nodes or api-server. PORT is 8080, TCP/8080, UDP/53, 8000-8010, or the name of a port.';

/** What is known, for questions about it. */
export function knownWorld({ reading, plane, facts }: ManifestsGiven): KnownWorld {
  return {
    world: reading.world,
    plane: plane.plane,
    facts: facts ?? { engine: plane.engine, ipBlockMode: plane.plane.ipBlockMode, dns: coreDns() },
    ...(facts?.podRanges && { podAddresses: facts.podRanges }),
  };
}

/** The question that `<from> <to> [port]` and `--http` are. */
export function questionGiven({ args: [from, to, port], value }: Given, known: KnownWorld): Question {
  const http = value('http');
  for (const end of [from, to]) if (isHost(end)) Hostname.exact(end);
  return {
    from: endInWords(from, 'client', known),
    to: endInWords(to, 'server', known),
    ...(port !== undefined && { ports: portInWords(port) }),
    ...(http !== undefined && { requests: [requestInWords(http)], areWhole: true }),
  };
}

/** `8080`, `TCP/8080`, `UDP/53`, `8000-8010`, `TCP/http`. */
export function portInWords(text: string): PortSet {
  const [, protocol = 'TCP', port] = /^(?:([A-Za-z]+)[/])?(.+)$/s.exec(text) ?? [];
  const name = protocol.toUpperCase();
  const known = ports.PROTOCOLS.find((each) => each === name);
  if (port === undefined || known === undefined) throw noPort(text);
  return portOf(known, port, text);
}

function portOf(protocol: Protocol, port: string, text: string): PortSet {
  const range = /^(\d+)(?:-(\d+))?$/.exec(port);
  try {
    if (port === '*') return ports.allOf(protocol);
    if (range === null) return ports.named(protocol, port);
    const [, first, last = first] = range;
    return ports.range(protocol, Number(first), Number(last));
  } catch (error) {
    if (error instanceof ZeroTrustError) throw noPort(text, error.problems[0]?.what);
    throw error;
  }
}

function noPort(text: string, why = `'${text}' is no port`): ZeroTrustError {
  return usageError({
    what: why,
    value: text,
    allowed: '8080, TCP/8080, UDP/53, SCTP/36412, a range 8000-8010, or the name of a port',
    fix: 'Give the port that the pod listens on, not that of its Service.',
  });
}

/** `POST /v1/chat/completions`; a path alone is any method. */
function requestInWords(text: string): RequestMatch {
  const [, method, path] = /^(?:([A-Z]+) )?(\/.*)$/s.exec(text.trim()) ?? [];
  if (path !== undefined) {
    return HttpRule.of({ path: HttpPath.exact(path), ...(method !== undefined && { methods: [method] }) })._match;
  }
  throw usageError({
    what: `'${text}' is not a request`,
    value: text,
    allowed: 'a method and a path, or a path alone',
    fix: "--http 'POST /v1/chat/completions'",
  });
}
