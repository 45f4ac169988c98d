/**
 * Where a cluster runs, for what that settles unless its owner chose otherwise: how names are resolved, the ranges of pods
 * and Services, the port of the API server. What is given beside it comes first. Each fact and its source is in
 * `lib/cluster/platforms.ts`.
 */
export enum Platform {
  /** Amazon EKS with CoreDNS. */
  EKS = 'eks',
  /** Amazon EKS Auto Mode, where name servers run on the nodes. */
  EKS_AUTO_MODE = 'eks-auto-mode',
  /** Google GKE Standard with kube-dns, and NodeLocal DNSCache, which is on by default from 1.34.1-gke.3720000. */
  GKE_STANDARD = 'gke-standard',
  /** Google GKE Autopilot, with Dataplane V2 and NodeLocal DNSCache. */
  GKE_AUTOPILOT = 'gke-autopilot',
  /** Azure AKS. */
  AKS = 'aks',
  /** Red Hat OpenShift, with its own DNS operator and ranges. */
  OPENSHIFT = 'openshift',
  /** kind: Kubernetes in Docker. */
  KIND = 'kind',
  /** k3s. */
  K3S = 'k3s',
}
