import { enginesOfKind } from '../../lib/engines/engines';
import { knownKind } from '../../lib/kinds/known-kinds';
import { policyReaders } from '../../lib/kinds/readers';

// What is forgotten most easily where a kind is added.

const readers = policyReaders().flatMap((reader) =>
  reader.apiVersions.map((apiVersion) => [`${apiVersion} ${reader.kind}`, reader, apiVersion] as const),
);

describe('every kind that is read', () => {
  it.each(readers)(
    '%s has a row in the table of kinds, of the scope that is read',
    (_, { group, kind, isClusterWide }) => {
      const known = knownKind(group, kind);
      expect([known?.classes, known?.scope]).toEqual([['read'], isClusterWide ? 'cluster' : 'namespaced']);
    },
  );

  it.each(readers)('%s is enforced by an engine', (_, { group, kind }) => {
    expect(enginesOfKind(`${group}/${kind}`)).not.toEqual([]);
  });

  it.each(readers)(
    '%s has a field reported that its schema does not have, and gives nothing then',
    (_, reader, apiVersion) => {
      const namespace = reader.isClusterWide ? {} : { namespace: 'x' };
      const object = { apiVersion, kind: reader.kind, metadata: { name: 'x', ...namespace }, spec: { notThere: 1 } };
      const { problems, rules } = reader.read(object, { source: 'in.yaml' });
      expect(problems.map(({ where }) => where)).toContainEqual(expect.stringContaining('spec.notThere'));
      expect(rules).toEqual([]);
    },
  );
});
