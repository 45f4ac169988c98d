import type { ChangeEnd, Differences } from '../analysis';
import { hostText } from '../model/host-pattern';
import * as ips from '../model/ip-set';
import { causeWords, trafficWords } from './change-words';
import { csvRow } from './csv';
import { addressesWords } from './end-words';

/** Every change of differences as CSV (RFC 4180), with a head; ends with all that is in them. */
export function* differencesCsv({ changes }: Pick<Differences, 'changes'>): Generator<string> {
  yield csvRow(['change', 'workloads', 'from', 'to', 'before', 'after', 'paths', 'causes', 'reasons']);
  for (const { kind, presence, from, to, before, after, paths, causes, reasons } of changes) {
    yield csvRow([
      kind,
      presence,
      wholeEnd(from),
      wholeEnd(to),
      trafficWords(before),
      trafficWords(after),
      String(paths),
      causes.map(causeWords).join('; '),
      reasons.join('; '),
    ]);
  }
}

function wholeEnd(end: ChangeEnd): string {
  switch (end.kind) {
    case 'workloads':
      return end.workloads.join(' ');
    case 'addresses':
      return ips.equal(end.addresses, ips.all) ? addressesWords(end.addresses) : ips.ipsText(end.addresses);
    case 'entity':
      return end.entity;
    case 'host':
      return hostText(end.host);
  }
}
