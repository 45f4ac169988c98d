import { Catalog, KnownPods, Pods, type TierProps } from '../../lib';
import { partsOfUsers } from '../../lib/catalog/known';
import { KNOWN_SYSTEMS } from '../../lib/known-systems';
import { ZeroTrustError } from '../../lib/model/problem';
import { namespace } from '../tiers/scenario';
import { methodOf } from './small-app';

describe('the methods of the catalog', () => {
  const methods = Object.getOwnPropertyNames(Catalog).filter(
    (name) => typeof (Catalog as never as Record<string, unknown>)[name] === 'function' && name !== 'prototype',
  );

  it('are one for every known system, and those for all of them', () => {
    const expected = [...KNOWN_SYSTEMS.map(methodOf), 'ids', 'entry', 'requests', 'match', 'system'];
    expect(methods.sort()).toEqual(expected.sort());
  });

  it.each(KNOWN_SYSTEMS.filter((system) => partsOfUsers(system).length === 1).map((system) => [system.id]))(
    '%s gives props that know which system they are of',
    (id) => {
      const method = (Catalog as never as Record<string, (options: object) => TierProps>)[methodOf({ id })];
      const { known } = method.call(Catalog, { pods: Pods.labeled({ app: 'x' }) });
      expect(known).toBeInstanceOf(KnownPods);
      expect(known?.system).toBe(id);
    },
  );

  it('describe every system, and list what can be said of it', () => {
    expect(Catalog.ids()).toEqual(KNOWN_SYSTEMS.map(({ id }) => id).sort());
    const { others, conditions, requests, telemetry, parts } = Catalog.entry('ray');
    expect({ others, conditions, requests, telemetry: telemetry.map(({ host }) => host) }).toEqual({
      others: ['kuberay'],
      conditions: ['autoscaling is on'],
      requests: [],
      telemetry: ['usage-stats.ray.io'],
    });
    expect(parts.map(({ name }) => name)).toEqual(['head', 'worker']);
    expect(parts[0].ports[1]).toEqual({
      number: 8265,
      protocol: 'TCP',
      purpose: 'administration',
      what: 'the dashboard, which runs whatever job it is given',
      isOptional: false,
    });
  });
});

it('do not load what is known of systems before one is asked for', () => {
  jest.isolateModules(() => {
    const loaded = jest.fn(() => ({ KNOWN_SYSTEMS }));
    jest.doMock('../../lib/known-systems/systems', loaded);
    const library: { readonly Catalog: typeof Catalog } = require('../../lib');
    expect(loaded).not.toHaveBeenCalled();
    library.Catalog.requests('vllm');
    expect(loaded).toHaveBeenCalled();
  });
});

describe('a call without its arguments, as code without types has it', () => {
  type Method = (...given: unknown[]) => unknown;

  function problemOf(method: string, ...given: unknown[]) {
    try {
      (Catalog as never as Record<string, Method>)[method].call(Catalog, ...given);
    } catch (error) {
      if (error instanceof ZeroTrustError) return error.problems[0];
      throw error;
    }
    throw new Error('it was not refused');
  }

  const severalTiers = KNOWN_SYSTEMS.filter((system) => partsOfUsers(system).length > 1).map(({ id }) => id);
  const oneTier = KNOWN_SYSTEMS.filter((system) => partsOfUsers(system).length === 1).map(({ id }) => id);

  it.each(severalTiers)('of %s says which method it is, at which namespace, and what to write', (id) => {
    const method = methodOf({ id });
    expect(problemOf(method, namespace('data'))).toEqual({
      rule: 'missing-value',
      where: 'chart/data',
      what: `\`id\` of Catalog.${method} is not given, and it must be text`,
      value: '',
      allowed: 'text, in quotes',
      fix: `Write all of the call: Catalog.${method}(namespace, '${id}')`,
    });
    expect(problemOf(method)).toMatchObject({
      rule: 'missing-value',
      what: `\`scope\` of Catalog.${method} is not given, and it must be a construct`,
      fix: `Give the namespace first: Catalog.${method}(namespace, '${id}')`,
    });
  });

  it.each(oneTier)('of %s, with a namespace in place of options, says which construct makes the tier', (id) => {
    const method = methodOf({ id });
    const { rule, what, fix } = problemOf(method, namespace('data'), id);
    expect({ rule, what }).toEqual({
      rule: 'wrong-kind',
      what: expect.stringContaining(`\`options\` of Catalog.${method} is `),
    });
    expect(fix).toMatch(new RegExp(`^Write new \\w*Tier\\(namespace, '${id}', Catalog\\.${method}\\(\\)\\)$`));
  });

  it.each<[string, unknown[], string]>([
    ['system', [], 'Give the namespace first'],
    ['system', [namespace('data')], "Catalog.system(namespace, 'weaviate', 'weaviate')"],
    ['system', [namespace('data'), 'store'], "Catalog.system(namespace, 'weaviate', 'weaviate')"],
    ['entry', [], "Catalog.entry('vllm')"],
    ['requests', [], "Catalog.requests('vllm')"],
    ['match', [], 'Catalog.match(app)'],
  ])('of %s, which is of any system', (method, given, fix) => {
    expect(problemOf(method, ...given)).toMatchObject({ rule: 'missing-value', fix: expect.stringContaining(fix) });
  });
});
