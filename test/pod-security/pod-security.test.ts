import { podSecurityViolations } from '../../lib/pod-security/pod-security';

type Level = 'baseline' | 'restricted';

/** A pod that the level `restricted` admits, and so every other. */
function hardenedPod(change: { pod?: object; container?: object; context?: object; podContext?: object } = {}): object {
  const securityContext = {
    allowPrivilegeEscalation: false,
    capabilities: { drop: ['ALL'] },
    ...change.context,
  };
  return {
    securityContext: { runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' }, ...change.podContext },
    containers: [{ name: 'c', image: 'i', securityContext, ...change.container }],
    ...change.pod,
  };
}

function fields(pod: object, level: Level): string[] {
  return podSecurityViolations(pod, level).map(({ field }) => field);
}

const CONTEXT = 'spec.containers[0].securityContext';

/** Control: the level, a pod that breaks it, the field that is named, and a pod beside it that does not. */
const CONTROLS: Record<string, [Level, object, string, object]> = {
  'host network': ['baseline', { hostNetwork: true }, 'spec.hostNetwork', { hostNetwork: false }],
  'host PID': ['baseline', { hostPID: true }, 'spec.hostPID', { hostPID: false }],
  'host IPC': ['baseline', { hostIPC: true }, 'spec.hostIPC', { hostIPC: false }],
  'host path': [
    'baseline',
    {
      volumes: [
        { name: 'a', emptyDir: {} },
        { name: 'v', hostPath: { path: '/' } },
      ],
    },
    'spec.volumes[1].hostPath',
    { volumes: [{ name: 'v', emptyDir: {} }] },
  ],
  sysctls: [
    'baseline',
    { securityContext: { sysctls: [{ name: 'kernel.msgmax' }] } },
    'spec.securityContext.sysctls[0].name',
    { securityContext: { sysctls: [{ name: 'net.ipv4.tcp_syncookies' }] } },
  ],
  'a host process on Windows': [
    'baseline',
    { securityContext: { windowsOptions: { hostProcess: true } } },
    'spec.securityContext.windowsOptions.hostProcess',
    { securityContext: { windowsOptions: { hostProcess: false } } },
  ],
  'a host process of a container': [
    'baseline',
    hardenedPod({ context: { windowsOptions: { hostProcess: true } } }),
    `${CONTEXT}.windowsOptions.hostProcess`,
    hardenedPod(),
  ],
  privileged: ['baseline', hardenedPod({ context: { privileged: true } }), `${CONTEXT}.privileged`, hardenedPod()],
  'a capability': [
    'baseline',
    hardenedPod({ context: { capabilities: { add: ['CHOWN', 'NET_ADMIN'] } } }),
    `${CONTEXT}.capabilities.add[1]`,
    hardenedPod({ context: { capabilities: { add: ['CHOWN'] } } }),
  ],
  'an unmasked /proc': [
    'baseline',
    hardenedPod({ context: { procMount: 'Unmasked' } }),
    `${CONTEXT}.procMount`,
    hardenedPod({ context: { procMount: 'Default' } }),
  ],
  'an SELinux type': [
    'baseline',
    hardenedPod({ context: { seLinuxOptions: { type: 'spc_t' } } }),
    `${CONTEXT}.seLinuxOptions.type`,
    hardenedPod({ context: { seLinuxOptions: { type: 'container_t' } } }),
  ],
  'an SELinux user': [
    'baseline',
    hardenedPod({ context: { seLinuxOptions: { user: 'u' } } }),
    `${CONTEXT}.seLinuxOptions.user`,
    hardenedPod({ context: { seLinuxOptions: { user: '' } } }),
  ],
  'an SELinux role': [
    'baseline',
    hardenedPod({ context: { seLinuxOptions: { role: 'r' } } }),
    `${CONTEXT}.seLinuxOptions.role`,
    hardenedPod(),
  ],
  'no seccomp': [
    'baseline',
    hardenedPod({ context: { seccompProfile: { type: 'Unconfined' } } }),
    `${CONTEXT}.seccompProfile.type`,
    hardenedPod({ context: { seccompProfile: { type: 'Localhost' } } }),
  ],
  'no AppArmor': [
    'baseline',
    hardenedPod({ podContext: { appArmorProfile: { type: 'Unconfined' } } }),
    'spec.securityContext.appArmorProfile.type',
    hardenedPod({ podContext: { appArmorProfile: { type: 'RuntimeDefault' } } }),
  ],
  'a host port': [
    'baseline',
    hardenedPod({ container: { ports: [{ containerPort: 80, hostPort: 80 }] } }),
    'spec.containers[0].ports[0].hostPort',
    hardenedPod({ container: { ports: [{ containerPort: 80, hostPort: 0 }] } }),
  ],
  'a probe of another host': [
    'baseline',
    hardenedPod({ container: { livenessProbe: { httpGet: { host: '10.0.0.1', port: 80 } } } }),
    'spec.containers[0].livenessProbe.httpGet.host',
    hardenedPod({ container: { livenessProbe: { httpGet: { port: 80 } } } }),
  ],
  'a hook to another host': [
    'baseline',
    hardenedPod({ container: { lifecycle: { preStop: { tcpSocket: { host: 'x', port: 80 } } } } }),
    'spec.containers[0].lifecycle.preStop.tcpSocket.host',
    hardenedPod({ container: { lifecycle: { preStop: { exec: {} } } } }),
  ],
  'a kind of volume': [
    'restricted',
    hardenedPod({ pod: { volumes: [{ name: 'v', nfs: {} }] } }),
    'spec.volumes[0].nfs',
    hardenedPod({ pod: { volumes: [{ name: 'v', persistentVolumeClaim: {} }] } }),
  ],
  'escalation that is not ruled out': [
    'restricted',
    hardenedPod({ context: { allowPrivilegeEscalation: undefined } }),
    `${CONTEXT}.allowPrivilegeEscalation`,
    hardenedPod(),
  ],
  'root that is not ruled out': [
    'restricted',
    hardenedPod({ podContext: { runAsNonRoot: undefined } }),
    `${CONTEXT}.runAsNonRoot`,
    hardenedPod({ podContext: { runAsNonRoot: undefined }, context: { ...hardened(), runAsNonRoot: true } }),
  ],
  'root in a container of a pod without': [
    'restricted',
    hardenedPod({ context: { ...hardened(), runAsNonRoot: false } }),
    `${CONTEXT}.runAsNonRoot`,
    hardenedPod(),
  ],
  'root in a pod whose containers are without': [
    'restricted',
    hardenedPod({ podContext: { runAsNonRoot: false }, context: { ...hardened(), runAsNonRoot: true } }),
    'spec.securityContext.runAsNonRoot',
    hardenedPod(),
  ],
  'user 0': [
    'restricted',
    hardenedPod({ podContext: { runAsUser: 0 } }),
    'spec.securityContext.runAsUser',
    hardenedPod({ podContext: { runAsUser: 1000 } }),
  ],
  'seccomp that is not set': [
    'restricted',
    hardenedPod({ podContext: { seccompProfile: undefined } }),
    `${CONTEXT}.seccompProfile.type`,
    hardenedPod(),
  ],
  'capabilities that are kept': [
    'restricted',
    hardenedPod({ context: { capabilities: { drop: ['NET_RAW'] } } }),
    `${CONTEXT}.capabilities.drop`,
    hardenedPod(),
  ],
  'a capability beyond binding ports': [
    'restricted',
    hardenedPod({ context: { capabilities: { drop: ['ALL'], add: ['CHOWN'] } } }),
    `${CONTEXT}.capabilities.add[0]`,
    hardenedPod({ context: { capabilities: { drop: ['ALL'], add: ['NET_BIND_SERVICE'] } } }),
  ],
};

function hardened() {
  return { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } };
}

describe.each(Object.entries(CONTROLS))('%s', (_, [level, wrong, field, right]) => {
  it(`is named by ${field}`, () => {
    expect(fields(wrong, level)).toContain(field);
    expect(fields(right, level)).not.toContain(field);
    expect(podSecurityViolations(wrong, 'privileged')).toEqual([]);
  });
});

describe('the levels', () => {
  it('admit a hardened pod', () => {
    expect(podSecurityViolations(hardenedPod(), 'restricted')).toEqual([]);
  });

  it('look at init and ephemeral containers as well', () => {
    const privileged = [{ securityContext: { privileged: true } }];
    expect(fields({ initContainers: privileged, ephemeralContainers: privileged }, 'baseline')).toEqual([
      'spec.initContainers[0].securityContext.privileged',
      'spec.ephemeralContainers[0].securityContext.privileged',
    ]);
  });

  it('ask Windows pods for nothing that only Linux has', () => {
    const windows = { os: { name: 'windows' }, containers: [{ securityContext: { runAsNonRoot: true } }] };
    expect(fields(windows, 'restricted')).toEqual([]);
  });

  it.each([
    'configMap',
    'csi',
    'downwardAPI',
    'emptyDir',
    'ephemeral',
    'image',
    'persistentVolumeClaim',
    'projected',
    'secret',
  ])('admit volumes of the kind %s', (kind) => {
    expect(fields(hardenedPod({ pod: { volumes: [{ name: 'v', [kind]: {} }] } }), 'restricted')).toEqual([]);
  });

  it('let root be in pods with users of their own, but show them /proc under baseline only', () => {
    const pod = hardenedPod({
      pod: { hostUsers: false },
      podContext: { runAsNonRoot: false, runAsUser: 0 },
      context: { ...hardened(), procMount: 'Unmasked' },
    });
    expect(fields(pod, 'baseline')).toEqual([]);
    expect(fields(pod, 'restricted')).toEqual([`${CONTEXT}.procMount`]);
    expect(fields({ ...pod, hostUsers: true }, 'baseline')).toEqual([`${CONTEXT}.procMount`]);
  });

  it('name a field once, with what the stricter one allows', () => {
    const pod = hardenedPod({
      pod: { volumes: [{ name: 'v', hostPath: { path: '/' } }] },
      context: { ...hardened(), capabilities: { drop: ['ALL'], add: ['NET_ADMIN'] } },
    });
    expect(podSecurityViolations(pod, 'restricted')).toEqual([
      expect.objectContaining({ field: 'spec.volumes[0].hostPath', allowed: expect.stringContaining('emptyDir') }),
      expect.objectContaining({ field: `${CONTEXT}.capabilities.add[0]`, allowed: 'NET_BIND_SERVICE' }),
    ]);
  });

  it('take what is null for not set', () => {
    const nulls = { initContainers: null, volumes: [{ name: 'v', emptyDir: {}, hostPath: null }], hostNetwork: null };
    const container = { ports: null, livenessProbe: null, lifecycle: { postStart: null } };
    expect(fields(hardenedPod({ pod: nulls, container }), 'restricted')).toEqual([]);
    expect(fields({ containers: [{ securityContext: null }] }, 'baseline')).toEqual([]);
  });

  it('take a profile without a type for a wrong one', () => {
    expect(fields(hardenedPod({ podContext: { appArmorProfile: {} } }), 'baseline')).toEqual([
      'spec.securityContext.appArmorProfile.type',
    ]);
  });

  it('say what is there and what is allowed', () => {
    expect(podSecurityViolations({ hostNetwork: true }, 'baseline')).toEqual([
      { field: 'spec.hostNetwork', value: 'true', allowed: 'false, or not set' },
    ]);
    expect(podSecurityViolations({ containers: [{}] }, 'restricted')).toContainEqual({
      field: 'spec.containers[0].securityContext.allowPrivilegeEscalation',
      value: 'not set',
      allowed: 'false',
    });
  });
});
