import * as fc from 'fast-check';
import type { PortSet, Protocol } from '../../lib/model/port-set';
import * as ports from '../../lib/model/port-set';
import { ZeroTrustError } from '../../lib/model/problem';
import { declared, EVERY_NAMING, meaning, type Part, partsIn, setOf, someParts } from './port-universe';

const { portsText } = ports;
const within = (a: readonly Part[], b: readonly Part[]) => a.every((part) => b.includes(part));
const minus = (a: readonly Part[], b: readonly Part[]) => a.filter((part) => !b.includes(part));

describe('a set of ports, counted out for every way that a pod may name its ports', () => {
  it('has what was put in, and is resolved to what the pod means by it', () => {
    fc.assert(
      fc.property(someParts, (parts) => {
        for (const naming of EVERY_NAMING) {
          expect(partsIn(setOf(parts), naming)).toEqual(meaning(parts, naming));
          const resolved = ports.resolve(setOf(parts), declared(naming));
          expect(ports.hasNames(resolved)).toBe(false);
          expect(partsIn(resolved, {})).toEqual(meaning(parts, naming));
        }
      }),
    );
  });

  it('has the same text and the same fields as another exactly when it means the same', () => {
    fc.assert(
      fc.property(someParts, someParts, (a, b) => {
        const same = EVERY_NAMING.every((naming) => `${meaning(a, naming)}` === `${meaning(b, naming)}`);
        expect(portsText(setOf(a)) === portsText(setOf(b))).toBe(same);
        expect(ports.equal(setOf(a), setOf(b))).toBe(same);
        if (same) expect(setOf(a)).toEqual(setOf(b));
        expect(setOf([...a].reverse())).toEqual(setOf(a));
        expect(setOf([...a, ...b])).toEqual(ports.union(setOf(b), setOf(a)));
      }),
      { numRuns: 300 },
    );
  });

  it('covers another exactly when no naming lets a port of the other out', () => {
    fc.assert(
      fc.property(someParts, someParts, (a, b) => {
        const covered = EVERY_NAMING.every((naming) => within(meaning(b, naming), meaning(a, naming)));
        expect(ports.covers(setOf(a), setOf(b))).toBe(covered);
        expect(ports.covers(setOf([...b, ...a]), setOf(b))).toBe(true);
      }),
      { numRuns: 300 },
    );
  });

  it('less another has all that the other may not have, and nothing new', () => {
    fc.assert(
      fc.property(someParts, someParts, (a, b) => {
        const rest = ports.difference(setOf(a), setOf(b));
        for (const naming of EVERY_NAMING) {
          const [inA, inB, inRest] = [meaning(a, naming), meaning(b, naming), partsIn(rest, naming)];
          expect(within(minus(inA, inB), inRest)).toBe(true);
          expect(within(inRest, inA)).toBe(true);
        }
        // Nothing is kept that the other certainly has: without names, nothing of the other at all.
        expect(within(partsIn(rest, {}), minus(meaning(a, {}), meaning(b, {})))).toBe(true);
        expect(rest).toEqual(ports.difference(rest, setOf(b)));
      }),
    );
  });

  it('met with another has the certain in both and both in the possible, whatever the naming', () => {
    fc.assert(
      fc.property(someParts, someParts, (a, b) => {
        const { certain, possible } = ports.intersection(setOf(a), setOf(b));
        for (const naming of EVERY_NAMING) {
          const inBoth = meaning(a, naming).filter((part) => meaning(b, naming).includes(part));
          expect(within(partsIn(certain, naming), inBoth)).toBe(true);
          expect(within(inBoth, partsIn(possible, naming))).toBe(true);
        }
        // No more is certain: what is in both for every naming is in the certain part.
        expect(partsIn(certain, {})).toEqual(meaning(a, {}).filter((part) => meaning(b, {}).includes(part)));
        expect(ports.covers(possible, certain)).toBe(true);
        expect(ports.intersection(setOf(b), setOf(a))).toEqual({ certain, possible });
      }),
    );
  });

  it('is empty exactly when nothing was put in', () => {
    fc.assert(
      fc.property(someParts, (parts) => {
        expect(ports.isEmpty(setOf(parts))).toBe(parts.length === 0);
        expect(ports.isEmpty(ports.difference(setOf(parts), setOf(parts)))).toBe(true);
      }),
    );
  });
});

describe('the text of a set of ports', () => {
  const { allOf, named, number, range, union } = ports;
  const three = union(allOf('TCP'), allOf('UDP'), allOf('SCTP'));

  it.each<[string, PortSet]>([
    ['-', ports.none],
    ['*', ports.everything],
    ['TCP/80', number('TCP', 80)],
    ['TCP/*', union(range('TCP', 1, 80), range('TCP', 81, 65535), named('TCP', 'http'))],
    ['TCP/* UDP/* SCTP/*', three],
    ['other', ports.difference(ports.everything, three)],
    ['TCP/80-81', union(number('TCP', 81), number('TCP', 80))],
    [
      'TCP/80,443,8000-8100,http UDP/53',
      union(named('TCP', 'http'), number('UDP', 53), range('TCP', 8000, 8100), number('TCP', 443), number('TCP', 80)),
    ],
    ['TCP/1-79,81-65535 UDP/* SCTP/* other', ports.difference(ports.everything, number('TCP', 80))],
  ])('reads %s', (text, set) => {
    expect(portsText(set)).toBe(text);
  });
});

describe('two sets of ports', () => {
  it('are equal exactly when they have the same ports, however they were made', () => {
    const web = ports.union(ports.number('TCP', 80), ports.range('TCP', 81, 90));
    expect(ports.equal(web, ports.range('TCP', 80, 90))).toBe(true);
    expect(ports.equal(web, ports.range('UDP', 80, 90))).toBe(false);
    expect(ports.equal(web, ports.range('TCP', 80, 91))).toBe(false);
  });
});

describe('everything', () => {
  const three = ports.union(ports.allOf('TCP'), ports.allOf('UDP'), ports.allOf('SCTP'));

  it('is more than all of TCP, UDP and SCTP', () => {
    expect(ports.covers(ports.everything, three)).toBe(true);
    expect(ports.covers(three, ports.everything)).toBe(false);
    expect(ports.isEverything(ports.everything)).toBe(true);
    expect(ports.isEverything(three)).toBe(false);
  });

  it('can be said in a NetworkPolicy, and so can ports of the three protocols, but not what is left of everything', () => {
    expect(ports.isRenderable(ports.everything)).toBe(true);
    expect(ports.isRenderable(three)).toBe(true);
    expect(ports.isRenderable(ports.named('UDP', 'dns'))).toBe(true);
    expect(ports.isRenderable(ports.difference(ports.everything, three))).toBe(false);
    expect(ports.isRenderable(ports.difference(ports.everything, ports.number('TCP', 22)))).toBe(false);
  });

  it('is not what no ports are rendered as, though an empty list of ports would say so', () => {
    expect(ports.isRenderable(ports.none)).toBe(false);
  });
});

describe('a named port', () => {
  const { intersection, named, number, range, union } = ports;
  const http = named('TCP', 'http');
  const certainAndPossible = (a: PortSet, b: PortSet) => {
    const { certain, possible } = intersection(a, b);
    return [portsText(certain), portsText(possible)];
  };

  it('is the same port as itself, and certainly one of all ports of its protocol', () => {
    expect(certainAndPossible(http, union(http, number('TCP', 80)))).toEqual(['TCP/http', 'TCP/http']);
    expect(certainAndPossible(http, ports.allOf('TCP'))).toEqual(['TCP/http', 'TCP/http']);
    expect(ports.hasName(ports.allOf('TCP'), 'TCP', 'http')).toBe(true);
  });

  it('may be a number, and then the number is the narrower; in a range the name is', () => {
    expect(certainAndPossible(http, number('TCP', 80))).toEqual(['-', 'TCP/80']);
    expect(certainAndPossible(range('TCP', 80, 90), http)).toEqual(['-', 'TCP/http']);
    expect(certainAndPossible(http, union(number('TCP', 80), number('TCP', 443)))).toEqual(['-', 'TCP/http']);
  });

  it('may be the port that a pod also calls by another name', () => {
    expect(certainAndPossible(named('TCP', 'web'), http)).toEqual(['-', 'TCP/http']);
  });

  it('adds nothing to all ports of its protocol', () => {
    expect(union(http, ports.allOf('TCP'))).toEqual(ports.allOf('TCP'));
    expect(union(range('TCP', 1, 79), http, range('TCP', 80, 65535))).toEqual(ports.allOf('TCP'));
  });

  it('is no port of another protocol', () => {
    expect(certainAndPossible(http, ports.union(ports.allOf('UDP'), named('UDP', 'http')))).toEqual(['-', '-']);
    expect(ports.hasName(named('UDP', 'http'), 'TCP', 'http')).toBe(false);
  });

  it('vanishes for a pod that has no port of that name and protocol', () => {
    const ofPod = [
      { name: 'http', protocol: 'UDP' as const, number: 80 },
      { protocol: 'TCP' as const, number: 81 },
    ];
    expect(portsText(ports.resolve(http, ofPod))).toBe('-');
  });
});

describe('wrong ports', () => {
  const shown = (make: () => unknown) => {
    try {
      make();
    } catch (error) {
      if (error instanceof ZeroTrustError) return error.problems;
    }
    throw new Error('was not refused');
  };

  it.each([0, 65536, -1, 80.5, Number.NaN, '80' as unknown as number])('are refused as numbers: %p', (value) => {
    const numbers = [
      () => ports.number('TCP', value),
      () => ports.range('TCP', value, 80),
      () => ports.range('UDP', 80, value),
    ];
    for (const make of numbers) expect(shown(make)).toMatchObject([{ rule: 'port-number', value: String(value) }]);
  });

  it('are refused as ranges that end before they begin', () => {
    expect(shown(() => ports.range('TCP', 443, 80))).toMatchObject([
      { rule: 'port-range', value: '443-80', fix: 'Write 80-443: the lower number first.' },
    ]);
    expect(portsText(ports.range('TCP', 80, 80))).toBe('TCP/80');
  });

  it.each(['', 'sixteen-letters-', 'a234567890123456', 'Http', 'http_1', '8080', '-http', 'http-', 'ht--tp', 'h ttp'])(
    "are refused as names: '%s'",
    (name) => {
      expect(shown(() => ports.named('TCP', name))).toMatchObject([{ rule: 'port-name', value: name }]);
    },
  );

  it.each(['http', 'a', '8080a', 'serve-80-tcp', 'a23456789012345'])(
    "are none of the names that Kubernetes takes, such as '%s'",
    (name) => {
      expect(ports.hasName(ports.named('TCP', name), 'TCP', name)).toBe(true);
    },
  );

  it('are shown as they were given: text in quotes, and a number bare', () => {
    expect(shown(() => ports.number('TCP', '80' as unknown as number))).toMatchObject([
      { what: "'80' is not a port number" },
    ]);
    expect(shown(() => ports.number('TCP', 0))).toMatchObject([{ what: '0 is not a port number' }]);
    expect(shown(() => ports.allOf(6 as unknown as Protocol))).toMatchObject([
      { what: '6 is not a protocol that ports can have', value: '6' },
    ]);
  });

  it('are refused with a protocol that has none, and the spelling is put right', () => {
    const [unknown] = shown(() => ports.allOf('ICMP' as Protocol));
    expect(unknown).toMatchObject({ rule: 'port-protocol', value: 'ICMP' });
    expect(unknown).not.toHaveProperty('fix');
    expect(shown(() => ports.number('tcp' as Protocol, 80))).toMatchObject([{ fix: "Write 'TCP'." }]);
  });
});
