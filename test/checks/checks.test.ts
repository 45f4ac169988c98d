import { CHECKS } from '../../lib/checks';
import { foundIn } from './found';

test('Rules stand in the order of their ids, and each id is there once.', () => {
  const ids = CHECKS.map(({ id }) => id);
  expect(ids).toEqual([...new Set(ids)].sort());
});

test('Every id is in kebab-case.', () => {
  for (const { id } of CHECKS) expect(id).toMatch(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/);
});

for (const check of CHECKS) {
  describe(check.id, () => {
    test('finds what its page says to avoid, with file and line.', () => {
      const found = foundIn(check, check.avoid, check.told);
      expect(found.map(({ rule }) => rule)).toContain(check.id);
      for (const { place } of found)
        expect(place ?? { file: 'manifests.yaml' }).toMatchObject({ file: 'manifests.yaml' });
    });

    test('finds nothing in what its page prefers.', () => {
      expect(foundIn(check, check.prefer, check.told)).toEqual([]);
    });
  });
}
