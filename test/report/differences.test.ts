import { differences, planeOf, readText, type State } from '../../lib/analysis';
import { differencesJson } from '../../lib/report/differences-json';
import { COMMENT_MARK, differencesMarkdown } from '../../lib/report/differences-markdown';
import { differencesText } from '../../lib/report/differences-text';
import { cilium, deployment, fiveHundred, mesh, retrieval, webhook } from './meshes';

function state(yaml: string): State {
  const reading = readText(yaml, 'manifests.yaml');
  expect(reading.problems).toEqual([]);
  return { world: reading.world, plane: planeOf(reading).plane, written: reading.written };
}

const cases: Readonly<Record<string, readonly [string, string]>> = {
  'nothing changed': [mesh, mesh],
  'one flow added': [mesh, mesh + retrieval()],
  'a flow and the internet added': [mesh, mesh + retrieval() + webhook],
  'an engine changed': [
    mesh + retrieval(),
    mesh +
      retrieval()
        .split('---')
        .slice(2)
        .map((it) => `---${it}`)
        .join('') +
      cilium,
  ],
  'a workload came': [mesh, mesh + deployment('lab', 'notebook')],
};

describe.each(Object.entries(cases))('%s', (_, [before, after]) => {
  const found = () => differences(state(before), state(after));

  it('as text', () => {
    expect(differencesText(found())).toMatchSnapshot();
  });

  it('as Markdown', () => {
    expect(differencesMarkdown(found())).toMatchSnapshot();
  });

  it('as JSON', () => {
    expect(differencesJson(found())).toMatchSnapshot();
  });
});

describe('five hundred changes of which no two are alike', () => {
  const [before, after] = [fiveHundred().replaceAll(/port: 1(\d\d\d)/g, 'port: 3$1'), fiveHundred()];
  const found = differences(state(before), state(after));

  it('are each told', () => {
    expect(found.changes).toHaveLength(500);
    expect(differencesText(found).match(/was TCP/g)).toHaveLength(500);
  });

  it('fit in a comment, with what has no room counted', () => {
    const comment = differencesMarkdown(found);
    expect(comment.length).toBeLessThan(60_000);
    expect(comment).toContain('**0 new paths, 0 wider, 0 lost, 500 on other ports**');
    const rows = comment.match(/^\| other ports /gm) ?? [];
    const [, leftOut] = /(\d+) more lines have no room here/.exec(comment) ?? [];
    expect(rows.length + Number(leftOut)).toBe(500);
  });
});

describe('a comment', () => {
  it('begins with a mark by which it is found again', () => {
    expect(differencesMarkdown(differences(state(mesh), state(mesh))).startsWith(`${COMMENT_MARK}\n`)).toBe(true);
  });

  it('has nothing of a hostile reason as markup, and calls nobody', () => {
    const reason = '</details> | @everyone <script> [x](http://y) `code` **bold**';
    const comment = differencesMarkdown(differences(state(mesh), state(mesh + retrieval(reason))));
    expect(comment).not.toMatch(/@everyone|<script>|(?<!\\)\]\(|\*\*bold/);
    expect(comment.match(/<\/details>/g)?.length).toBe(comment.match(/<details>/g)?.length);
    const [found = ''] = comment.split('\n').filter((it) => it.includes('everyone'));
    expect(found.replace(/\\\|/g, '').split('|')).toHaveLength(7);
  });

  it('stays under its size whatever the words are', () => {
    const long = mesh + retrieval('x'.repeat(50_000));
    const wide = Array.from({ length: 300 }, (_, i) =>
      webhook.replace('name: tools', `name: tools-${i}-${'y'.repeat(200)}`),
    );
    expect(differencesMarkdown(differences(state(mesh), state(long + wide.join('')))).length).toBeLessThan(60_000);
  });
});
