import type { PortSet } from '../../model/port-set';
import * as ports from '../../model/port-set';
import type { NamedPort } from '../workloads/workload';

/** The ports by number, as far as the containers of the destination give each name one number; other names stay. */
export function inNumbers(set: PortSet, { named = [] }: { readonly named?: readonly NamedPort[] }): PortSet {
  const parts = ports.PROTOCOLS.flatMap((protocol) =>
    ports.namesOf(set, protocol).map((name) => {
      const numbers = new Set(
        named.filter((it) => it.protocol === protocol && it.name === name).map((it) => it.number),
      );
      const [only] = numbers;
      return numbers.size === 1 ? ports.number(protocol, only) : ports.named(protocol, name);
    }),
  );
  return parts.length === 0 ? set : ports.union(ports.withoutNames(set), ...parts);
}
