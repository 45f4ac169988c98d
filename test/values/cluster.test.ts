import { Chart, Testing } from 'cdk8s';
import * as ips from '../../lib/model/ip-set';
import * as ports from '../../lib/model/port-set';
import { Cluster } from '../../lib/values/cluster';
import { Dns } from '../../lib/values/dns';
import { peerSpec } from '../../lib/values/peer';
import { Port } from '../../lib/values/port';

describe('the cluster of a scope', () => {
  const outer = Cluster.kubernetes({ name: 'outer' });
  const inner = Cluster.kubernetes({ name: 'inner' });

  it('is its own, or that of the nearest scope above it', () => {
    const app = Testing.app();
    const [plain, special] = [new Chart(app, 'plain'), new Chart(app, 'special')];
    const deeper = new Chart(special, 'deeper');
    Cluster.use(app, outer);
    Cluster.use(special, inner);
    expect([app, plain, special, deeper].map(Cluster.of)).toEqual([outer, outer, inner, inner]);
  });

  it('is one of which nothing is known where none was set, and apps do not share theirs', () => {
    Cluster.use(Testing.app(), outer);
    const { podRanges, serviceRanges, nodeRanges, apiServer, version, name } = Cluster.of(Testing.app())._facts;
    expect([podRanges, serviceRanges, nodeRanges, apiServer, version, name]).toEqual(Array(6).fill(undefined));
  });

  it('is the last that was set', () => {
    const app = Testing.app();
    Cluster.use(app, outer);
    Cluster.use(app, inner);
    expect(Cluster.of(app)).toBe(inner);
  });
});

describe('a cluster', () => {
  it('has the ranges that were given, of both families, and does not know the others', () => {
    const { podRanges, serviceRanges } = Cluster.kubernetes({ podCidrs: ['fd00:10::/56', '10.244.0.0/16'] })._facts;
    expect(ips.ipsText(podRanges ?? ips.none)).toBe('10.244.0.0/16, fd00:10::/56');
    expect(serviceRanges).toBeUndefined();
  });

  it('may match pods by address or not, since nobody knows which plugin it has', () => {
    expect(Cluster.kubernetes()._facts.ipBlockMode).toBe('may');
  });

  it.each(['1.31', '1.9', '1.31.4'])('has a version: %s', (version) => {
    expect(Cluster.kubernetes({ version })._facts.version).toBe(version);
  });

  it.each(['v1.31', '1', '1.31-rc.1', '1.31.', '2.0', ' 1.31', ''])('refuses what is no version: "%s"', (version) => {
    expect(() => Cluster.kubernetes({ version })).toThrow(`"${version}" is not a version`);
  });

  it('resolves names by CoreDNS unless told otherwise', () => {
    expect(Cluster.kubernetes()._facts.dns.flavour).toBe('CoreDNS');
    expect(Cluster.kubernetes({ dns: Dns.openShift() })._facts.dns.flavour).toBe('OpenShift DNS');
  });
});

describe('the API server as a peer', () => {
  const addresses = ['192.0.2.10/32', '192.0.2.11/32'];

  it('is at its addresses, on 6443 unless told otherwise', () => {
    expect(peerSpec(Cluster.kubernetes({ apiServer: { addresses } }).apiServer)).toEqual({
      kind: 'api-server',
      facts: { addresses: ips.fromBlocks(addresses), ports: ports.number('TCP', 6443) },
    });
    const other = peerSpec(Cluster.kubernetes({ apiServer: { addresses, ports: [Port.tcp(443)] } }).apiServer);
    expect(other).toMatchObject({ facts: { ports: ports.number('TCP', 443) } });
  });

  it('is refused where its addresses are not known', () => {
    expect(() => Cluster.kubernetes().apiServer).toThrow(/addresses of the API server are not known/);
  });

  it('is refused without addresses, and with a bare address', () => {
    expect(() => Cluster.kubernetes({ apiServer: { addresses: [] } })).toThrow(/apiServer\.addresses.*empty list/s);
    expect(() => Cluster.kubernetes({ apiServer: { addresses: ['192.0.2.10'] } })).toThrow(/192\.0\.2\.10\/32/);
  });
});
