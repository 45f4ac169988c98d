import type { ConnectionsOf } from '../asking/connections';
import type { World } from '../model/world';
import { outsideWords, portWords } from './passing-words';

/** One connection in a row, for formats that have one for each. */
export interface ConnectionRow {
  readonly from: string;
  readonly to: string;
  /** Ports that surely pass; empty where none does. */
  readonly surely: string;
  /** Ports that may pass beside them; empty where none does. */
  readonly perhaps: string;
}

export function* connectionRows(found: Iterable<ConnectionsOf>, { workloads }: World): Generator<ConnectionRow> {
  const words = portWords();
  for (const { workload, to, outside } of found) {
    const rows = to.flatMap((each) => {
      const ports = { surely: words.surely(each), perhaps: words.perhaps(each) };
      return each.others.map((other) => ({ other, ports }));
    });
    // In the order of the world.
    rows.sort((a, b) => a.other - b.other);
    for (const { other, ports } of rows) yield { from: workload.id, to: workloads[other].id, ...ports };
    for (const each of outside) {
      const ends =
        each.direction === 'egress'
          ? { from: workload.id, to: outsideWords(each) }
          : { from: outsideWords(each), to: workload.id };
      yield { ...ends, surely: words.surely(each), perhaps: words.perhaps(each) };
    }
  }
}
