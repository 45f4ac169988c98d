import { procMountViolations } from './pod-security-baseline';
import {
  containerContextsOf,
  contextsOf,
  hasOwnUsers,
  type PodSecurityViolation,
  type PodSpecJson,
  type SecurityContextJson,
  unless,
} from './pod-spec';

/** Kinds of volumes that the level allows (`check_restrictedVolumes.go`); `image` as of Kubernetes 1.33. */
const VOLUMES = [
  'configMap',
  'csi',
  'downwardAPI',
  'emptyDir',
  'ephemeral',
  'image',
  'persistentVolumeClaim',
  'projected',
  'secret',
];

/** What the level `restricted` forbids beside what the baseline does. Some of it does not apply to pods on Windows. */
export function restrictedViolations(pod: PodSpecJson): PodSecurityViolation[] {
  const isWindows = pod.os?.name === 'windows';
  return [
    ...volumeKinds(pod),
    ...(hasOwnUsers(pod) ? [] : rootUsers(pod)),
    ...containerContextsOf(pod).flatMap(({ path, value }) => procMountViolations(path, value.procMount)),
    ...(isWindows ? [] : linuxViolations(pod)),
  ];
}

function volumeKinds({ volumes = [] }: PodSpecJson): PodSecurityViolation[] {
  return volumes.flatMap((volume, index) =>
    Object.keys(volume)
      .filter((key) => key !== 'name')
      .flatMap((kind) =>
        unless(VOLUMES.includes(kind), `spec.volumes[${index}].${kind}`, volume[kind], VOLUMES.join(', ')),
      ),
  );
}

function rootUsers(pod: PodSpecJson): PodSecurityViolation[] {
  return [
    ...contextsOf(pod).flatMap(({ path, value: { runAsUser } }) =>
      unless(runAsUser !== 0, `${path}.runAsUser`, runAsUser, 'a user other than 0, or not set'),
    ),
    ...everyContainer(pod, {
      field: 'runAsNonRoot',
      read: ({ runAsNonRoot }) => runAsNonRoot,
      isRight: (value) => value,
      allowed: 'true',
    }),
  ];
}

function linuxViolations(pod: PodSpecJson): PodSecurityViolation[] {
  return [
    ...everyContainer(pod, {
      field: 'seccompProfile.type',
      read: ({ seccompProfile }) => seccompProfile && (seccompProfile.type ?? ''),
      isRight: (type) => type === 'RuntimeDefault' || type === 'Localhost',
      allowed: 'RuntimeDefault, Localhost',
    }),
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

/** What each container must say, unless the pod says it and the container nothing; and what neither may say wrong. */
interface Demand<T> {
  readonly field: string;
  readonly read: (context: SecurityContextJson) => T | undefined;
  readonly isRight: (value: T) => boolean;
  readonly allowed: string;
}

function everyContainer<T>(pod: PodSpecJson, { field, read, isRight, allowed }: Demand<T>): PodSecurityViolation[] {
  const ofPod = read(pod.securityContext ?? {});
  const podIsRight = ofPod !== undefined && isRight(ofPod);
  return [
    ...unless(ofPod === undefined || podIsRight, `spec.securityContext.${field}`, ofPod, allowed),
    ...containerContextsOf(pod).flatMap(({ path, value }) => {
      const own = read(value);
      return unless(own === undefined ? podIsRight : isRight(own), `${path}.${field}`, own, allowed);
    }),
  ];
}
