import type { IpInterval, IpSet } from '../../model/ip-set';
import type { PortSet } from '../../model/port-set';
import { portsText } from '../../model/port-set';
import { remembered } from '../../model/remembered';
import type { Selector } from '../../model/selector';

/** Text that is equal for equal values and quick to make; for keys of maps, not for people. */
export const keyOf = remembered(makeKey);

function makeKey(value: Selector | IpSet | PortSet): string {
  if ('v4' in value) return `${intervals(value.v4)}|${intervals(value.v6)}`;
  if ('TCP' in value) return portsText(value);
  if (value.impossible) return '!*';
  return value.constraints
    .map(
      ({ key, values, excluded, mayBeAbsent }) =>
        `${key}${excluded ? '!' : '='}${mayBeAbsent ? '?' : ''}${values.join(',')}`,
    )
    .join(';');
}

function intervals(list: readonly IpInterval[]): string {
  return list.map(({ first, last }) => `${first.toString(36)}-${last.toString(36)}`).join(',');
}
