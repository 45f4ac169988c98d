import { containerContextsOf, contextsOf, type PodSecurityViolation, type PodSpecJson, unless } from './pod-spec';

/** Kinds of volumes that the level allows (`check_restrictedVolumes.go`). */
const VOLUMES = [
  'configMap',
  'csi',
  'downwardAPI',
  'emptyDir',
  'ephemeral',
  'persistentVolumeClaim',
  'projected',
  'secret',
];

/** What the level `restricted` forbids beside what the baseline does. Some of it does not apply to pods on Windows. */
export function restrictedViolations(pod: PodSpecJson): PodSecurityViolation[] {
  const isWindows = pod.os?.name === 'windows';
  return [
    ...volumeKinds(pod),
    ...rootUsers(pod),
    ...everyContainer(
      pod,
      'runAsNonRoot',
      ({ runAsNonRoot }) => runAsNonRoot,
      (value) => value === true,
      'true',
    ),
    ...(isWindows ? [] : linuxViolations(pod)),
  ];
}

function volumeKinds({ volumes = [] }: PodSpecJson): PodSecurityViolation[] {
  return volumes.flatMap((volume, index) =>
    Object.keys(volume)
      .filter((key) => key !== 'name' && key !== 'hostPath')
      .flatMap((kind) =>
        unless(VOLUMES.includes(kind), `spec.volumes[${index}].${kind}`, volume[kind], VOLUMES.join(', ')),
      ),
  );
}

function rootUsers(pod: PodSpecJson): PodSecurityViolation[] {
  return contextsOf(pod).flatMap(({ path, value: { runAsUser } }) =>
    unless(runAsUser !== 0, `${path}.runAsUser`, runAsUser, 'a user other than 0, or not set'),
  );
}

function linuxViolations(pod: PodSpecJson): PodSecurityViolation[] {
  return [
    ...everyContainer(
      pod,
      'seccompProfile.type',
      ({ seccompProfile }) => seccompProfile?.type,
      (type) => type === 'RuntimeDefault' || type === 'Localhost',
      'RuntimeDefault, Localhost',
    ),
    ...containerContextsOf(pod).flatMap(({ path, value: { allowPrivilegeEscalation, capabilities } }) => [
      ...unless(
        allowPrivilegeEscalation === false,
        `${path}.allowPrivilegeEscalation`,
        allowPrivilegeEscalation,
        'false',
      ),
      ...unless((capabilities?.drop ?? []).includes('ALL'), `${path}.capabilities.drop`, capabilities?.drop, '["ALL"]'),
      ...(capabilities?.add ?? []).flatMap((name, index) =>
        unless(name === 'NET_BIND_SERVICE', `${path}.capabilities.add[${index}]`, name, 'NET_BIND_SERVICE'),
      ),
    ]),
  ];
}

/** What must hold for every container: each says it, or the pod does and no container says otherwise. */
function everyContainer<T>(
  pod: PodSpecJson,
  field: string,
  read: (context: NonNullable<PodSpecJson['securityContext']>) => T | undefined,
  isRight: (value: T | undefined) => boolean,
  allowed: string,
): PodSecurityViolation[] {
  const ofPod = read(pod.securityContext ?? {});
  return containerContextsOf(pod).flatMap(({ path, value }) => {
    const own = read(value);
    return unless(isRight(own === undefined ? ofPod : own), `${path}.${field}`, own ?? ofPod, allowed);
  });
}
