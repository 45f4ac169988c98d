/** How a cluster encrypts traffic between its nodes. No policy can demand it: it is for the cluster's owner to see to. */
export enum Encryption {
  /** WireGuard of the engine (Cilium `encryption.type: wireguard`, Calico `wireguardEnabled`, Antrea `trafficEncryptionMode`). */
  WIREGUARD = 'WireGuard',
  /** IPsec of the engine. */
  IPSEC = 'IPsec',
  /** Mutual TLS of a service mesh, in strict mode. */
  MUTUAL_TLS = 'mutual TLS',
}
