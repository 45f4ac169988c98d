import { type Field, isObject } from '../field';
import type { Memory } from '../memory';
import { withLabelsOfController } from './labels-of-controllers';
import type { PodFacts } from './pod-facts';
import { readPodTemplate } from './pod-template';

/** Where the kinds of Kubernetes keep their template: core/v1, apps/v1 and batch/v1. */
const TEMPLATES: Readonly<Record<string, readonly string[]>> = {
  Pod: [],
  ReplicationController: ['spec', 'template'],
  Deployment: ['spec', 'template'],
  StatefulSet: ['spec', 'template'],
  DaemonSet: ['spec', 'template'],
  ReplicaSet: ['spec', 'template'],
  Job: ['spec', 'template'],
  CronJob: ['spec', 'jobTemplate', 'spec', 'template'],
};

const GROUPS_OF_TEMPLATES = ['', 'apps', 'batch'];

/** Whether it is one of the kinds whose templates Kubernetes itself runs. */
export function isKnownWorkload(group: string, kind: string): boolean {
  return GROUPS_OF_TEMPLATES.includes(group) && Object.hasOwn(TEMPLATES, kind);
}

/** The pods that an object of a known kind runs, with the labels that its controller adds; `isScaled` by an autoscaler. */
export function readKnownWorkload(kind: string, top: Field, isScaled = false, memory?: Memory): PodFacts[] {
  const template = TEMPLATES[kind].reduce((field, name) => field.child(name), top);
  if (isObject(template.value))
    return withLabelsOfController(kind, top, readPodTemplate(template, { memory }), isScaled);
  template.refuse({
    rule: 'pod-template',
    what: `The ${kind} has no template of its pods, so nobody can say which policies bind them`,
    allowed: 'an object with metadata and spec',
    fix: `Write ${TEMPLATES[kind].join('.')}, with the labels and containers of the pods.`,
  });
  return [];
}
