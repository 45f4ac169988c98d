import { type Folder, folder, workload } from './worlds';

let here: Folder;
beforeEach(() => {
  here = folder();
});
afterEach(() => here.remove());

const policy = (name: string, peer: string) => `---
apiVersion: cilium.io/v2
kind: CiliumNetworkPolicy
metadata: { name: ${name}, namespace: lab }
spec:
  endpointSelector: {}
  egress: [{ ${peer} }]
`;

describe('names whose queries do not pass the DNS proxy of Cilium', () => {
  it('are reached perhaps, and the reason names the policy once', async () => {
    here.write('all.yaml', workload('lab/notebook') + policy('loader', 'toFQDNs: [{ matchName: hf.co }]'));
    const { code, out } = await here.run(['can', 'lab/notebook', 'hf.co', '443', '-f', 'all.yaml']);
    expect(code).toBe(2);
    expect(out).toContain('may allow it: it allows hf.co to pods whose queries');
    expect(out.split('lab/loader')).toHaveLength(2);
    const other = await here.run(['can', 'lab/notebook', 'example.com', '443', '-f', 'all.yaml']);
    expect([other.code, other.out]).toEqual([1, expect.stringMatching(/^no: /)]);
  });

  it('are reached where queries of these pods pass it', async () => {
    const dns = "toPorts: [{ ports: [{ port: '53', protocol: UDP }], rules: { dns: [{ matchPattern: '*' }] } }]";
    const policies = policy('loader', 'toFQDNs: [{ matchName: hf.co }]') + policy('dns', dns);
    here.write('all.yaml', workload('lab/notebook') + policies);
    const { code, out } = await here.run(['can', 'lab/notebook', 'hf.co', '443', '-f', 'all.yaml']);
    expect([code, out]).toEqual([0, expect.stringMatching(/^yes: /)]);
  });
});

describe('names of any depth', () => {
  it.each([
    ['1.18', 2],
    ['1.19', 0],
  ])('are reached perhaps before Cilium 1.19: %s', async (version, expected) => {
    const dns = "toPorts: [{ ports: [{ port: '53', protocol: UDP }], rules: { dns: [{ matchPattern: '*' }] } }]";
    const policies = policy('loader', "toFQDNs: [{ matchPattern: '**.hf.co' }]") + policy('dns', dns);
    here.write('all.yaml', workload('lab/notebook') + policies);
    const cluster = ['--engine', `cilium@${version}`];
    const { code, out } = await here.run(['can', 'lab/notebook', 'a.b.hf.co', '443', '-f', 'all.yaml', ...cluster]);
    expect([code, out]).toEqual([expected, expect.anything()]);
  });
});
