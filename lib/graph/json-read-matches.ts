import type { HostPattern } from '../model/host-pattern';
import type { HttpMatch, PathPattern, RequestMatch } from '../model/request-match';
import { fields, type JsonPart, list, oneOf, refused, text } from './json-fields';

/** A host name of a flow: `{ "exact": … }`, `{ "oneLabelUnder": … }` or `{ "anyDepthUnder": … }`. */
export function readHost(part: JsonPart): HostPattern {
  const { exact, oneLabelUnder, anyDepthUnder } = fields(part, [], ['exact', 'oneLabelUnder', 'anyDepthUnder']);
  const given: HostPattern[] = [
    ...(exact ? [{ kind: 'exact', name: domain(exact) } as const] : []),
    ...(oneLabelUnder ? [{ kind: 'one-label', under: domain(oneLabelUnder) } as const] : []),
    ...(anyDepthUnder ? [{ kind: 'any-depth', under: domain(anyDepthUnder) } as const] : []),
  ];
  if (given.length === 1) return given[0];
  throw refused(part, `this is ${given.length} host names`, 'one of exact, oneLabelUnder, anyDepthUnder');
}

function domain(part: JsonPart): string {
  const name = text(part);
  if (/^[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?(\.[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?)*$/.test(name)) return name;
  throw refused(part, 'this is not a host name', 'lower case labels with dots between them');
}

/** A request of a flow; a free segment of a path is null. */
export function readRequest(part: JsonPart): RequestMatch {
  const { protocol } = fields(part, ['protocol'], ['methods', 'path', 'host', 'headers', 'topic', 'role']);
  if (oneOf(protocol, ['http', 'kafka']) === 'kafka') {
    const { topic, role } = fields(part, ['protocol', 'topic', 'role']);
    return { protocol: 'kafka', topic: text(topic), role: oneOf(role, ['produce', 'consume']) };
  }
  return readHttp(part);
}

function readHttp(part: JsonPart): HttpMatch {
  const { methods, path, host, headers } = fields(part, ['protocol'], ['methods', 'path', 'host', 'headers']);
  return {
    protocol: 'http',
    ...(methods && { methods: sorted(methods) }),
    ...(path && { path: readPath(path) }),
    ...(host && { host: text(host) }),
    ...(headers && { headers: sorted(headers) }),
  };
}

function readPath(part: JsonPart): PathPattern {
  const { segments, below } = fields(part, ['segments', 'below']);
  if (typeof below.value !== 'boolean')
    throw refused(below, 'this is no answer to whether what is below is in it', 'true or false');
  return {
    segments: list(segments, (segment) => (segment.value === null ? undefined : text(segment))),
    below: below.value,
  };
}

function sorted(part: JsonPart): string[] {
  return [...new Set(list(part, text))].sort();
}
