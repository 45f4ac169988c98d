import type { Random } from '../../judges/random';
import type { Edit } from '../edit';
import { type Files, type KubernetesObject, type Template, templateOf, type Workload, workloadsOf } from '../manifests';

/** Each has the pods that the other's policies are about. */
export function exchangeLabels(files: Files): Edit[] {
  const workloads = workloadsOf(files);
  const text = (each: Workload) => JSON.stringify(templateOf(each).metadata?.labels);
  return workloads.flatMap((a, i) =>
    workloads
      .slice(i + 1)
      .filter((b) => text(a) !== text(b))
      .map((b) => () => {
        const [first, second] = [templateOf(a), templateOf(b)];
        [first.metadata, second.metadata] = [second.metadata, first.metadata];
      }),
  );
}

/** Host network, ports and their names, and labels, by which pods are selected. */
export function changeTemplates(files: Files, random: Random): Edit[] {
  return workloadsOf(files)
    .map(templateOf)
    .flatMap((template) => [
      () => {
        template.spec.hostNetwork = true;
      },
      ...template.spec.containers.flatMap((container) => [
        () => {
          container.ports = [...(container.ports ?? []), { containerPort: random.between(1, 1023), hostPort: 80 }];
        },
        ...(container.ports ?? []).flatMap((port) => [
          () => {
            port.name = `${port.name ?? 'http'}-2`;
          },
          () => {
            port.containerPort += 1;
          },
        ]),
      ]),
      ...labelsOf(template),
    ]);
}

function labelsOf(template: Template): Edit[] {
  const labels = template.metadata?.labels ?? {};
  return [
    () => {
      template.metadata = { ...template.metadata, labels: { ...labels, 'app.kubernetes.io/instance': 'shop' } };
    },
    ...Object.keys(labels).flatMap((key) => [
      () => {
        labels[key] = `${labels[key]}-2`;
      },
      () => {
        delete labels[key];
      },
    ]),
  ];
}

/** To where no policy is about its pods, or another one. */
export function moveWorkloads(files: Files, random: Random): Edit[] {
  return workloadsOf(files).flatMap(({ metadata }) => [
    () => {
      metadata.namespace = random.oneOf(['default', 'elsewhere'].filter((name) => name !== metadata.namespace));
    },
    () => {
      delete metadata.namespace;
    },
  ]);
}

/** Another kind of the same pods, or one of them on the network of its node. */
export function replaceWorkloads(files: Files): Edit[] {
  return Object.values(files).flatMap((objects) =>
    workloadsOf({ objects }).flatMap((workload) => {
      const { metadata, spec } = templateOf(workload);
      const pod: KubernetesObject = {
        apiVersion: 'v1',
        kind: 'Pod',
        metadata: { ...workload.metadata, labels: metadata?.labels },
        spec: { ...spec, hostNetwork: true },
      };
      return [
        () => void objects.splice(objects.indexOf(workload), 1, pod),
        () => {
          workload.kind = 'DaemonSet';
        },
      ];
    }),
  );
}
