import { type HostPattern, matchesHost } from '../../model/host-pattern';
import { type HttpMatch, headerOf, type RequestMatch } from '../../model/request-match';
import type { Sent } from '../../model/sent';
import { unusedMethod, type Vocabulary, vocabularyOf } from './vocabulary';

/** More samples than this are not listed. */
const MOST = 1_000;

/**
 * One request of each kind that the match has and the others tell apart: what holds for these holds for every request of
 * the match. Undefined where there are too many, and where the match is not understood.
 */
export function requestsOf(match: RequestMatch, others: readonly RequestMatch[]): readonly Sent[] | undefined {
  switch (match.protocol) {
    case 'http':
      return httpRequestsOf(match, others);
    case 'kafka':
      return [match];
    case 'dns':
    case 'opaque':
      return undefined;
  }
}

/** One name of each kind that the pattern has and the others tell apart. Empty for one that is not understood. */
export function namesOf(pattern: HostPattern, others: readonly HostPattern[]): readonly string[] {
  if (pattern.kind === 'exact') return [pattern.name];
  const { hosts } = vocabularyOf({ patterns: [pattern, ...others], requests: [] });
  return hosts.filter((name) => matchesHost(pattern, name) === true);
}

function httpRequestsOf(match: HttpMatch, others: readonly RequestMatch[]): Sent[] | undefined {
  const words = vocabularyOf({ patterns: [], requests: [match, ...others] });
  const http = others.flatMap((each) => (each.protocol === 'http' ? [each] : []));
  const paths = pathsOf(match, http, words);
  const headers = headersOf(match, http);
  if (paths === undefined || headers === undefined) return undefined;
  const methods = match.methods ?? [...words.methods, unusedMethod(words)];
  // No host that a rule can name is empty.
  const hosts = match.host === undefined ? ['', ...words.requestHosts] : [match.host];
  if (methods.length * paths.length * hosts.length * headers.length > MOST) return undefined;
  const lines = methods.flatMap((method) => paths.map((path) => ({ method, path })));
  return lines
    .flatMap((line) => hosts.flatMap((host) => headers.map((names) => ({ ...line, host, headers: names }))))
    .map((request) => ({ protocol: 'http', request }));
}

function pathsOf({ path }: HttpMatch, others: readonly HttpMatch[], { paths }: Vocabulary) {
  if (paths === undefined) return undefined;
  if (path !== undefined) return paths.cellsIn(path);
  const told = others.flatMap((other) => (other.path === undefined ? [] : paths.cellsIn(other.path)));
  return [...new Set([...told, paths.unmatched])];
}

/**
 * Those that must be there, with each choice of the others that some rule asks for: not there, there with a value that some
 * rule asks for, or there with any other value. First comes none of the others.
 */
function headersOf({ headers = [] }: HttpMatch, others: readonly HttpMatch[]): (readonly string[])[] | undefined {
  const told = others.flatMap((other) => other.headers ?? []);
  const names = [...new Set([...headers, ...told].map((text) => headerOf(text).name))];
  const choices = names.map((name) => {
    const asked = headers.filter((text) => headerOf(text).name === name);
    const valued = asked.filter((text) => text !== name);
    if (valued.length > 0) return valued.slice(0, 1).map((text) => [text]);
    const values = [...new Set(told.filter((text) => text !== name && headerOf(text).name === name))];
    const there = [name, ...values].map((text) => [text]);
    return asked.length > 0 ? there : [[], ...there];
  });
  if (choices.reduce((product, { length }) => product * length, 1) > MOST) return undefined;
  return choices.reduce<string[][]>(
    (sets, choice) => choice.flatMap((added) => sets.map((set) => [...set, ...added])),
    [[]],
  );
}
