import * as ports from '../../lib/model/port-set';
import { namedPortsOfAddresses, portsOfAddresses } from '../../lib/values/address-ports';
import { Port, Protocol, portsOf } from '../../lib/values/port';

describe('a port', () => {
  it.each([
    [Port.tcp(8000), 'TCP/8000'],
    [Port.udp(53), 'UDP/53'],
    [Port.sctp(38412), 'SCTP/38412'],
    [Port.tcpRange(30000, 32767), 'TCP/30000-32767'],
    [Port.udpRange(53, 53), 'UDP/53'],
    [Port.sctpRange(1, 65535), 'SCTP/*'],
    [Port.named('metrics'), 'TCP/metrics'],
    [Port.named('dns', Protocol.UDP), 'UDP/dns'],
    [Port.allTcp(), 'TCP/*'],
    [Port.allUdp(), 'UDP/*'],
    [Port.allSctp(), 'SCTP/*'],
    [Port.allTraffic(), '*'],
  ])('reads %s', (port, text) => {
    expect(String(port)).toBe(text);
  });

  it('of all traffic is more than every port of every protocol', () => {
    const named = portsOf([Port.allTcp(), Port.allUdp(), Port.allSctp()]) as ports.PortSet;
    const all = portsOf([Port.allTraffic()]) as ports.PortSet;
    expect(ports.covers(all, named)).toBe(true);
    expect(ports.covers(named, all)).toBe(false);
  });
});

describe('a list of ports', () => {
  it('is their union, in any order', () => {
    const list = [Port.tcp(81), Port.udp(53), Port.tcp(80), Port.tcp(81)];
    expect(ports.portsText(portsOf(list) as ports.PortSet)).toBe('TCP/80-81 UDP/53');
    expect(portsOf([...list].reverse())).toEqual(portsOf(list));
  });

  it('that is not given says nothing, and one that is empty is refused', () => {
    expect(portsOf(undefined)).toBeUndefined();
    expect(() => portsOf([])).toThrow(/either no port or every port/);
  });
});

describe('ports of addresses', () => {
  it('are those that were given', () => {
    expect(portsOfAddresses([Port.tcp(443)])).toEqual(ports.number('TCP', 443));
    expect(portsOfAddresses(undefined)).toBeUndefined();
    expect(namedPortsOfAddresses(ports.everything)).toEqual([]);
  });

  it('have no names, also beside numbers', () => {
    expect(() => portsOfAddresses([Port.tcp(443), Port.named('https')])).toThrow(/TCP\/443,https names a port/);
  });
});
