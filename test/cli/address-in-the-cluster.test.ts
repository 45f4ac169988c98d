import { denyAll, type Folder, folder, workload } from './worlds';

let here: Folder;
beforeEach(() => {
  here = folder();
  here.write('shop.yaml', [workload('shop/web'), workload('shop/job'), denyAll('shop')].join('---\n'));
});
afterEach(() => here.remove());

const WEB = 'matchLabels: { app: web }';

function cilium(rules: string): void {
  here.write(
    'policy.yaml',
    `apiVersion: cilium.io/v2
kind: CiliumNetworkPolicy
metadata: { name: web, namespace: shop }
spec:
  endpointSelector: { ${WEB} }
  ${rules}
`,
  );
}

function networkPolicy(cidr: string): void {
  here.write(
    'policy.yaml',
    `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: web, namespace: shop }
spec:
  podSelector: { ${WEB} }
  policyTypes: [Egress]
  egress: [{ to: [{ ipBlock: { cidr: ${cidr} } }], ports: [{ port: 443 }] }]
`,
  );
}

async function asked(words: readonly string[], facts?: object, command = 'can') {
  if (facts !== undefined) here.write('facts/cluster.yaml', JSON.stringify(facts));
  const cluster = facts === undefined ? [] : ['--cluster', 'facts/cluster.yaml'];
  return here.run([command, ...words, '-f', 'shop.yaml', '-f', 'policy.yaml', ...cluster]);
}

async function verdict(words: readonly string[], facts?: object) {
  const { code, out, err } = await asked(words, facts);
  return [`${out}${err}`.split(':')[0], code];
}

const YES = ['yes', 0];
const NO = ['no', 1];
const PERHAPS = ['perhaps', 2];

describe('an address of a node, which Cilium knows as a node', () => {
  const facts = { engine: 'cilium', nodeCidrs: ['192.168.0.0/24'] };

  it('is never one of the world, and no block has it', async () => {
    cilium('ingress: [{ fromEntities: [world] }]');
    expect(await verdict(['192.168.0.7', 'shop/web', '80'], facts)).toEqual(NO);
    cilium('egress: [{ toCIDR: [192.168.0.0/16] }]');
    expect(await verdict(['shop/web', '192.168.0.7', '443'], facts)).toEqual(NO);
    expect(await verdict(['shop/web', '192.168.0.0/25', '443'], facts)).toEqual(NO);
    // All but the nodes.
    expect(await verdict(['shop/web', '192.168.0.0/16', '443'], facts)).toEqual(['differs', 2]);
  });

  it('is reached where nodes are', async () => {
    cilium('egress: [{ toEntities: [host, remote-node] }]');
    expect(await verdict(['shop/web', '192.168.0.7', '443'], facts)).toEqual(YES);
    cilium('egress: [{ toEntities: [kube-apiserver] }]');
    expect(await verdict(['shop/web', '192.168.0.7', '443'], facts)).toEqual(PERHAPS);
  });

  it('is one of a block to engines that know nodes by their addresses', async () => {
    networkPolicy('192.168.0.0/16');
    expect(await verdict(['shop/web', '192.168.0.7', '443'], { ...facts, engine: 'kubernetes' })).toEqual(YES);
  });
});

it('An address that facts say is the API server’s is asked about as the API server on Cilium.', async () => {
  cilium('egress: [{ toEntities: [kube-apiserver] }]');
  const facts = { engine: 'cilium', apiServer: { addresses: ['192.0.2.10/32'] } };
  expect(await verdict(['shop/web', '192.0.2.10', '443'], facts)).toEqual(YES);
});

it('Where an address may be one of several things, and these are answered differently, none is the answer.', async () => {
  cilium('ingress: [{ fromCIDR: [10.0.0.0/8] }]');
  expect(await verdict(['10.3.4.5', 'shop/web', '80'])).toEqual(PERHAPS);
  cilium('ingress: [{ fromEntities: [all] }]');
  expect(await verdict(['10.3.4.5', 'shop/web', '80'])).toEqual(YES);
});

describe('an address of Services, behind which anything may be', () => {
  const services = { serviceCidrs: ['172.20.0.0/16'] };
  const onCilium = { engine: 'cilium', ...services };

  it.each(['kube-apiserver', 'cluster'])('may lead to what Cilium calls %s', async (entity) => {
    cilium(`egress: [{ toEntities: [${entity}] }]`);
    expect(await verdict(['shop/web', '172.20.0.1', '443'], onCilium)).toEqual(PERHAPS);
    const { out } = await asked(['shop/web', '172.20.0.1', '443'], onCilium, 'explain');
    expect(out).toContain('is an address of Services of this cluster');
    expect(out).not.toContain('To allow it, add');
  });

  it('may lead to what no block has', async () => {
    networkPolicy('172.20.0.0/16');
    const facts = { engine: 'kubernetes', ...services };
    expect(await verdict(['shop/web', '172.20.0.1', 'TCP/443'], facts)).toEqual(PERHAPS);
    expect(await verdict(['shop/web', '172.20.4.0/24', 'TCP/443'], facts)).toEqual(PERHAPS);
    expect(await verdict(['shop/web', '172.20.0.1'], facts)).toEqual(PERHAPS);
    // What is outside surely passes, and Services perhaps.
    networkPolicy('172.16.0.0/12');
    expect(await verdict(['shop/web', '172.16.0.0/12', 'TCP/443'], facts)).toEqual(PERHAPS);
    expect(await verdict(['shop/web', '172.21.0.1', 'TCP/443'], facts)).toEqual(YES);
  });

  it('is said to be one, beside what the rest of a block is taken for', async () => {
    networkPolicy('172.16.0.0/12');
    const { out } = await asked(['shop/web', '172.16.0.0/12', '443'], { engine: 'kubernetes', ...services });
    expect(out).toContain('172.16.0.0/12 has addresses of Services of this cluster');
    expect(out).toContain('of a pod that no manifest shows, policies may decide otherwise');
  });

  it('is not reached where nothing behind it could be', async () => {
    networkPolicy('172.20.0.0/16');
    const facts = { engine: 'kubernetes', ...services };
    expect(await verdict(['shop/job', '172.20.0.1', '443'], facts)).toEqual(NO);
    // A Service changes the port, and never the protocol.
    expect(await verdict(['shop/web', '172.20.0.1', 'UDP/443'], facts)).toEqual(NO);
    for (const engine of ['kubernetes', 'cilium']) {
      const { out } = await asked(['shop/job', '172.20.0.1', '443'], { ...facts, engine }, 'explain');
      expect(out).toContain('Allow the pods behind it');
      expect(out).not.toContain('To allow it, add');
    }
  });

  it('is reached where no policy denies anything', async () => {
    here.write('shop.yaml', workload('shop/web'));
    here.write('policy.yaml', workload('shop/job'));
    expect(await verdict(['shop/web', '172.20.0.1', '443'], { engine: 'kubernetes', ...services })).toEqual(YES);
  });

  it('is what facts say where it is a name server', async () => {
    networkPolicy('172.20.0.0/16');
    const dns = { addresses: ['172.20.0.10/32'] };
    const facts = { engine: 'kubernetes', ...services, dns };
    expect(await verdict(['shop/web', '172.20.0.10', 'TCP/443'], facts)).toEqual(YES);
  });
});
