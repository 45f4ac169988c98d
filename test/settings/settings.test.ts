import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import Ajv2020 from 'ajv/dist/2020';
import { load } from 'js-yaml';
import { ZeroTrustError } from '../../lib/model/problem';
import { readSettings } from '../../lib/settings/settings';

const schemaOf = (name: string) => JSON.parse(readFileSync(join(__dirname, '../../docs/schemas', name), 'utf8'));
const ajv = new Ajv2020({ strictRequired: false });
ajv.addSchema(schemaOf('cluster-facts.schema.json'), 'cluster-facts.schema.json');
const isValid = ajv.compile(schemaOf('zero-trust.schema.json'));

const RULES = ['dns-over-udp-only', 'wide-egress'];
const read = (text: string) => readSettings(text, 'zero-trust.yaml', () => RULES);

/** What is wrong, one line each: rule, place and sentence. */
function wrong(text: string): readonly string[] {
  try {
    read(text);
    return [];
  } catch (error) {
    if (!(error instanceof ZeroTrustError)) throw error;
    return error.problems.map(({ rule, where, what }) => `${rule} ${where}: ${what}`);
  }
}

const WHOLE = `schema: cdk8s-zero-trust/settings/v1
engine: cilium@1.20
cluster:
  podCidrs: [10.244.0.0/16]
failOn: warning
baseline: baseline.json
acknowledge:
  - rule: wide-egress
    because: the tools are everywhere
    object: NetworkPolicy ai/agents
    namespace: ai
    file: dist/
  - { rule: dns-over-udp-only, because: the resolver is old }
`;

const AT = 'zero-trust.yaml, document 1, line';

describe('settings', () => {
  it('say engine, cluster, what fails, the baseline, and what is accepted where', () => {
    expect(read(WHOLE)).toMatchObject({
      engine: { name: 'cilium', version: '1.20' },
      cluster: { facts: { engine: 'cilium', version: '1.20', podRanges: expect.anything() } },
      failOn: 'warning',
      baseline: 'baseline.json',
      acknowledge: [
        {
          rule: 'wide-egress',
          because: 'the tools are everywhere',
          object: 'NetworkPolicy ai/agents',
          namespace: 'ai',
          file: 'dist/',
          by: 'settings',
          where: `${AT} 8: acknowledge[0]`,
          place: { file: 'zero-trust.yaml', line: 8, field: 'acknowledge[0]' },
        },
        { rule: 'dns-over-udp-only', because: 'the resolver is old', where: `${AT} 13: acknowledge[1]` },
      ],
    });
  });

  it('say nothing where nothing is said', () => {
    expect(read('{}')).toEqual({ acknowledge: [] });
    expect(read('schema: cdk8s-zero-trust/settings/v1\nengine: null\nacknowledge: null')).toEqual({ acknowledge: [] });
  });

  it('ask for the rules only where one is named', () => {
    expect(readSettings('failOn: note', 'zero-trust.yaml', () => fail('not needed'))).toEqual({
      failOn: 'note',
      acknowledge: [],
    });
  });

  const BAD: readonly (readonly [text: string, says: string, isOnlyHere?: 'the schema cannot tell'])[] = [
    [
      'fail-on: error',
      `unknown-field ${AT} 1: fail-on: There is no field 'fail-on' here, so what it asks for would be lost`,
    ],
    ['failOn: fatal', `settings ${AT} 1: failOn: The value 'fatal' is none of those that this field has`],
    ['failOn: [error]', `settings ${AT} 1: failOn: The value ["error"] is none of those that this field has`],
    ['\n\nschema: v0', `settings ${AT} 3: schema: The value 'v0' is none of those that this field has`],
    ['engine: flannel', `usage ${AT} 1: engine: There is no engine 'flannel'`],
    ['engine: cilim', `usage ${AT} 1: engine: There is no engine 'cilim'; did you mean 'cilium'`],
    [
      'engine: cilium@7.1',
      `cluster-version ${AT} 1: engine: there is no Cilium 7.1: its releases are numbered 1.x`,
      'the schema cannot tell',
    ],
    ['cluster: prod', `field-type ${AT} 1: cluster: The value 'prod' is a string`],
    [
      'cluster:\n  podCidr: []',
      `unknown-field ${AT} 2: cluster.podCidr: There is no field 'podCidr' here, so what it asks for would be lost`,
    ],
    ["baseline: ''", `settings ${AT} 1: baseline: This is empty`],
    ['baseline: 7', `field-type ${AT} 1: baseline: The value 7 is a number`],
    ['acknowledge: wide-egress', `field-type ${AT} 1: acknowledge: The value 'wide-egress' is a string`],
    ['acknowledge:\n  - wide-egress', `field-type ${AT} 2: acknowledge[0]: The value 'wide-egress' is a string`],
    ['acknowledge:\n  - because: it is meant so', `field-missing ${AT} 2: acknowledge[0]: There is no 'rule' here`],
    ['acknowledge:\n  - rule: wide-egress', `field-missing ${AT} 2: acknowledge[0]: There is no 'because' here`],
    [
      'acknowledge:\n  - rule: wide-egress\n    because: todo',
      `reason ${AT} 3: acknowledge[0].because: "todo" is not a reason`,
    ],
    [
      'acknowledge:\n  - rule: wide-egress\n    because: it is meant so\n    object: 7',
      `field-type ${AT} 4: acknowledge[0].object: The value 7 is a number`,
    ],
    [
      "acknowledge:\n  - rule: wide-egress\n    because: it is meant so\n    file: ''",
      `settings ${AT} 4: acknowledge[0].file: This is empty`,
    ],
    [
      'acknowledge:\n  - rule: wide-egress\n    because: it is meant so\n    line: 3',
      `unknown-field ${AT} 4: acknowledge[0].line: There is no field 'line' here, so what it asks for would be lost`,
    ],
    [
      'acknowledge:\n  - rule: wide-egres\n    because: it is meant so',
      `acknowledgement ${AT} 2: acknowledge[0].rule: there is no rule "wide-egres" to acknowledge; did you mean "wide-egress"`,
      'the schema cannot tell',
    ],
    ['- failOn: note', 'settings zero-trust.yaml: This is not a file of settings'],
    ['a: [', `yaml ${AT} 2: This is not YAML that can be read: unexpected end of the stream within a flow collection`],
  ];

  it.each(BAD.map(([text, says]) => [text, says] as const))('are refused with the line: %j', (text, says) => {
    expect(wrong(text)).toContain(says);
  });

  it.each(BAD.flatMap(([text, , isOnlyHere]) => (text !== 'a: [' && isOnlyHere === undefined ? [text] : [])))(
    'are refused by the schema where they are refused here: %j',
    (text) => {
      expect(isValid(load(text))).toBe(false);
    },
  );

  it.each([WHOLE, '{}', 'failOn: none', 'engine: antrea', 'acknowledge: []', 'cluster: { engine: calico }'])(
    'are taken by both: %j',
    (text) => {
      expect(wrong(text)).toEqual([]);
      expect(isValid(load(text))).toBe(true);
    },
  );

  it('say all that is wrong at once', () => {
    expect(wrong('failOn: fatal\nbaseline: 7\nacknowledge:\n  - rule: wide-egress')).toHaveLength(3);
  });
});

it.each(['', '\n', '# engine: cilium@1.20\n'])('takes %j for settings that say nothing', (text) => {
  expect(readSettings(text, 'zero-trust.yaml', () => [])).toEqual({ acknowledge: [] });
});
