import { readManifests } from '../../../lib/analysis';

describe('a selector of Calico that nests deeper than any stack', () => {
  it.each([`${'('.repeat(20_000)}all()${')'.repeat(20_000)}`, `${'!'.repeat(200_000)}all()`])(
    'is refused for its length',
    (selector) => {
      const policy = {
        apiVersion: 'projectcalico.org/v3',
        kind: 'NetworkPolicy',
        metadata: { name: 'deep', namespace: 'a' },
        spec: { selector, types: ['Ingress'] },
      };
      expect(readManifests([policy]).problems.map(({ rule }) => rule)).toContain('calico-limit');
    },
  );
});
