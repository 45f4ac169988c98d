import { duplicateObject as check } from '../../lib/checks/duplicate-object';
import { denyAll, found, foundAt, namespace, policy } from './manifests';

it('is a note where both are the same in every field', () => {
  expect(foundAt(check, denyAll('a'), denyAll('a'))).toEqual(['note NetworkPolicy a/deny-all']);
});

it('tells of each further one', () => {
  const one = (port: number) => policy('a', 'p', { podSelector: {}, ingress: [{ ports: [{ port }] }] });
  expect(foundAt(check, one(1), one(2), one(3))).toEqual(['error NetworkPolicy a/p', 'error NetworkPolicy a/p']);
  expect(found(check, one(1), denyAll('b'), namespace('a'))).toEqual([]);
});
