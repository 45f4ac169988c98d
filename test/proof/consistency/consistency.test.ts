import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { App } from 'cdk8s';
import { loadAll } from 'js-yaml';
import { apps } from '../../../apps/main';
import { PolicyGraph } from '../../../lib';
import { planeOf, readText } from '../../../lib/analysis';
import type { GraphData } from '../../../lib/graph/graph-data';
import { fromJson } from '../../../lib/graph/json-read';
import { problemText } from '../../../lib/model/problem';
import { proofProblems, proveFiles } from '../../../lib/proof';
import { consistency } from '../../../lib/proof/consistency/consistency';
import { declarations } from '../../damage/declarations';
import type { Files } from '../../damage/manifests';
import { damaged, operators } from '../../damage/operators';
import { Random } from '../../judges/random';

type Make = (props: { outdir: string }) => App;

function rendered(make: Make): { readonly files: Files; readonly graph: GraphData } {
  const folder = mkdtempSync(join(tmpdir(), 'consistency-'));
  try {
    const app = make({ outdir: folder });
    app.synth();
    const names = readdirSync(folder);
    return {
      graph: fromJson(PolicyGraph.of(app).toJson()),
      files: Object.fromEntries(
        names.map((name) => [name, loadAll(readFileSync(join(folder, name), 'utf8')) as Files[string]]),
      ),
    };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function read(files: Files) {
  const text = Object.values(files)
    .flat()
    .map((object) => JSON.stringify(object))
    .join('\n---\n');
  return readText(text, 'a.yaml');
}

function held(files: Files) {
  const reading = read(files);
  const found = consistency(reading, planeOf(reading));
  return { ...found, against: [...found.unreadable, ...proofProblems(found.proof)].map(problemText) };
}

/** Whether the graph is not what they allow, beside what passes to pods by their addresses, of which annotations say nothing. */
function isWrong(graph: GraphData, files: Files): boolean {
  const { witnesses } = proveFiles(graph, read(files)).proof;
  return witnesses.some(({ decidedBy }) => !decidedBy.some(({ byAddress }) => byAddress));
}

describe('what annotations say', () => {
  it.each(Object.keys(apps))('of %s is what the policies allow', (name) => {
    const { against, graph, isEmpty } = held(rendered(apps[name] as Make).files);
    expect(against).toEqual([]);
    expect([isEmpty, graph.flows.length > 0]).toEqual([false, true]);
  });

  it.each([
    'drop a rule',
    'drop a peer, or all peers of a rule',
    'widen a port',
    'narrow or change a port',
    'change a protocol',
  ])('is not what damaged policies allow: %s', (name) => {
    const operator = operators.find((each) => each.name === name);
    const random = new Random(7);
    let tried = 0;
    for (const { make } of declarations(2)) {
      const { files, graph } = rendered(make);
      const changed = operator && damaged(files, operator, random);
      if (changed === undefined || !isWrong(graph, changed)) continue;
      tried += 1;
      expect(held(changed).against).not.toEqual([]);
    }
    expect(tried).toBeGreaterThan(3);
  });

  it('names what was taken for addresses that the graph alone spells out', () => {
    const { notes } = held(rendered(apps['ai-service-mesh'] as Make).files);
    expect(notes).toEqual([
      'internet is taken for the addresses that the policies have: the graph alone spells it out.',
    ]);
  });

  it('is nothing where no policy says anything', () => {
    const { isEmpty, proof } = held({ 'a.yaml': [] });
    expect([isEmpty, proof.outcome]).toEqual([true, 'not-proved']);
  });
});
