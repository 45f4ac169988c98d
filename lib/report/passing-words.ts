import type { OutsidePassing, Passing } from '../asking/connections';
import { internet } from '../cluster/special-addresses';
import * as ips from '../model/ip-set';
import type { PortSet } from '../model/port-set';
import * as ports from '../model/port-set';
import { within } from '../model/within';

/** Ports of connections in words; each set once, since connections share theirs. */
export interface PortWords {
  /** What surely passes; the empty text where nothing does. */
  readonly surely: (passing: Passing) => string;
  /** What may pass beside that; the empty text where nothing does. */
  readonly perhaps: (passing: Passing) => string;
  /** Both in one: `TCP/8080, perhaps UDP/53`. */
  readonly all: (passing: Passing) => string;
}

export function portWords(): PortWords {
  const texts = new Map<PortSet, string>();
  const rests = new Map<PortSet, Map<PortSet, string>>();
  const textOf = (set: PortSet) => {
    const known = texts.get(set) ?? (ports.isEmpty(set) ? '' : ports.portsText(set));
    texts.set(set, known);
    return known;
  };
  const restOf = ({ must, may }: Passing) => {
    if (must === may) return '';
    const ofMay = within(rests, may);
    const known = ofMay.get(must) ?? textOf(ports.difference(may, must));
    ofMay.set(must, known);
    return known;
  };
  return {
    surely: ({ must }) => textOf(must),
    perhaps: restOf,
    all: (passing) => {
      const [surely, perhaps] = [textOf(passing.must), restOf(passing)].map(inWords);
      return [surely, ...(perhaps === '' ? [] : [`perhaps ${perhaps}`])].filter((text) => text !== '').join(', ');
    },
  };
}

function inWords(text: string): string {
  return text === '*' ? 'all traffic' : text;
}

/** `any address`, `10.0.0.0/8`, `nodes`. */
export function outsideWords(passing: OutsidePassing): string {
  if ('entity' in passing) return passing.entity;
  if (ips.contains(passing.addresses, ips.all)) return 'any address';
  return ips.equal(passing.addresses, internet) ? 'internet' : ips.ipsText(passing.addresses);
}
