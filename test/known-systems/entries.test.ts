import { apiHosts, imagesOf, KNOWN_APIS, KNOWN_SYSTEMS } from '../../lib/known-systems';
import type { FlowEnd } from '../../lib/known-systems/known-system';
import { exactHost, hostText, matchesHost } from '../../lib/model/host-pattern';

const NAME = /^[a-z0-9]+(-[a-z0-9]+)*$/;
const HOST = /^[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)+$/;
const PURPOSES = ['serving', 'administration', 'metrics', 'peers', 'health', 'webhook'];
const ROLES = ['gateway', 'inference', 'agents', 'data', 'observability', 'cluster'];
const ids = KNOWN_SYSTEMS.map(({ id }) => id);
const PHRASE = /^\S.*\S$/;
const isPhrase = (text: string) => PHRASE.test(text);
const isHost = (host: string) =>
  HOST.test(host) && matchesHost(exactHost(host), host) === true && hostText(exactHost(host)) === host;

it('knows at least sixty systems and a dozen APIs', () => {
  expect(ids.length).toBeGreaterThanOrEqual(60);
  expect(KNOWN_APIS.length).toBeGreaterThanOrEqual(12);
  expect(ids.every((id) => NAME.test(id))).toBe(true);
});

describe.each(KNOWN_SYSTEMS.map((system) => [system.id, system] as const))('the entry of %s', (_id, system) => {
  const { title, role, parts, flows = [], calls = [], telemetry = [], requests = [], administration = [] } = system;
  const names = parts.map(({ name }) => name);

  it('names a release that its facts are of, or says that none could be found', () => {
    const isSaid = /(?:release|build)s? ha(?:s|ve) .*could not be found$/.test(system.source);
    expect([/\d+\.\d+/.test(system.versions), isSaid]).toContain(true);
  });

  it('is of a known role, with source, versions and the day of the last look', () => {
    expect(ROLES).toContain(role);
    for (const text of [title, system.source, system.versions]) expect(text).toMatch(PHRASE);
    expect(Number.isNaN(Date.parse(system.lookedAt))).toBe(false);
    for (const text of [...(system.traps ?? []), ...(system.unknown ?? [])]) expect(text).toMatch(PHRASE);
    for (const trap of system.traps ?? []) expect(trap).toMatch(/\.\)?$/);
  });

  it('has ports that are ports, of known purposes, each once in a part', () => {
    expect(new Set(names).size).toBe(names.length);
    for (const part of parts) {
      if (part.role !== undefined) expect(ROLES).toContain(part.role);
      const keys = part.ports.map(({ number, protocol = 'TCP' }) => `${protocol}/${number}`);
      expect(new Set(keys).size).toBe(keys.length);
      for (const { number, last = number, purpose, what } of part.ports) {
        expect(number).toBeGreaterThan(0);
        expect(last).toBeGreaterThanOrEqual(number);
        expect(last).toBeLessThan(65536);
        expect(PURPOSES).toContain(purpose);
        expect(what).toMatch(PHRASE);
      }
    }
  });

  it('can be told, or says what is not known of it', () => {
    const { kinds = [], labelKeys = [] } = system.known;
    const labels = parts.flatMap((part) => part.labels).filter(({ isGeneric }) => isGeneric !== true);
    const told = [...imagesOf(system), ...kinds, ...labelKeys, ...labels];
    if (told.length === 0) expect(system.unknown).not.toEqual(undefined);
    for (const kind of kinds) expect(kind).toMatch(/^[a-z0-9.-]+\/[A-Z]\w+$/);
    for (const image of imagesOf(system)) expect(image).toMatch(/^[a-z0-9]+([._/-][a-z0-9]+)*$/);
  });

  it('has a reason for every flow, between ends that are there, on ports of a part of its own', () => {
    const isThere = (end: FlowEnd) =>
      (end.kind !== 'part' || names.includes(end.name)) &&
      (end.kind !== 'system' || end.id === undefined || ids.includes(end.id));
    for (const { from, to, ports, because } of flows) {
      expect(isThere(from) && isThere(to)).toBe(true);
      expect(because).toMatch(PHRASE);
      const target = to.kind === 'part' ? parts.find(({ name }) => name === to.name) : undefined;
      for (const port of target === undefined ? [] : (ports ?? []))
        expect(target?.ports.some(({ number, last = number }) => number <= port && port <= last)).toBe(true);
    }
  });

  it('calls hosts that are names, with a reason, and none for both its work and telemetry without saying so', () => {
    for (const { host, because } of calls) expect([isHost(host), isPhrase(because)]).toEqual([true, true]);
    for (const { host, off, what } of telemetry) {
      expect(isHost(host)).toBe(true);
      if (off === undefined) expect(what).toMatch(PHRASE);
    }
  });

  it('has requests that are paths', () => {
    for (const { path, method = 'GET' } of [...requests, ...administration]) {
      expect(path).toMatch(/^\/[\w/.-]*(\/\*)?$/);
      expect(method).toMatch(/^[A-Z]+$/);
    }
    for (const { what } of administration) expect(what).toMatch(PHRASE);
  });
});

describe.each(KNOWN_APIS.map((api) => [api.id, api] as const))('the API %s', (id, api) => {
  it('has a source, uses with reasons, and hosts that are names once their braces are filled', () => {
    expect(id).toMatch(NAME);
    for (const text of [api.title, api.source, api.versions]) expect(text).toMatch(PHRASE);
    expect(api.uses.length).toBeGreaterThan(0);
    for (const use of api.uses) {
      expect(use.name).toMatch(NAME);
      expect(use.because).toMatch(PHRASE);
      const given = { region: 'eu-west-1', location: 'europe-west1', account: 'acct', resource: 'res', bucket: 'b' };
      const { hosts, missing } = apiHosts(use, given);
      expect(missing).toEqual([]);
      expect(hosts.every(isHost)).toBe(true);
    }
  });
});

it('names the hosts of an API whose braces nobody filled, and takes no name from the prototype for a value', () => {
  const use = { name: 'x', because: 'test', hosts: ['a.{region}.example.com', 'b.example.com', '{toString}.x.com'] };
  expect(apiHosts(use)).toEqual({ hosts: ['b.example.com'], missing: ['a.{region}.example.com', '{toString}.x.com'] });
  expect(apiHosts(use, { region: 'eu' }).hosts).toEqual(['a.eu.example.com', 'b.example.com']);
});
