import { Catalog, KnownPods, Pods, type TierProps } from '../../lib';
import { partsOfUsers } from '../../lib/catalog/known';
import { KNOWN_SYSTEMS } from '../../lib/known-systems';
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
