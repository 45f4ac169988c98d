import { flowsAnnotation, flowsSaid, reasonsGiven } from '../../lib/analysis/reasons';
import type { PortSet } from '../../lib/model/port-set';
import * as ports from '../../lib/model/port-set';

const policy = { kind: 'NetworkPolicy', namespace: 'x', name: 'in-b' };

function given(line: string, set: PortSet): readonly string[] {
  const { kind, ...metadata } = policy;
  const object = { kind, metadata: { ...metadata, annotations: { 'cdk8s-zero-trust/flows': `${line}\n` } } };
  return reasonsGiven(flowsSaid([{ object }]), policy, { kind: 'in', namespace: 'x', ports: set });
}

describe('the reason that an annotation gives', () => {
  it.each([
    ['TCP/80', ports.number('TCP', 80)],
    ['TCP/443,8000-8100', ports.range('TCP', 8050, 9000)],
    ['TCP/443 UDP/53', ports.number('UDP', 53)],
    ['TCP/http', ports.number('TCP', 8080)],
    ['TCP/*', ports.number('TCP', 8080)],
    ['*', ports.number('SCTP', 36412)],
    ['TCP/8000 (POST /v1/chat/completions)', ports.number('TCP', 8000)],
  ])('is that of a flow which may have a port that is asked about: %s', (traffic, set) => {
    expect(given(`in ${traffic} from x/a: looks up passages`, set)).toEqual(['looks up passages']);
  });

  it.each([
    ['TCP/80', ports.number('TCP', 81)],
    ['TCP/443,8000-8100', ports.range('TCP', 444, 7999)],
    ['TCP/53', ports.number('UDP', 53)],
    ['TCP/http', ports.number('UDP', 53)],
    ['TCP/*', ports.number('UDP', 53)],
    ['nothing', ports.everything],
  ])('is not that of a flow which has none of them: %s', (traffic, set) => {
    expect(given(`in ${traffic} from x/a: looks up passages`, set)).toEqual([]);
  });
});

describe('what is read of annotations', () => {
  const text = (...lines: string[]) => ({ annotations: { 'cdk8s-zero-trust/flows': lines.join('\n') } });
  const inLine = 'in TCP/80 from x/a: looks up passages';
  const outLine = 'out TCP/80 to y/b: asks the model';

  it('is what objects with a kind and a name say, and nothing of others', () => {
    const said = flowsSaid([
      { object: 3 },
      { object: { kind: 'NetworkPolicy' } },
      { object: { kind: 'NetworkPolicy', metadata: 3 } },
      { object: { metadata: { name: 'a', ...text(inLine) } } },
      { object: { kind: 'NetworkPolicy', metadata: text(inLine) } },
      {
        object: {
          kind: 'NetworkPolicy',
          metadata: { name: 'none', namespace: 'x', ...text('nothing that is a flow') },
        },
      },
      { object: { kind: 'NetworkPolicy', metadata: { name: 'a', namespace: 'x', ...text(inLine, 'else', outLine) } } },
      { object: { kind: 'ClusterNetworkPolicy', metadata: { name: 'b', ...text(inLine) } } },
    ]);
    const names = [
      'NetworkPolicy x/a',
      'ClusterNetworkPolicy b',
      'NetworkPolicy x/none',
      'NetworkPolicy a',
      'undefined a',
    ];
    expect(names.map((policy) => said(policy).map(({ line }) => line.kind))).toEqual([
      ['in', 'out'],
      ['in'],
      [],
      [],
      [],
    ]);
  });

  it('is asked by direction, and by the namespace of the other end where that is known', () => {
    const said = flowsSaid([
      { object: { ...policy, metadata: { name: 'in-b', namespace: 'x', ...text(inLine, outLine) } } },
    ]);
    const asked = (kind: 'in' | 'out', namespace?: string) =>
      reasonsGiven(said, policy, { kind, namespace, ports: ports.number('TCP', 80) });
    expect(asked('in', 'x')).toEqual(['looks up passages']);
    expect(asked('in', 'y')).toEqual([]);
    expect(asked('in')).toEqual(['looks up passages']);
    expect(asked('out', 'y')).toEqual(['asks the model']);
    expect(asked('out', 'x')).toEqual([]);
    expect(
      reasonsGiven(said, { ...policy, name: 'other' }, { kind: 'in', namespace: 'x', ports: ports.everything }),
    ).toEqual([]);
  });

  it('is nothing of what has no metadata', () => {
    expect([flowsAnnotation(3), flowsAnnotation({}), flowsAnnotation({ metadata: 3 })]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
  });
});
