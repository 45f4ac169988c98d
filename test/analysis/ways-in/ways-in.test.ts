import { planeOf, readText, type WaysIn, waysIn } from '../../../lib/analysis';
import * as ports from '../../../lib/model/port-set';

const web = `
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: web, namespace: shop }
spec:
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web } }
    spec: { containers: [{ name: c, image: i, ports: [{ name: http, containerPort: 8080 }] }] }
`;

const service = (spec = '') => `
---
apiVersion: v1
kind: Service
metadata: { name: web, namespace: shop }
spec: { selector: { app: web }, ports: [{ name: web, port: 80, targetPort: http }]${spec} }
`;

const ingress = (port = 'number: 80', name = 'web') => `
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: { name: shop, namespace: shop }
spec:
  rules:
    - host: shop.example.com
      http: { paths: [{ path: /, pathType: Prefix, backend: { service: { name: ${name}, port: { ${port} } } } }] }
`;

const route = (namespace: string, kind = 'HTTPRoute') => `
---
apiVersion: gateway.networking.k8s.io/v1
kind: ${kind}
metadata: { name: shop, namespace: ${namespace} }
spec: { hostnames: [shop.example.com], rules: [{ backendRefs: [{ name: web, namespace: shop, port: 80 }] }] }
`;

const policy = (ingressRules: string) => `
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: web, namespace: shop }
spec: { podSelector: { matchLabels: { app: web } }, policyTypes: [Ingress]${ingressRules} }
`;

const cilium = (ingressRule: string) => `
---
apiVersion: cilium.io/v2
kind: CiliumNetworkPolicy
metadata: { name: web, namespace: shop }
spec: { endpointSelector: { matchLabels: { app: web } }, ingress: [{ ${ingressRule} }] }
`;

function found(yaml: string): WaysIn {
  const reading = readText(yaml, 'in.yaml');
  expect(reading.problems).toEqual([]);
  return waysIn(reading, planeOf(reading).plane);
}

/** `Ingress shop/shop -> shop/Deployment/web TCP/8080 must TCP/8080` */
function told(yaml: string): string[] {
  return found(yaml).ways.flatMap(({ object, to }) =>
    to.map(({ workload, ports: own, verdict: { must, may } }) => {
      const texts = [own, must, may].map(ports.portsText);
      return `${object} -> ${workload} ${texts[0]} must ${texts[1]} may ${texts[2]}`;
    }),
  );
}

const problems = (yaml: string) => found(yaml).problems.map(({ rule, what }) => `${rule}: ${what}`);

describe('ways in', () => {
  it('lead by an Ingress and its Service to the port of the pods', () => {
    expect(told(web + service() + ingress())).toEqual([
      'Ingress shop/shop -> shop/Deployment/web TCP/8080 must TCP/8080 may TCP/8080',
    ]);
    expect(told(web + service() + ingress('name: web'))).toHaveLength(1);
    expect(found(web + service() + ingress()).ways[0].hosts).toEqual(['shop.example.com']);
  });

  it('are perhaps open where policies let in some pods, and closed where they let in none', () => {
    const all = web + service() + ingress();
    const some =
      ', ingress: [{ from: [{ namespaceSelector: { matchLabels: { role: edge } } }], ports: [{ port: 8080 }] }]';
    expect(told(all + policy(some))).toEqual(['Ingress shop/shop -> shop/Deployment/web TCP/8080 must - may TCP/8080']);
    expect(told(all + policy(''))).toEqual(['Ingress shop/shop -> shop/Deployment/web TCP/8080 must - may -']);
    // On the port of the Service, which policies do not see.
    expect(told(all + policy(some.replace('8080', '80')))).toEqual([
      'Ingress shop/shop -> shop/Deployment/web TCP/8080 must - may -',
    ]);
  });

  it('are open through a load balancer to clients of the ranges that it takes', () => {
    const open = service(', type: LoadBalancer, loadBalancerSourceRanges: [203.0.113.0/24]');
    const block = (cidr: string) => policy(`, ingress: [{ from: [{ ipBlock: { cidr: ${cidr} } }] }]`);
    // Nodes may stand in for clients, and whether the block has them is not known.
    expect(told(web + open + block('203.0.113.0/24'))).toEqual([
      'Service shop/web -> shop/Deployment/web TCP/8080 must - may TCP/8080',
    ]);
    expect(told(web + open)).toEqual(['Service shop/web -> shop/Deployment/web TCP/8080 must TCP/8080 may TCP/8080']);
  });

  it('are open to the internet where a load balancer is told no block, and take a block with spaces around it', () => {
    const open = (ranges: string) => service(`, type: LoadBalancer, loadBalancerSourceRanges: ${ranges}`);
    const taken = (cidr: string) => cilium(`fromCIDR: [${cidr}]`);
    const perhaps = ['Service shop/web -> shop/Deployment/web TCP/8080 must - may TCP/8080'];
    const never = ['Service shop/web -> shop/Deployment/web TCP/8080 must - may -'];
    expect(told(web + open('[" 203.0.113.0/24 "]') + taken('203.0.113.0/24'))).toEqual(perhaps);
    expect(told(web + open('[203.0.113.0/24]') + taken('198.51.100.0/24'))).toEqual(never);
    for (const ranges of ['[]', '[nonsense]']) {
      expect(told(web + open(ranges) + taken('198.51.100.0/24'))).toEqual(perhaps);
      expect(told(web + open(ranges) + taken('10.1.0.0/16'))).toEqual(never);
    }
  });

  it('are never surely open for a controller of which nothing is known but what everybody may', () => {
    const all = web + service() + ingress();
    const line = (must: string, may: string) => [
      `Ingress shop/shop -> shop/Deployment/web TCP/8080 must ${must} may ${may}`,
    ];
    const edge = 'fromEndpoints: [{ matchLabels: { role: edge, "k8s:io.kubernetes.pod.namespace": edge } }]';
    const rest = 'fromEntities: [world, host, remote-node]';
    expect(
      told(
        all +
          cilium(
            `${rest} }, { fromEndpoints: [{}, { matchExpressions: [{ key: io.kubernetes.pod.namespace, operator: Exists }] }]`,
          ),
      ),
    ).toEqual(line('TCP/8080', 'TCP/8080'));
    expect(told(all + cilium(`${rest} }, { ${edge}`))).toEqual(line('-', 'TCP/8080'));
    // What is denied to some may be denied to the controller.
    const denied = `
---
apiVersion: policy.networking.k8s.io/v1alpha1
kind: AdminNetworkPolicy
metadata: { name: deny }
spec:
  priority: 1
  subject: { namespaces: {} }
  ingress: [{ action: Deny, from: [{ namespaces: { matchLabels: { team: ml } } }] }]
`;
    expect(told(all)).toEqual(line('TCP/8080', 'TCP/8080'));
    expect(told(all + denied)).toEqual(line('-', 'TCP/8080'));
  });

  it('are perhaps open for pods of the manifests, any of which may be the controller, but not the workload itself', () => {
    const proxy = `
---
apiVersion: v1
kind: Pod
metadata: { name: proxy, namespace: shop, labels: { app: proxy } }
spec: { containers: [{ name: c }] }
`;
    const letIn = (app: string) => policy(`, ingress: [{ from: [{ podSelector: { matchLabels: { app: ${app} } } }] }]`);
    const all = web + proxy + service() + ingress();
    expect(told(all + letIn('proxy'))).toEqual([
      'Ingress shop/shop -> shop/Deployment/web TCP/8080 must - may TCP/8080',
    ]);
    expect(told(all + letIn('web'))).toEqual(['Ingress shop/shop -> shop/Deployment/web TCP/8080 must - may -']);
  });

  it('are no Services of another group', () => {
    const other = service(', type: NodePort').replace('apiVersion: v1', 'apiVersion: serving.knative.dev/v1');
    expect(found(web + other).ways).toEqual([]);
    expect(problems(web + other + ingress())).toEqual([
      'backend-missing: There is no Service shop/web in these manifests',
    ]);
  });

  it('are those of NodePort Services and external addresses, and no others', () => {
    expect(told(web + service())).toEqual([]);
    expect(told(web + service(', type: NodePort'))).toHaveLength(1);
    expect(told(web + service(', externalIPs: [198.51.100.7]'))).toHaveLength(1);
  });

  it('lead by routes of the Gateway API, into other namespaces where these grant it', () => {
    expect(told(web + service() + route('shop'))).toHaveLength(1);
    expect(told(web + service() + route('shop', 'GRPCRoute'))).toHaveLength(1);
    expect(told(web + service() + route('edge'))).toEqual([]);
    expect(problems(web + service() + route('edge'))).toEqual([
      'backend-not-granted: No ReferenceGrant of shop lets it refer to Service shop/web',
    ]);
    const grant = `
---
apiVersion: gateway.networking.k8s.io/v1beta1
kind: ReferenceGrant
metadata: { name: edge, namespace: shop }
spec: { from: [{ group: gateway.networking.k8s.io, kind: HTTPRoute, namespace: edge }], to: [{ group: "", kind: Service }] }
`;
    expect(told(web + service() + route('edge') + grant)).toHaveLength(1);
  });

  it('lead by a Route of OpenShift to a port of the Service or of the pods', () => {
    const openShift = (port: string) => `
---
apiVersion: route.openshift.io/v1
kind: Route
metadata: { name: shop, namespace: shop }
spec: { host: shop.example.com, to: { kind: Service, name: web }, port: { targetPort: ${port} } }
`;
    expect(told(web + service() + openShift('web'))).toHaveLength(1);
    expect(told(web + service() + openShift('http'))).toHaveLength(1);
    expect(problems(web + service() + openShift('other'))).toEqual([
      'backend-without-pods: Service shop/web has no port other',
    ]);
  });

  it('say what leads nowhere', () => {
    expect(problems(web + ingress())).toEqual(['backend-missing: There is no Service shop/web in these manifests']);
    expect(problems(web + service() + ingress('number: 81'))).toEqual([
      'backend-without-pods: Service shop/web has no port 81',
    ]);
    expect(problems(service() + ingress())).toEqual([
      'backend-without-pods: Service shop/web selects no workload of these manifests',
    ]);
    expect(found(web + ingress()).problems[0].where).toBe('in.yaml, document 2, line 13: Ingress shop/shop');
  });

  it('take fields of the wrong type for absent ones', () => {
    const odd = `
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: { name: odd, namespace: shop }
spec: { rules: { http: 3 }, defaultBackend: [] }
`;
    expect(problems(odd)).toEqual(['backend-unknown: something is no Service, and is not followed']);
  });
});
