import { anyOf, coreDns, dnsPorts, gkeCloudDns, nodeLocalDns, openShiftDns } from '../../lib/cluster/dns-flavours';
import * as ips from '../../lib/model/ip-set';
import { matchesPod } from '../../lib/model/pod-set';
import * as ports from '../../lib/model/port-set';

describe('every flavour of DNS', () => {
  it.each([coreDns(), nodeLocalDns('169.254.20.10'), openShiftDns(), gkeCloudDns()])(
    'answers over UDP, and over TCP what is too long for UDP: $flavour',
    ({ servers }) => {
      for (const { ports: set } of servers) {
        expect(set.UDP.ranges).toEqual(set.TCP.ranges);
        expect(ports.isEmpty(set)).toBe(false);
      }
    },
  );
});

describe('the ports of DNS', () => {
  it('are each number over both protocols', () => {
    expect(ports.portsText(dnsPorts(53, 5353))).toBe('TCP/53,5353 UDP/53,5353');
  });

  it('are none without a number', () => {
    expect(ports.isEmpty(dnsPorts())).toBe(true);
  });
});

describe('the pods of CoreDNS', () => {
  const [server] = coreDns().servers;

  it.each([
    ['those of kubeadm', 'kube-system', { 'k8s-app': 'kube-dns', 'pod-template-hash': 'x' }, true],
    ['not others beside them', 'kube-system', { 'k8s-app': 'metrics-server' }, false],
    ['not pods elsewhere that wear their label', 'ai-agents', { 'k8s-app': 'kube-dns' }, false],
  ])('are %s', (_, namespace, labels, expected) => {
    if (server?.endpoint.kind !== 'pods') throw new Error('pods were expected');
    const namespaceLabels = { 'kubernetes.io/metadata.name': namespace };
    expect(matchesPod(server.endpoint.pods, namespaceLabels, labels)).toBe(expected);
  });
});

describe('NodeLocal DNSCache', () => {
  it('is asked at its one address, and as pods where traffic is redirected to it, before the pods behind it', () => {
    const [agent, redirected, ...behind] = nodeLocalDns('169.254.20.10').servers;
    expect(agent?.endpoint).toMatchObject({ kind: 'addresses', addresses: ips.fromAddress('169.254.20.10') });
    if (redirected?.endpoint.kind !== 'pods') throw new Error('pods were expected');
    const system = { 'kubernetes.io/metadata.name': 'kube-system' };
    expect(matchesPod(redirected.endpoint.pods, system, { 'k8s-app': 'node-local-dns' })).toBe(true);
    expect(matchesPod(redirected.endpoint.pods, system, { 'k8s-app': 'kube-dns' })).toBe(false);
    expect(behind).toEqual(coreDns().servers);
  });

  it('is refused at what is no address', () => {
    expect(() => nodeLocalDns('169.254.20.10/32')).toThrow(/169\.254\.20\.10\/32/);
  });
});

describe('several flavours', () => {
  it('have each server once, and both names', () => {
    const both = anyOf([coreDns(), nodeLocalDns('169.254.20.10'), gkeCloudDns()]);
    expect(both.flavour).toBe('CoreDNS or NodeLocal DNSCache or Cloud DNS for GKE');
    expect(both.servers).toHaveLength(4);
  });

  it('of one are that one', () => {
    expect(anyOf([openShiftDns(), openShiftDns()])).toEqual(openShiftDns());
  });
});
