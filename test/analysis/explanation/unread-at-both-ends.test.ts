import { explain, explanationText, planeOf, readText } from '../../../lib/analysis';

const pod = (name: string) =>
  `apiVersion: v1\nkind: Pod\nmetadata: { name: ${name}, namespace: x, labels: { app: ${name} } }\nspec: { containers: [] }\n`;

const ODD = `apiVersion: cilium.io/v2
kind: CiliumNetworkPolicy
metadata: { name: odd, namespace: x }
spec: { endpointSelector: {}, ingress: [{ fromEndpoints: [{}], strange: 1 }], egress: [{ toEndpoints: [{}] }] }
`;

test('An explanation says why a policy is not read where it meets it first, and what would mend it once.', () => {
  const reading = readText([pod('a'), pod('b'), ODD].join('---\n'), 'x.yaml');
  const asked = { from: 'x/Pod/a', to: 'x/Pod/b', protocol: 'TCP', port: 80 } as const;
  const text = explanationText(explain(reading.world, planeOf(reading).plane, asked));
  const odd = /CiliumNetworkPolicy x\/odd \([^)]*\)/g;
  expect(text.replaceAll(odd, 'odd').split('\n')).toEqual([
    'x/Pod/a to x/Pod/b on TCP/80: may be allowed',
    '  egress of x/Pod/a: allowed or denied, by what is not known here',
    "    odd may deny it: There is no field 'strange' here, so what it asks for would be lost",
    '      Take it out, or move it to where it belongs.',
    '    odd may allow it, for the same reason',
    '    passes where none of these denies it',
    '  ingress of x/Pod/b: allowed or denied, by what is not known here',
    '    odd may deny it, for the same reason',
    '    odd may allow it, for the same reason',
    '    passes where none of these denies it',
  ]);
});
