import * as ports from '../../lib/model/port-set';
import type { RequestMatch } from '../../lib/model/request-match';
import { portTraffic } from '../../lib/model/traffic';

describe('traffic on ports', () => {
  const [a, b]: RequestMatch[] = ['a', 'b'].map((pattern) => ({ protocol: 'dns', pattern }));
  const http = ports.number('TCP', 80);

  it('has its requests in order, and none of the kind where all traffic passes', () => {
    expect(portTraffic(http, [b, a])).toEqual({ kind: 'ports', ports: http, requests: [a, b] });
    expect(portTraffic(http)).toStrictEqual({ kind: 'ports', ports: http });
  });
});
