import { readFileSync } from 'node:fs';
import { loadAll } from 'js-yaml';
import { acknowledgeLines } from '../../lib/findings/acknowledge-lines';
import { knownRules } from '../../lib/settings/known-rules';
import { readSettings } from '../../lib/settings/settings';

const page = readFileSync('docs/check.md', 'utf8');
const blocks = [...page.matchAll(/```yaml\n([\s\S]*?)```/g)].map(([, block]) => block);

describe('the page of the check', () => {
  it('shows settings that can be read', () => {
    const settings = blocks.filter((block) => block.includes('failOn'));
    expect(settings).toHaveLength(1);
    for (const text of settings) expect(readSettings(text, 'zero-trust.yaml', knownRules).acknowledge).toHaveLength(2);
  });

  it('shows annotations that can be read', () => {
    const objects = blocks.flatMap(
      (block) => loadAll(block) as { metadata?: { annotations: Record<string, string> } }[],
    );
    const texts = objects.flatMap(({ metadata }) => Object.values(metadata?.annotations ?? {}));
    expect(texts).toHaveLength(1);
    for (const text of texts) expect(acknowledgeLines(text, knownRules())).toMatchObject({ problems: [] });
  });
});
