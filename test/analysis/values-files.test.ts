import { dump } from 'js-yaml';
import { readText } from '../../lib/analysis';

const policy = (name = 'allow', more: object = {}) => ({
  apiVersion: 'networking.k8s.io/v1',
  kind: 'NetworkPolicy',
  metadata: { name, ...more },
  spec: { podSelector: {} },
});

/** What is said of values, and how many objects are read of them. */
function saidOf(values: object, file = 'values.yaml', more: readonly object[] = []) {
  const { warnings, problems, objects } = readText([values, ...more].map((each) => dump(each)).join('---\n'), file);
  expect(problems).toEqual([]);
  return { said: warnings.map(({ rule, what }) => `${rule}: ${what.split(', and is')[0]}`), objects };
}

describe('objects among the values of a chart', () => {
  it('are named, each with its place, and none is read', () => {
    const values = {
      replicas: 1,
      extraObjects: [policy('a'), policy('b', { namespace: 'n' })],
      deep: { er: [[policy('c')]] },
    };
    expect(saidOf(values, 'chart/values-prod.yaml')).toEqual({
      said: [
        'values-unrendered: NetworkPolicy a stands among values of a chart (extraObjects[0])',
        'values-unrendered: NetworkPolicy n/b stands among values of a chart (extraObjects[1])',
        'values-unrendered: NetworkPolicy c stands among values of a chart (deep.er[0][0])',
      ],
      objects: 0,
    });
  });

  it('are no matter where nothing that they say bears on connections', () => {
    const map = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a' } };
    expect(saidOf({ extraObjects: [map], image: { kind: 'x' } }).said).toEqual([]);
  });

  it('are no matter where the object of that name was read, since the chart was rendered', () => {
    const { said, objects } = saidOf({ extraObjects: [policy()] }, 'values.yaml', [
      policy('allow', { namespace: 'n' }),
    ]);
    expect([said, objects]).toEqual([[], 1]);
  });

  it('are those of files that are called values alone', () => {
    expect(saidOf({ extraObjects: [policy()] }, 'config.yaml').said).toEqual([]);
  });
});

test('A file that is called values and holds an object is read as that, as kubectl applies it.', () => {
  expect(saidOf(policy())).toEqual({ said: [], objects: 1 });
});
