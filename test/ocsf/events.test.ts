import Ajv, { type ValidateFunction } from 'ajv/dist/2020';
import { FORMATS } from '../../lib/flow-logs/formats';
import { flowsAsOcsf } from '../../lib/report/flows-ocsf';
import { readSample } from '../flow-logs/read';
import { MIXED, parsed, report } from '../flow-logs/siem/reports';
import { publishedSchemas } from './published-schema';

const CLASSES = [4001, 2004];
const classes = new Map<unknown, ValidateFunction>();

beforeAll(() => {
  const ajv = new Ajv({ strict: false, allErrors: true });
  for (const [i, schema] of publishedSchemas('1.8.0', ['security_control'], CLASSES).entries())
    classes.set(CLASSES[i], ajv.compile(schema));
});

function faults(event: Readonly<Record<string, unknown>>): readonly unknown[] {
  const validate = classes.get(event['class_uid']);
  if (validate === undefined) return [`no class ${event['class_uid']}`];
  return validate(event)
    ? []
    : (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
}

describe('events of OCSF', () => {
  it('are of the schema that is published, for every class of flows', () => {
    const events = parsed(flowsAsOcsf(report(MIXED)));
    expect(events).toHaveLength(10);
    expect(events.flatMap(faults)).toEqual([]);
  });

  it('are of the version of the schema', () => {
    const versions = parsed(flowsAsOcsf(report(MIXED))).map(
      ({ metadata }) => (metadata as { version: string }).version,
    );
    expect(new Set(versions)).toEqual(new Set(['1.8.0']));
  });

  it.each(FORMATS.map(({ name }) => name))('are of the schema for the sample log of %s', async (name) => {
    const { records } = await readSample(name);
    const events = parsed(flowsAsOcsf(report(records)));
    expect(events.flatMap(faults)).toEqual([]);
  });

  it.each([
    [0, { finding_info: { uid: 'a' } }, ' must NOT have additional properties'],
    [0, { src_endpoint: { namespace: 'a' } }, '/src_endpoint must NOT have additional properties'],
    [0, { src_endpoint: { ip: '10.0.0' } }, '/src_endpoint/ip must match pattern'],
    [0, { time: 'noon' }, '/time must be integer'],
    [0, { disposition_id: 1000 }, '/disposition_id must be equal to one of the allowed values'],
    [0, { connection_info: {} }, "/connection_info must have required property 'direction_id'"],
    [1, { finding_info: {} }, "/finding_info must have required property 'uid'"],
    [1, { dst_endpoint: { name: 'a' } }, ' must NOT have additional properties'],
    [1, { resources: [{ type: 'pods' }] }, '/resources/0 must match a schema in anyOf'],
  ])('are refused by the schema: event %d with %j', (index, part, said) => {
    const event = parsed(flowsAsOcsf(report(MIXED.slice(0, 1))))[index];
    expect(faults({ ...event, ...part })).toContainEqual(expect.stringContaining(said));
  });
});
