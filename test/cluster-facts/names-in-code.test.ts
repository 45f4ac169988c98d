import { METHOD_OF_ENGINE, platformInCode } from '../../lib/cluster/names-in-code';
import { PLATFORMS, type PlatformName } from '../../lib/cluster/platforms';
import { engineNamed } from '../../lib/engines/engines';
import type { EngineName } from '../../lib/model/engine-name';
import { Cluster } from '../../lib/values/cluster';
import { Platform } from '../../lib/values/platform';

describe('what messages and written code call an engine and a platform', () => {
  it.each(Object.entries(METHOD_OF_ENGINE))('%s: Cluster.%s makes a cluster of it', (engine, method) => {
    const newest = engineNamed(engine as EngineName).versions?.last;
    const make = Cluster[method as 'kubernetes'].bind(Cluster) as (props: object) => Cluster;
    expect(make(newest === undefined ? {} : { version: newest })._facts.engine).toBe(engine);
  });

  it.each(Object.keys(PLATFORMS) as PlatformName[])('%s: the member of Platform is it', (name) => {
    const [owner, member] = platformInCode(name).split('.');
    expect([owner, Platform[member as keyof typeof Platform]]).toEqual(['Platform', name]);
  });
});
