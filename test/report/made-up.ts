import { planeOf, readText } from '../../lib/analysis';
import { type Check, objectsOfKind, type Seen, seenOf } from '../../lib/checks';
import { isObject } from '../../lib/kinds/field';
import { type CheckOptions, checked } from '../../lib/report/checked';
import type { FindingsReport } from '../../lib/report/findings-report';

/** Every address that a policy lets out to, wherever it stands. */
export const wideBlock: Check = {
  id: 'made-up-wide-block',
  level: 'error',
  title: 'a block that is wide',
  why: 'Data can leave to anybody',
  fix: 'Name the addresses that it needs.',
  avoid: '',
  prefer: '',
  source: 'none: it is made up',
  *find(seen) {
    for (const object of objectsOfKind(seen, 'networking.k8s.io', 'NetworkPolicy')) {
      const { egress = [] } = object.json.spec as { egress?: { to?: { ipBlock?: { cidr: string } }[] }[] };
      for (const [i, { to = [] }] of egress.entries())
        for (const [j, { ipBlock }] of to.entries())
          if (ipBlock?.cidr.endsWith('/0'))
            yield {
              object,
              path: ['spec', 'egress', i, 'to', j, 'ipBlock', 'cidr'],
              what: `the block ${ipBlock.cidr} is wide`,
              value: ipBlock.cidr,
              allowed: 'the addresses of its tools',
            };
    }
  },
};

/** Objects without a label that says whose they are. */
export const nobodys: Check = {
  id: 'made-up-owner',
  level: 'warning',
  title: 'an object that is nobody’s',
  why: 'Nobody is asked when it breaks',
  fix: 'Add the label:\n  labels: { owner: … }',
  avoid: '',
  prefer: '',
  source: 'none: it is made up',
  *find({ objects }) {
    for (const object of objects) {
      const { metadata } = object.json;
      const labels = isObject(metadata) && isObject(metadata.labels) ? metadata.labels : {};
      if (labels.owner === undefined)
        yield { object, path: ['metadata'], what: 'it has no owner', about: `the object ${object.ref.name}` };
    }
  },
};

/** One that finds nothing. */
export const silent: Check = {
  id: 'made-up-silent',
  level: 'note',
  title: 'what nobody does',
  why: 'It would be odd',
  fix: 'Do not do it.',
  avoid: '',
  prefer: '',
  source: 'none: it is made up',
  find: () => [],
};

export const MADE_UP: readonly Check[] = [wideBlock, nobodys, silent];

export const TOOL = { name: 'cdk8s-zero-trust', version: '1.2.3', link: 'https://example.com/cdk8s-zero-trust' };

export function seen(text: string, file = 'dist/app.yaml'): Seen {
  const reading = readText(text, file);
  return seenOf(reading, planeOf(reading));
}

export function reportOf(text: string, options: Partial<CheckOptions> = {}): FindingsReport {
  return checked(seen(text), {
    checks: MADE_UP,
    rules: MADE_UP.map(({ id }) => id),
    failsFrom: 'error',
    paths: ['dist'],
    folder: '/work',
    tool: TOOL,
    ...options,
  });
}

/** A finding of each level, one that is acknowledged, and an acknowledgement of nothing. */
export const MANIFESTS = `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: agents
  namespace: ai
  labels: { owner: platform }
spec:
  podSelector: {}
  policyTypes: [Egress]
  egress:
    - to:
        - ipBlock: { cidr: 10.1.0.0/16 }
        - ipBlock: { cidr: 0.0.0.0/0 }
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: tools
  namespace: ai
  annotations:
    cdk8s-zero-trust/acknowledge: |
      made-up-owner: the owner is on holiday
      made-up-silent: it is there for all to see
spec:
  podSelector: {}
  policyTypes: [Ingress]
  ingrss: []
---
kind: nothing
`;
