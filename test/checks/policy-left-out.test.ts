import { policyLeftOut } from '../../lib/checks/policy-left-out';
import { foundIn } from './found';
import { policy } from './policies';

const annotated = (text: string) => policy({ ingress: '[]', metadata: `, annotations: { ${text} }` });

test('So is what a tool of deployment leaves out.', () => {
  expect(foundIn(policyLeftOut, annotated('config.kubernetes.io/local-config: "true"'))).toHaveLength(1);
  expect(foundIn(policyLeftOut, annotated('config.kubernetes.io/local-config: "false"'))).toEqual([]);
});
