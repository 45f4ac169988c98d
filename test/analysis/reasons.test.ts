import { flowsSaid, reasonsGiven } from '../../lib/analysis/reasons';
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
