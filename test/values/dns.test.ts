import { Chart, Testing } from 'cdk8s';
import type { DnsServer } from '../../lib/model/cluster-facts';
import * as ips from '../../lib/model/ip-set';
import { podSetText } from '../../lib/model/pod-set';
import * as ports from '../../lib/model/port-set';
import { Dns } from '../../lib/values/dns';
import { Pods } from '../../lib/values/pods';
import { Port } from '../../lib/values/port';

function serversOf(dns: Dns): string[] {
  return dns._facts.servers.map(serverText);
}

function serverText({ endpoint, ports: set }: DnsServer): string {
  const where =
    endpoint.kind === 'pods'
      ? `${podSetText(endpoint.pods)} of ${endpoint.owner}`
      : `${endpoint.name} ${ips.ipsText(endpoint.addresses)}`;
  return `${where} ${ports.portsText(set)}`;
}

const unbound = Pods.labeled({ app: 'unbound' }).inNamespace('dns').ownedBy('platform team');

describe('names are resolved by', () => {
  it('the pods of CoreDNS', () => {
    expect(serversOf(Dns.coreDns())).toEqual(['kube-system/{k8s-app=kube-dns} of cluster DNS TCP/53 UDP/53']);
  });

  it('the agent of NodeLocal DNSCache at its address, and CoreDNS behind it', () => {
    expect(serversOf(Dns.nodeLocal())).toEqual([
      'node-local-dns 169.254.20.10/32 TCP/53 UDP/53',
      'kube-system/{k8s-app=node-local-dns} of cluster DNS TCP/53 UDP/53',
      ...serversOf(Dns.coreDns()),
    ]);
    expect(serversOf(Dns.nodeLocal({ address: 'fd00::a' }))[0]).toBe('node-local-dns fd00::a/128 TCP/53 UDP/53');
  });

  it('the pods of OpenShift on the port behind the Service', () => {
    expect(serversOf(Dns.openShift())).toEqual([
      'openshift-dns/{dns.operator.openshift.io/daemonset-dns=default} of cluster DNS TCP/5353 UDP/5353',
    ]);
  });

  it('the metadata server of GKE on the port of DNS, for Cloud DNS', () => {
    expect(serversOf(Dns.gkeCloudDns())).toEqual(['Cloud DNS 169.254.169.254/32 TCP/53 UDP/53']);
  });

  it('any of several', () => {
    const both = Dns.anyOf([Dns.nodeLocal(), Dns.gkeCloudDns(), Dns.coreDns()]);
    expect(serversOf(both)).toEqual([...serversOf(Dns.nodeLocal()), ...serversOf(Dns.gkeCloudDns())]);
  });

  it('pods and addresses of another make, over UDP and TCP unless told otherwise', () => {
    const addresses = ['192.0.2.53/32'];
    expect(serversOf(Dns.custom({ pods: unbound, addresses }))).toEqual([
      'dns/{app=unbound} of platform team TCP/53 UDP/53',
      'dns 192.0.2.53/32 TCP/53 UDP/53',
    ]);
    expect(serversOf(Dns.custom({ addresses, ports: [Port.udp(5300)] }))).toEqual(['dns 192.0.2.53/32 UDP/5300']);
  });

  it('pods by the name of their port', () => {
    expect(serversOf(Dns.custom({ pods: unbound, ports: [Port.named('dns')] }))).toEqual([
      'dns/{app=unbound} of platform team TCP/dns',
    ]);
  });
});

describe('name servers are refused', () => {
  it.each([
    ['that are none', () => Dns.custom({}), /names no server/],
    ['that are no addresses either', () => Dns.custom({ addresses: [] }), /names no server/],
    [
      'that are pods without a namespace',
      () => Dns.custom({ pods: Pods.all().ownedBy('x') }),
      /need a namespace and an owner/,
    ],
    [
      'that are pods without an owner',
      () => Dns.custom({ pods: Pods.all().inNamespace('dns') }),
      /need a namespace and an owner/,
    ],
    [
      'that are pods of a construct',
      () => Dns.custom({ pods: Pods.of(new Chart(Testing.app(), 'c')).inNamespace('dns').ownedBy('x') }),
      /need a namespace and an owner/,
    ],
    ['at what is no address', () => Dns.nodeLocal({ address: '169.254.20' }), /169\.254\.20/],
    [
      'at addresses by the name of a port',
      () => Dns.custom({ addresses: ['192.0.2.53/32'], ports: [Port.named('dns')] }),
      /TCP\/dns names a port/,
    ],
    ['with an empty list of ports', () => Dns.custom({ pods: unbound, ports: [] }), /empty list/],
  ])('%s', (_, make, message) => {
    expect(make).toThrow(message);
  });
});
