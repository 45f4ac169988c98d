import { readFileSync, writeFileSync } from 'node:fs';
import { FORMATS } from '../../../lib/flow-logs/formats';
import { FLOW_LOG_SCHEMA } from '../../../lib/flow-logs/formats/plain-shape';
import { read } from '../../flow-logs/read';
import { isGenerated } from '../generated';
import { CSV_EXAMPLE, flowLogsPage, JSONL_EXAMPLE } from './page';

const SCHEMA = 'docs/schemas/flow-log.schema.json';

describe('the page of the logs', () => {
  isGenerated('docs/flow-logs.md', flowLogsPage(), 'npm run flow-logs:docs');

  it.each([
    ['JSON lines', JSONL_EXAMPLE, 2],
    ['CSV', CSV_EXAMPLE, 1],
  ])('shows %s that can be read', async (_, example, count) => {
    const { records, notes } = await read([example]);
    expect(records).toHaveLength(count);
    expect(notes).toEqual([]);
  });

  it.each(FORMATS.map((format) => [format.name, format] as const))(
    'says in sentences what is not in %s',
    (_, { limits }) => {
      expect(limits.length).toBeGreaterThan(0);
      for (const limit of limits) expect(limit).toMatch(/^[A-Z].*\.$/);
    },
  );
});

describe('the schema that is published', () => {
  beforeAll(() => {
    if (process.env['WRITE_DOCS'] !== undefined) writeFileSync(SCHEMA, JSON.stringify(FLOW_LOG_SCHEMA, undefined, 2));
  });

  it('is the one by which lines are read: npm run flow-logs:docs writes it', () => {
    expect(JSON.parse(readFileSync(SCHEMA, 'utf8'))).toEqual(JSON.parse(JSON.stringify(FLOW_LOG_SCHEMA)));
  });
});
