import {
  labelKeyProblem,
  labelValueProblem,
  NAMESPACE_NAME_LABEL,
  namespaceNameProblem,
  objectNameProblem,
} from '../../lib/model/labels';

const letters = (count: number) => 'a'.repeat(count);

describe('the key of a label', () => {
  it.each([
    'app',
    'App_2.x-y',
    '9',
    letters(63),
    'example.com/app',
    'a-b.c/X',
    `${letters(253)}/${letters(63)}`,
    NAMESPACE_NAME_LABEL,
  ])('may be %p', (key) => expect(labelKeyProblem(key)).toBeUndefined());

  it.each([
    '',
    'app name',
    '-app',
    'app-',
    'äpp',
    'app\n',
    letters(64),
    '/app',
    'example.com/',
    'Example.com/app',
    'a..b/app',
    '.a/app',
    'a_b/app',
    'a/b/c',
    `${letters(254)}/app`,
    '__proto__',
  ])('may not be %p', (key) => expect(labelKeyProblem(key)).toContain(`'${key}'`));
});

describe('the value of a label', () => {
  it.each(['', 'vllm', 'A_1.b-2', '0', letters(63)])('may be %p', (value) =>
    expect(labelValueProblem(value)).toBeUndefined(),
  );

  it.each([' ', 'a b', 'a/b', '_a', 'a.', 'a\n', letters(64)])('may not be %p', (value) =>
    expect(labelValueProblem(value)).toContain(`'${value}'`),
  );

  it('may not be a number or a truth value, which YAML makes of what is not quoted', () => {
    expect(labelValueProblem(8080)).toContain('8080 is a number');
    expect(labelValueProblem(true)).toContain('true is a boolean');
    expect(labelValueProblem(null)).toContain('null is empty');
  });
});

describe('what is no text', () => {
  it.each<[unknown, string]>([
    [5, '5 is a number'],
    [true, 'true is a boolean'],
    [null, 'null is empty'],
    [undefined, 'undefined is empty'],
    [['a'], '["a"] is a list'],
    [{ a: 1 }, '{"a":1} is an object'],
  ])('is called what it is: %j', (value, said) => {
    for (const problemOf of [labelKeyProblem, labelValueProblem, namespaceNameProblem, objectNameProblem]) {
      expect(problemOf(value)).toContain(`${said}, not a string`);
    }
  });
});

describe('a name that is empty', () => {
  it('is called so, and not one with a wrong character', () => {
    for (const problem of [labelKeyProblem('example.com/'), namespaceNameProblem(''), objectNameProblem('')]) {
      expect(problem).toMatch(/is empty$|has nothing in the part behind its slash$/);
    }
  });
});

describe('the name of a namespace', () => {
  it.each(['ai-inference', '0', letters(63)])('may be %p', (name) =>
    expect(namespaceNameProblem(name)).toBeUndefined(),
  );

  it.each(['', 'a.b', 'A', '-a', 'a-', 'a_b', letters(64)])('may not be %p', (name) =>
    expect(namespaceNameProblem(name)).toContain(`'${name}'`),
  );
});

describe('the name of an object', () => {
  it.each(['vllm', 'vllm.models', '0-1.2', letters(253)])('may be %p', (name) =>
    expect(objectNameProblem(name)).toBeUndefined(),
  );

  it.each(['', 'A', 'a..b', 'a.-b', '.a', 'a/b', letters(254)])('may not be %p', (name) =>
    expect(objectNameProblem(name)).toContain(`'${name}'`),
  );
});
