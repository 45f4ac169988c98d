import type { ConnectionsOf } from '../../lib/asking/connections';
import type { Summary } from '../../lib/asking/summary';
import * as ports from '../../lib/model/port-set';
import type { Workload, World } from '../../lib/model/world';
import { connectionsCsv } from '../../lib/report/connections-csv';
import { connectionsJson } from '../../lib/report/connections-json';
import { connectionsMarkdown } from '../../lib/report/connections-markdown';
import { connectionsText } from '../../lib/report/connections-text';
import { summaryCsv, summaryMarkdown, summaryText } from '../../lib/report/summary-report';
import { HOSTILE } from './hostile';

function connectionsWith(name: string): { readonly found: readonly ConnectionsOf[]; readonly world: World } {
  const workloads = ['client', 'server'].map(
    (role): Workload => ({
      id: `${name}/Pod/${role}`,
      namespace: name,
      labels: {},
      ports: [],
      hostNetwork: false,
      addresses: [],
    }),
  );
  const set = ports.range('TCP', 8080, 8080);
  const found = [{ workload: workloads[0], to: [{ others: [1], must: set, may: set }], outside: [] }];
  return { found, world: { namespaces: [], workloads, services: [] } };
}

function summaryWith(namespace: string): Summary {
  const policies = [{ namespace, kind: 'NetworkPolicy', count: 1 }];
  return { engine: 'kubernetes', namespaces: 1, workloads: 2, policies, must: 1, may: 1 };
}

/** Control characters, separators and marks of direction, but for lines of our own. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what it is about.
const OBEYED = /[\u0000-\u0009\u000b-\u000c\u000e-\u001f\u007f-\u009f\u2028\u2029\u202e]/;

describe.each(Object.entries(HOSTILE))('%s in the names of connections', (_, text) => {
  const { found, world } = connectionsWith(text);
  const plain = connectionsWith('plain');
  const linesOf = (parts: Iterable<string>) => [...parts].join('').split('\n');

  it('gives a terminal nothing to obey, and no line of its own', () => {
    for (const [said, expected] of [
      [linesOf(connectionsText(found, world)), linesOf(connectionsText(plain.found, plain.world))],
      [summaryText(summaryWith(text)).split('\n'), summaryText(summaryWith('plain')).split('\n')],
    ]) {
      expect(said.join('\n')).not.toMatch(OBEYED);
      expect(said).toHaveLength(expected.length);
    }
  });

  it('is one row of CSV, and no formula', () => {
    for (const rows of [[...connectionsCsv(found, world)].join(''), summaryCsv(summaryWith(text))]) {
      expect(rows).not.toMatch(OBEYED);
      for (const line of rows.split('\r\n')) expect(line).not.toMatch(/[\r\n]|^"?[=+\-@]/);
    }
    expect([...connectionsCsv(found, world)].join('').split('\r\n')).toHaveLength(3);
  });

  it('stays inside the values of JSON', () => {
    const { connections } = JSON.parse([...connectionsJson(found, world)].join(''));
    expect(connections).toEqual([{ from: `${text}/Pod/client`, to: `${text}/Pod/server`, surely: 'TCP/8080' }]);
  });

  it('begins nothing in Markdown', () => {
    for (const [said, expected] of [
      [linesOf(connectionsMarkdown(found, world)), linesOf(connectionsMarkdown(plain.found, plain.world))],
      [summaryMarkdown(summaryWith(text)).split('\n'), summaryMarkdown(summaryWith('plain')).split('\n')],
    ]) {
      expect(said.map(cellsOf)).toEqual(expected.map(cellsOf));
      expect(said.join('\n')).not.toMatch(/<(?!br>)|(?<!\\)(?:\\\\)*(?:\]\(|[`*_~$])/);
      expect(said.join('\n')).not.toMatch(/:\/\/|@|www\./);
    }
  });
});

/** How many cells a line of a table has. */
function cellsOf(line: string): number {
  return line.split(/(?<!\\)(?:\\\\)*\|/).length;
}
