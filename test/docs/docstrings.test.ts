import { type Assembly, undocumented } from './docstrings';

const said = { summary: 'What it is.' };
const throwing = { summary: 'What it does.', custom: { throws: 'for what is none' } };
const place = { filename: 'lib/values/port.ts', line: 7 };

function assemblyOf(type: object): Assembly {
  return { types: { port: { fqn: 'p.Port', name: 'Port', docs: said, locationInModule: place, ...type } } } as Assembly;
}

function gapsOf(type: object, refusesNothing: readonly string[] = []): string[] {
  return undocumented(assemblyOf(type), refusesNothing);
}

describe('the check of the docstrings', () => {
  it('is content with a type that says everything', () => {
    const type = {
      initializer: { docs: throwing, parameters: [{ name: 'number', docs: said }] },
      methods: [{ name: 'tcp', docs: throwing, parameters: [{ name: 'number', docs: said }] }],
      properties: [{ name: 'number', docs: { ...said, default: '8000' }, optional: true }],
      members: [{ name: 'TCP', docs: said }],
    };
    expect(gapsOf(type)).toEqual([]);
  });

  it('misses a summary on a type, a member, a property, a method and a parameter, each with its place', () => {
    expect(gapsOf({ docs: {} })).toEqual(['lib/values/port.ts:7 Port: no summary']);
    expect(gapsOf({ members: [{ name: 'TCP' }] })).toEqual(['lib/values/port.ts:7 Port.TCP: no summary']);
    expect(gapsOf({ properties: [{ name: 'number' }] })).toEqual(['lib/values/port.ts:7 Port.number: no summary']);
    expect(gapsOf({ methods: [{ name: 'text' }] })).toEqual(['lib/values/port.ts:7 Port.text: no summary']);
    expect(gapsOf({ methods: [{ name: 'tcp', docs: throwing, parameters: [{ name: 'number' }] }] })).toEqual([
      '- Port.tcp(number): no summary',
    ]);
  });

  it('misses what holds without an optional property, and takes it from the text too', () => {
    const gap = 'lib/values/port.ts:7 Port.number: optional, and nothing says what holds without it (@default)';
    const property = { name: 'number', optional: true };
    expect(gapsOf({ properties: [{ ...property, docs: said }] })).toEqual([gap]);
    expect(gapsOf({ properties: [{ ...property, docs: { summary: 'Default 8000.' } }] })).toEqual([]);
  });

  it('asks no default of an optional struct, whose own properties have theirs', () => {
    const parameter = { name: 'props', optional: true, docs: said };
    const method = (fqn: string) => ({ name: 'of', docs: throwing, parameters: [{ ...parameter, type: { fqn } }] });
    expect(gapsOf({ datatype: true, methods: [method('p.Port')] })).toEqual([]);
    expect(gapsOf({ datatype: true, methods: [method('p.Other')] })).toHaveLength(1);
  });

  it('misses @throws on what takes arguments, unless it is known to refuse nothing', () => {
    const methods = [{ name: 'of', docs: said, parameters: [{ name: 'scope', docs: said }] }];
    expect(gapsOf({ methods })).toEqual(['lib/values/port.ts:7 Port.of: no @throws, and it takes arguments']);
    expect(gapsOf({ methods }, ['Port.of'])).toEqual([]);
  });

  it('notices when its list of what refuses nothing is out of date', () => {
    expect(gapsOf({}, ['Port.gone'])).toHaveLength(1);
    expect(gapsOf({ methods: [{ name: 'of', docs: throwing, parameters: [] }] }, ['Port.of'])).toHaveLength(1);
  });

  it('does not take an empty assembly for a documented one', () => {
    expect(undocumented({})).toEqual(['the assembly has no types']);
  });
});
