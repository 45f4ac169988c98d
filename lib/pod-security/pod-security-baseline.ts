import {
  type At,
  type ContainerJson,
  containerContextsOf,
  containersOf,
  contextsOf,
  type HandlerJson,
  hasOwnUsers,
  type PodSecurityViolation,
  type PodSpecJson,
  unless,
} from './pod-spec';

/** Capabilities that the baseline allows to add (`check_capabilities_baseline.go`). */
const CAPABILITIES = [
  'AUDIT_WRITE',
  'CHOWN',
  'DAC_OVERRIDE',
  'FOWNER',
  'FSETID',
  'KILL',
  'MKNOD',
  'NET_BIND_SERVICE',
  'SETFCAP',
  'SETGID',
  'SETPCAP',
  'SETUID',
  'SYS_CHROOT',
];

/** Sysctls that are namespaced and harmless (`check_sysctls.go`, as of version 1.32). */
const SYSCTLS = [
  'kernel.shm_rmid_forced',
  'net.ipv4.ip_local_port_range',
  'net.ipv4.ip_local_reserved_ports',
  'net.ipv4.ip_unprivileged_port_start',
  'net.ipv4.ping_group_range',
  'net.ipv4.tcp_fin_timeout',
  'net.ipv4.tcp_keepalive_intvl',
  'net.ipv4.tcp_keepalive_probes',
  'net.ipv4.tcp_keepalive_time',
  'net.ipv4.tcp_rmem',
  'net.ipv4.tcp_syncookies',
  'net.ipv4.tcp_wmem',
];

/** SELinux types of containers (`check_seLinuxOptions.go`, as of version 1.31). */
const SELINUX_TYPES = ['', 'container_t', 'container_init_t', 'container_kvm_t', 'container_engine_t'];

const PROFILES = ['RuntimeDefault', 'Localhost'];

/** What the level `baseline` forbids in a pod. */
export function baselineViolations(pod: PodSpecJson): PodSecurityViolation[] {
  return [
    ...hostNamespaces(pod),
    ...hostPathVolumes(pod),
    ...sysctls(pod),
    ...contextsOf(pod).flatMap(
      ({ path, value: { windowsOptions, seLinuxOptions, seccompProfile, appArmorProfile } }) => [
        ...unless(
          windowsOptions?.hostProcess !== true,
          `${path}.windowsOptions.hostProcess`,
          true,
          'false, or not set',
        ),
        ...seLinux(path, seLinuxOptions ?? {}),
        ...profile(`${path}.seccompProfile.type`, seccompProfile),
        ...profile(`${path}.appArmorProfile.type`, appArmorProfile),
      ],
    ),
    ...containerContextsOf(pod).flatMap(({ path, value: { privileged, capabilities, procMount } }) => [
      ...unless(privileged !== true, `${path}.privileged`, true, 'false, or not set'),
      ...(capabilities?.add ?? []).flatMap((name, index) =>
        unless(CAPABILITIES.includes(name), `${path}.capabilities.add[${index}]`, name, CAPABILITIES.join(', ')),
      ),
      ...(hasOwnUsers(pod) ? [] : procMountViolations(path, procMount)),
    ]),
    ...containersOf(pod).flatMap((container) => [...hostPorts(container), ...hostsOfHandlers(container)]),
  ];
}

export function procMountViolations(path: string, procMount: string | undefined): PodSecurityViolation[] {
  const isAllowed = procMount === undefined || procMount === 'Default';
  return unless(isAllowed, `${path}.procMount`, procMount, 'Default, or not set');
}

function hostNamespaces(pod: PodSpecJson): PodSecurityViolation[] {
  return (['hostNetwork', 'hostPID', 'hostIPC'] as const).flatMap((field) =>
    unless(pod[field] !== true, `spec.${field}`, true, 'false, or not set'),
  );
}

function hostPathVolumes({ volumes = [] }: PodSpecJson): PodSecurityViolation[] {
  return volumes.flatMap(({ hostPath }, index) =>
    unless(hostPath === undefined, `spec.volumes[${index}].hostPath`, hostPath, 'volumes of other kinds'),
  );
}

function sysctls({ securityContext }: PodSpecJson): PodSecurityViolation[] {
  return (securityContext?.sysctls ?? []).flatMap(({ name }, index) =>
    unless(SYSCTLS.includes(name), `spec.securityContext.sysctls[${index}].name`, name, SYSCTLS.join(', ')),
  );
}

function seLinux(path: string, { type, user, role }: { type?: string; user?: string; role?: string }) {
  const field = `${path}.seLinuxOptions`;
  return [
    ...unless(
      type === undefined || SELINUX_TYPES.includes(type),
      `${field}.type`,
      type,
      SELINUX_TYPES.slice(1).join(', '),
    ),
    ...unless(!user, `${field}.user`, user, 'not set'),
    ...unless(!role, `${field}.role`, role, 'not set'),
  ];
}

/** A profile that is there and has no type is none of those that are allowed. */
function profile(field: string, { type }: { type?: string } = { type: PROFILES[0] }): PodSecurityViolation[] {
  const isAllowed = type !== undefined && PROFILES.includes(type);
  return unless(isAllowed, field, type, `${PROFILES.join(', ')}, or no profile`);
}

function hostPorts({ path, value: { ports = [] } }: At<ContainerJson>): PodSecurityViolation[] {
  return ports.flatMap(({ hostPort }, index) =>
    unless(!hostPort, `${path}.ports[${index}].hostPort`, hostPort, '0, or not set'),
  );
}

/** Probes and hooks that name a host make the node ask others in the pod's stead (`check_hostProbesAndhostLifecycle.go`). */
function hostsOfHandlers({ path, value }: At<ContainerJson>): PodSecurityViolation[] {
  const handlers: readonly (readonly [string, HandlerJson | undefined])[] = [
    ['livenessProbe', value.livenessProbe],
    ['readinessProbe', value.readinessProbe],
    ['startupProbe', value.startupProbe],
    ['lifecycle.postStart', value.lifecycle?.postStart],
    ['lifecycle.preStop', value.lifecycle?.preStop],
  ];
  return handlers.flatMap(([name, handler]) =>
    (['httpGet', 'tcpSocket'] as const).flatMap((kind) => {
      const host = handler?.[kind]?.host;
      return unless(!host, `${path}.${name}.${kind}.host`, host, 'not set');
    }),
  );
}
