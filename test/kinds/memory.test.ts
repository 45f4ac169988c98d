import { readManifests } from '../../lib/analysis';
import { Field, type FieldProblem } from '../../lib/kinds/field';
import { Memory } from '../../lib/kinds/memory';

describe('the memory of a reading', () => {
  const fieldOf = (value: unknown, problems: FieldProblem[] = []) => Field.top({ value }, problems).child('value');

  it('reads equal values once, whatever objects they are', () => {
    const memory = new Memory();
    let times = 0;
    const read = () => ++times;
    expect(memory.once('a', fieldOf({ x: [1] }), read)).toBe(1);
    expect(memory.once('a', fieldOf({ x: [1] }), read)).toBe(1);
    expect(memory.once('a', fieldOf({ x: [2] }), read)).toBe(2);
    expect(memory.once('b', fieldOf({ x: [1] }), read)).toBe(3);
  });

  it('reads what is wrong again, so that it is reported wherever it stands', () => {
    const memory = new Memory();
    const problems: FieldProblem[] = [];
    for (let i = 0; i < 2; i++) memory.once('a', fieldOf(1, problems), (field) => field.text());
    expect(problems).toHaveLength(2);
  });

  it('tells what JSON writes alike apart', () => {
    const memory = new Memory();
    let times = 0;
    for (const value of [{ port: null }, { port: Number.NaN }, { port: Number.POSITIVE_INFINITY }]) {
      memory.once('a', fieldOf(value), () => ++times);
    }
    expect(times).toBe(3);
  });

  it('reads what holds itself', () => {
    const endless: { self?: unknown } = {};
    endless.self = endless;
    expect(new Memory().once('a', fieldOf(endless), () => 'read')).toBe('read');
  });

  it('does not take a rule of one namespace for that of another, nor an allow for a deny', () => {
    const policy = (namespace: string, list: string) => ({
      apiVersion: 'cilium.io/v2',
      kind: 'CiliumNetworkPolicy',
      metadata: { name: list.toLowerCase(), namespace },
      spec: { endpointSelector: {}, [list]: [{ fromEndpoints: [{ matchLabels: { app: 'x' } }] }] },
    });
    const { others } = readManifests([policy('a', 'ingress'), policy('b', 'ingress'), policy('b', 'ingressDeny')]);
    const said = others.flatMap(({ rules }) => rules.map(({ action, peers }) => [action, JSON.stringify(peers)]));
    expect(said.map(([action]) => action)).toEqual(['allow', 'allow', 'deny']);
    expect(said[0][1]).toContain('"values":["a"]');
    expect(said[1][1]).toContain('"values":["b"]');
    expect(said[2][1]).toBe(said[1][1]);
  });
});
