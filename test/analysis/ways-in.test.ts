import { planeOf, readText, type WaysIn, waysIn } from '../../lib/analysis';
import * as ports from '../../lib/model/port-set';

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
