import { METHOD_OF_ENGINE, platformInCode } from '../../lib/cluster/names-in-code';
import { PLATFORMS, type PlatformName } from '../../lib/cluster/platforms';
import { Cluster } from '../../lib/values/cluster';
import { Platform } from '../../lib/values/platform';

describe('what messages and written code call an engine and a platform', () => {
  it.each(Object.entries(METHOD_OF_ENGINE))('%s: Cluster.%s makes a cluster of it', (engine, method) => {
    const newest = { calico: '3.32', cilium: '1.20', antrea: '2.7' }[engine];
    const make = Cluster[method as 'kubernetes'].bind(Cluster) as (props: object) => Cluster;
    expect(make(newest === undefined ? {} : { version: newest })._facts.engine).toBe(engine);
  });

  it.each(Object.keys(PLATFORMS) as PlatformName[])('%s: the member of Platform is it', (name) => {
    const [owner, member] = platformInCode(name).split('.');
    expect([owner, Platform[member as keyof typeof Platform]]).toEqual(['Platform', name]);
  });
});
