import { planeOf, readFiles, readText } from '../../lib/analysis';
import { seenOf } from '../../lib/checks';
import { fieldPath } from '../../lib/checks/field-path';
import { readingFound } from '../../lib/checks/reading-found';
import { pathText } from '../../lib/kinds/field';

function places(text: string, file = 'm.yaml') {
  const reading = readText(text, file);
  return readingFound(seenOf(reading, planeOf(reading))).map(({ level, rule, place }) => ({ level, rule, ...place }));
}

const policy = (name: string, rest: string) => `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: ${name}
spec:
  podSelector: {}
${rest}
`;

describe('what readers say, as findings', () => {
  it('has the file, the line, the object and the field', () => {
    const text = `${policy('x', '  ingress:\n    - {}\n    - form: []')}---\n${policy('x-y', '  egres: []')}`;
    expect(places(text)).toEqual([
      {
        level: 'error',
        rule: 'unknown-field',
        file: 'm.yaml',
        line: 9,
        object: 'NetworkPolicy default/x',
        field: 'spec.ingress[1].form',
      },
      {
        level: 'error',
        rule: 'unknown-field',
        file: 'm.yaml',
        line: 17,
        object: 'NetworkPolicy default/x-y',
        field: 'spec.egres',
      },
    ]);
  });

  it('has the right one of two objects of a name, whose fingerprints differ', () => {
    const text = `${policy('x', '  ingress: [{ a: 1 }]')}---\n${policy('x', '  ingress: [{ b: 1 }]')}`;
    const reading = readText(text, 'm.yaml');
    const found = readingFound(seenOf(reading, planeOf(reading)));
    // Of two of a name the last is read; the other is said.
    expect(found.map(({ rule, place }) => [rule, place?.line])).toEqual([
      ['duplicate-object', 9],
      ['unknown-field', 15],
    ]);
    expect(new Set(found.map(({ fingerprint }) => fingerprint)).size).toBe(2);
  });

  it('has the file where there is no object in it, or none that can be read', () => {
    expect(places('a: [', 'odd, document 7.yaml')).toEqual([
      { level: 'error', rule: 'yaml', file: 'odd, document 7.yaml', line: 2 },
    ]);
    const reading = readFiles(['/nowhere/at all']);
    expect(readingFound(seenOf(reading, planeOf(reading))).map(({ place }) => place)).toEqual([
      { file: '/nowhere/at all' },
    ]);
  });

  it('weighs as much as it matters: what is refused, what is read otherwise by others, what is no loss', () => {
    const text = `${policy('x', '  policyTypes: [Ingress]\n  ingress: [{ ports: [{ port: 010 }] }]')}`;
    expect(places(text).map(({ level, rule }) => `${level} ${rule}`)).toEqual(['warning ambiguous-scalar']);
    expect(places(`${policy('x', '')}---\n${policy('x', '')}`).map(({ level, rule }) => `${level} ${rule}`)).toEqual([
      'note duplicate-object',
    ]);
  });
});

describe('the path of a field', () => {
  it.each([
    [[]],
    [['spec', 'ingress', 0, 'from', 12, 'ipBlock', 'cidr']],
    [['metadata', 'annotations', 'cdk8s-zero-trust/acknowledge']],
    [['metadata', 'labels', 'a.b/c', 0]],
    [['items', 3, 'spec', 'pod-selector_x']],
  ])('is read back from its text: %j', (path) => {
    expect(fieldPath(pathText(path))).toEqual(path);
  });
});
