import { differences, readText } from '../../lib/analysis/entry';
import { diff } from '../../lib/cli/commands/diff';
import { graph } from '../../lib/cli/commands/graph';
import { graphIn } from '../../lib/graph/graph-file';
import { differencesPicture } from '../../lib/picture/differences-picture';
import { graphPicture } from '../../lib/picture/graph-picture';
import { RETRIEVAL, workload } from '../cli/worlds';
import { pictureOf } from './worlds';

const [before, after] = [RETRIEVAL, workload('more/one')].map((text) => readText(text));
const changed = differencesPicture(differences(before, after), before.world, after.world, 'What changed');
const declared = graphPicture(graphIn('dist/ai-service-mesh/graph.json'), 'What is declared');

describe('what is left out of a picture that is too large', () => {
  it.each([
    ['of connections', pictureOf(RETRIEVAL), graph],
    ['of changes', changed, diff],
    ['of what is declared', declared, graph],
  ])('is had by an option or a format that the command has: %s', (_, { elsewhere }, { options, formats = [] }) => {
    const flags = options.map((option) => option.flags.split(' ')[0]);
    const named = elsewhere.match(/--[a-z-]+/g) ?? [];
    const [, ...inFormats] = /formats (\w+) and (\w+)/.exec(elsewhere) ?? [];
    expect(named.length + inFormats.length).toBeGreaterThan(1);
    expect(flags).toEqual(expect.arrayContaining(named));
    expect(formats).toEqual(expect.arrayContaining(inFormats));
  });

  it('is not had by an option that is refused beside the one that asks for what is declared', () => {
    expect(declared.elsewhere).not.toContain('--');
  });
});
