import * as fc from 'fast-check';
import * as ports from '../../lib/model/port-set';
import { portsOfText } from '../../lib/model/ports-of-text';
import { setOf, someParts } from './port-universe';

describe('ports that are read from their text', () => {
  it('are those that were written, for every set that a policy can say', () => {
    fc.assert(
      fc.property(someParts.map(setOf).filter(ports.isRenderable), (set) => {
        expect(portsOfText(ports.portsText(set))).toEqual(set);
      }),
    );
  });

  it.each([
    '',
    '-',
    'other',
    'TCP',
    'TCP/',
    'ICMP/8',
    'tcp/80',
    'TCP/0',
    'TCP/90-80',
    'TCP/Not_A_Name',
    'TCP/80  UDP/53',
  ])('are none for what is written in no such way: %j', (text) => {
    expect(portsOfText(text)).toBeUndefined();
  });
});
