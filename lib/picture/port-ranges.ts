import type { PortSet } from '../model/port-set';
import * as ports from '../model/port-set';
import type { Arrow } from './picture';

/** Ports as the filter asks for them; a name may be any number. */
export function rangesOf(set: PortSet): Arrow['ranges'] {
  if (ports.isEverything(set)) return [['*', 1, 65535]];
  return ports.PROTOCOLS.flatMap((protocol) => {
    const { ranges, names } = set[protocol];
    return names.length > 0
      ? [[protocol, 1, 65535] as const]
      : ranges.map(([first, last]) => [protocol, first, last] as const);
  });
}
