import type { ConnectionsOf } from '../asking/connections';
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

export function* connectionRows(found: Iterable<ConnectionsOf>): Generator<ConnectionRow> {
  const words = portWords();
  for (const { workload, to, outside } of found) {
    for (const each of to) {
      yield { from: workload.id, to: each.to.id, surely: words.surely(each), perhaps: words.perhaps(each) };
    }
    for (const each of outside) {
      const ends =
        each.direction === 'egress'
          ? { from: workload.id, to: outsideWords(each) }
          : { from: outsideWords(each), to: workload.id };
      yield { ...ends, surely: words.surely(each), perhaps: words.perhaps(each) };
    }
  }
}
