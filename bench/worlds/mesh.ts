import { inNamespace, type Manifest, matching, namespace, pod, policy, tcp, udp } from './objects';

const CALLERS = 3;
const PER_NAMESPACE = 10;

/** So many workloads in namespaces of ten, three callers each, with a default deny and DNS in every namespace. */
export function mesh(workloads: number): Manifest[] {
  const space = (i: number) => `team-${Math.floor(i / PER_NAMESPACE)}`;
  const pods = (i: number) => matching({ app: `app-${i}` });
  const peer = (i: number) => inNamespace(space(i), pods(i));
  const all = Array.from({ length: workloads }, (_, i) => i);
  const step = (n: number) => 1 + n * 37;
  const neighbours = (i: number, sign: 1 | -1) =>
    Array.from({ length: CALLERS }, (_, n) => (i + sign * step(n) + workloads * 37) % workloads);
  const dns = { to: [inNamespace('kube-system', matching({ 'k8s-app': 'kube-dns' }))], ports: [udp(53), tcp(53)] };
  const spaces = [...new Set(all.map(space))];
  return [
    namespace('kube-system'),
    pod('kube-system', 'dns', { 'k8s-app': 'kube-dns' }),
    ...spaces.map((name) => namespace(name)),
    ...spaces.map((name) => policy(name, 'default-deny', { podSelector: {}, policyTypes: ['Ingress', 'Egress'] })),
    ...all.map((i) => pod(space(i), `app-${i}`, { app: `app-${i}`, team: space(i) })),
    ...all.map((i) =>
      policy(space(i), `app-${i}`, {
        podSelector: pods(i),
        policyTypes: ['Ingress', 'Egress'],
        ingress: [{ from: neighbours(i, 1).map(peer), ports: [tcp(8080)] }],
        egress: [{ to: neighbours(i, -1).map(peer), ports: [tcp(8080)] }, dns],
      }),
    ),
  ];
}
