import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import Ajv from 'ajv/dist/2020';
import { fromJson } from '../../../lib/graph/json-read';
import { ZeroTrustError } from '../../../lib/model/problem';
import type { Proof } from '../../../lib/proof';
import { isRecordable, type ProofRecord, proofRecord, readRecord, recordDifferences } from '../../../lib/proof/record';

const root = join(__dirname, '../../..');
const schema = JSON.parse(readFileSync(join(root, 'docs/schemas/proof-record.schema.json'), 'utf8'));
const conforms = new Ajv({ strict: true, strictRequired: false }).compile(schema);

const files = readdirSync(join(root, 'dist'))
  .map((app) => join(root, 'dist', app, 'proof.json'))
  .filter((file) => existsSync(file));

const proof: Proof = {
  proved: true,
  outcome: 'proved',
  audited: [],
  counts: { namespaces: 4, rules: 11, flows: 8, cells: 31 },
  witnesses: [],
  notProved: [],
  assumptions: ['ICMP: not said'],
};

function record(more: Partial<Proof> = {}, version = '1.2.3'): ProofRecord {
  const file = (name: string, digit: string) => ({ name, digest: { sha256: digit.repeat(64) } });
  return proofRecord({
    graph: fromJson(readFileSync(join(root, 'dist/portable-cilium/graph.json'), 'utf8')),
    declaration: file('graph.json', '0'),
    files: [file('b.yaml', '2'), file('a.yaml', '1')],
    proof: { proof: { ...proof, ...more }, preconditions: [] },
    version,
  });
}

describe('the record of a proof', () => {
  it('that is rendered is a statement of in-toto, and conforms to its schema', () => {
    expect(files.length).toBeGreaterThan(8);
    for (const file of files) {
      const statement = JSON.parse(readFileSync(file, 'utf8'));
      conforms(statement);
      expect(conforms.errors ?? []).toEqual([]);
      expect(Object.keys(statement)).toEqual(['_type', 'subject', 'predicateType', 'predicate']);
    }
  });

  it.each<[string, (statement: Record<string, never>) => void]>([
    ['the type', (it) => delete it['_type']],
    ['its files', (it) => Object.assign(it, { subject: [] })],
    ['a digest', (it) => Object.assign(it['subject']?.[0] ?? {}, { digest: { sha256: 'AB' } })],
    ['what was proved', (it) => delete it['predicate']],
    ['a conclusion', (it) => Object.assign(it['predicate'] ?? {}, { conclusion: 'consistent' })],
    ['a time', (it) => Object.assign(it['predicate'] ?? {}, { at: '2030-01-01' })],
  ])('does not conform to its schema without %s, or with another', (_, damage) => {
    const statement = JSON.parse(JSON.stringify(record()));
    expect(conforms(statement)).toBe(true);
    damage(statement);
    expect(conforms(statement)).toBe(false);
  });

  it('has its files in order of their names, and the same bytes for the same input', () => {
    expect(record().subject.map(({ name }) => name)).toEqual(['a.yaml', 'b.yaml']);
    expect(JSON.stringify(record())).toBe(JSON.stringify(record()));
  });

  it('says that policies are only tried out, where they are', () => {
    const { conclusion, audited, statements } = record({ outcome: 'would-allow', audited: ['ai-data'] }).predicate;
    expect([conclusion, audited]).toEqual(['would-allow', ['ai-data']]);
    expect(statements['open']).toBe(
      'Every such pod is isolated in both directions, once the policies of ai-data are enforced.',
    );
  });

  it('is of a proof against which nothing speaks', () => {
    expect(isRecordable({ proof, unreadable: [] })).toBe(true);
    expect(isRecordable({ proof: { ...proof, outcome: 'not-proved' }, unreadable: [] })).toBe(false);
    expect(isRecordable({ proof, unreadable: [{ rule: 'x', what: 'y' }] })).toBe(false);
  });

  it('differs in what was concluded, whatever the version of the tool', () => {
    expect(recordDifferences(record(), record())).toEqual({ against: [], notes: [] });
    const { against, notes } = recordDifferences(
      record({}, '1.0.0'),
      record({ outcome: 'would-allow', audited: ['a'] }),
    );
    expect(against).toEqual([
      'its conclusion was "proved", and is "would-allow"',
      'its audited was not said, and is ["a"]',
    ]);
    expect(notes[0]).toBe('the record was made by version 1.0.0, and this is 1.2.3');
  });

  it.each<[string, string, RegExp]>([
    ['text', 'proof', /This is not JSON/],
    ['null', 'null', /no statement of in-toto/],
    ['no digests', JSON.stringify({ ...record(), subject: [{ name: 'a' }] }), /names no files/],
    ['no declaration', JSON.stringify({ ...record(), predicate: {} }), /names no declaration/],
    [
      'a declaration on one machine',
      JSON.stringify({
        ...record(),
        predicate: { ...record().predicate, declaration: { ...record().predicate.declaration, name: '/etc/passwd' } },
      }),
      /has a path of one machine/,
    ],
    [
      'no tool',
      JSON.stringify({ ...record(), predicate: { declaration: record().predicate.declaration } }),
      /does not say what made it/,
    ],
  ])('refuses %s', (_, json, message) => {
    expect(() => readRecord(json, 'proof.json')).toThrow(ZeroTrustError);
    expect(() => readRecord(json, 'proof.json')).toThrow(message);
  });
});
