import { readText } from '../../lib/analysis';

/** Every problem of one object, as where and what. */
function problemsOf(text: string): readonly string[] {
  const { problems } = readText(text, 'a.yaml');
  return problems.map(({ rule, where, value }) => `${where?.split(': ').at(-1)}: ${rule} ${value}`);
}

const pod = (metadata: string, spec = '{}', more = '') =>
  `apiVersion: v1\nkind: Pod\nmetadata: ${metadata}\nspec: ${spec}\n${more}`;
const deployment = (metadata: string, template: string) =>
  `apiVersion: apps/v1\nkind: Deployment\nmetadata: ${metadata}\nspec: { template: ${template} }\n`;

describe('what is no object where the API server wants one', () => {
  it.each([
    ['metadata of a Pod', pod('3'), 'metadata', '3'],
    ['metadata of a Pod in a list', pod('[a]'), 'metadata', '["a"]'],
    ['metadata of a Pod as text', pod('name'), 'metadata', "'name'"],
    ['the spec of a Pod', pod('{ name: a }', '3'), 'spec', '3'],
    ['the status of a Pod', pod('{ name: a }', '{}', 'status: up\n'), 'status', "'up'"],
    ['annotations of a Pod', pod('{ name: a, annotations: [b] }'), 'metadata.annotations', '["b"]'],
    ['labels of a Pod', pod('{ name: a, labels: b }'), 'metadata.labels', "'b'"],
    ['a container', pod('{ name: a }', '{ containers: [web] }'), 'spec.containers[0]', "'web'"],
    ['an init container', pod('{ name: a }', '{ initContainers: [1] }'), 'spec.initContainers[0]', '1'],
    ['metadata of a Deployment', deployment('3', '{ spec: {} }'), 'metadata', '3'],
    ['metadata of a template', deployment('{ name: a }', '{ metadata: 3, spec: {} }'), 'spec.template.metadata', '3'],
    ['the spec of a template', deployment('{ name: a }', '{ spec: yes }'), 'spec.template.spec', 'true'],
    ['the spec of a Service', 'apiVersion: v1\nkind: Service\nmetadata: { name: a }\nspec: 3\n', 'spec', '3'],
    ['metadata of a custom kind', 'apiVersion: ray.io/v1\nkind: RayCluster\nmetadata: 3\nspec: {}\n', 'metadata', '3'],
  ])('is named, once: %s', (_, text, field, value) => {
    expect(problemsOf(text).map((each) => each.replace(/^Pod|^Deployment/, ''))).toEqual([
      `${field}: field-type ${value}`,
    ]);
  });

  it.each([
    ['a Service', 'apiVersion: v1\nkind: Service\nmetadata: 3\nspec: {}\n'],
    ['a Namespace', 'apiVersion: v1\nkind: Namespace\nmetadata: 3\n'],
  ])('is named before the name that it lacks: metadata of %s', (_, text) => {
    expect(problemsOf(text)[0]).toBe('metadata: field-type 3');
  });

  it('gives no workload, since the API server takes none of it', () => {
    const { world } = readText(`${pod('3')}---\n${pod('{ name: b }')}`, 'a.yaml');
    expect(world.workloads.map(({ id }) => id)).toEqual(['default/Pod/b']);
  });

  it.each([
    ['null', pod('null')],
    ['nothing', 'apiVersion: v1\nkind: Pod\nspec: {}\n'],
    ['metadata of what bears on no connection', 'apiVersion: v1\nkind: ConfigMap\nmetadata: 3\n'],
  ])('is none where there is %s', (_, text) => {
    expect(problemsOf(text)).toEqual([]);
  });
});
