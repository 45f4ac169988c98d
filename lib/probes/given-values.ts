import { NAMESPACE_NAME_ALLOWED, namespaceNameProblem } from '../model/labels';
import type { Problem } from '../model/problem';
import { shown } from '../model/shown';
import { IMAGE } from './job';
import { dialled } from './places';

// What is wrong with the values of a test, whether a construct or a command line has them.

export type Unplaced = Omit<Problem, 'where'>;

const LONGEST_NAME = 20;

export function wrongName(name: string): Unplaced[] {
  const isTooLong = name.length > LONGEST_NAME;
  if (!isTooLong && namespaceNameProblem(name) === undefined) return [];
  return [
    {
      rule: 'probe-name',
      what: `"${name}" cannot be the name of a test: names of its Jobs begin with it${isTooLong ? ', and would be longer than Kubernetes takes' : ''}`,
      value: name,
      allowed: `${NAMESPACE_NAME_ALLOWED}, and at most ${LONGEST_NAME} of them`,
      fix: "Give it one beside the id: { name: 'isolation' }",
    },
  ];
}

export function wrongNamespace(name: string): Unplaced[] {
  if (namespaceNameProblem(name) === undefined) return [];
  return [
    {
      rule: 'probe-namespace',
      what: `"${name}" cannot be the name of a namespace`,
      value: name,
      allowed: NAMESPACE_NAME_ALLOWED,
      fix: "Write the name of one: { elsewhere: 'isolation-elsewhere' }",
    },
  ];
}

export function wrongAddress(name: string, address: string): Unplaced[] {
  if (dialled(address) !== undefined) return [];
  return [
    {
      rule: 'probe-address',
      what: `${name} is ${shown(address)}, which cannot be dialled`,
      value: address,
      allowed: 'a name or an address, a colon and a port; IPv6 in brackets',
      fix: "Write it as the Service is reached: 'vllm.ai-inference.svc:8000'",
    },
  ];
}

/** The image of a test; one of the two, or neither. */
export interface ImageGiven {
  readonly image?: string;
  /** What has the usual image. */
  readonly registry?: string;
}

export function imageOf({ image, registry }: ImageGiven): string {
  return image ?? `${registry ?? IMAGE.registry}/${IMAGE.name}`;
}

/** As container runtimes read a reference (distribution `reference`), as far as what would surely be refused. */
const REFERENCE = /^[a-z0-9][a-z0-9._:/-]*(?::[A-Za-z0-9_][A-Za-z0-9_.-]{0,127})?(?:@sha256:[0-9a-f]{64})?$/;
const REGISTRY = /^[A-Za-z0-9][A-Za-z0-9.-]*(?::\d+)?(?:\/[a-z0-9._/-]+)?$/;

export function wrongImage({ image, registry }: ImageGiven): Unplaced[] {
  const wrong = (what: string, value: string, allowed: string, fix: string) => [
    { rule: 'probe-image', what, value, allowed, fix },
  ];
  if (image !== undefined && registry !== undefined) {
    return wrong(
      'both an image and a registry are given, and the image has its own',
      `${image}, ${registry}`,
      'one of the two',
      'Leave `registry` out, or `image` to have the usual one from there.',
    );
  }
  if (image !== undefined && !REFERENCE.test(image)) {
    return wrong(
      `${shown(image)} is not the reference of an image`,
      image,
      'a reference such as registry.example/agnhost:2.66.1',
      `Write { image: '${IMAGE.registry}/${IMAGE.name}' }`,
    );
  }
  if (registry !== undefined && !REGISTRY.test(registry)) {
    return wrong(
      `${shown(registry)} is not a registry`,
      registry,
      'a host, with a port or a path where it has one',
      "Write { registry: 'registry.example/mirror' }",
    );
  }
  return [];
}

export function wrongSeconds(name: string, value: unknown): Unplaced[] {
  if (value === undefined || (Number.isSafeInteger(value) && (value as number) >= 0 && (value as number) <= DAY))
    return [];
  return [
    {
      rule: 'probe-seconds',
      what: `${name} is ${shown(value)}, which is not a number of seconds that a test can take`,
      value: shown(value),
      allowed: `a whole number of seconds, 0 to ${DAY}`,
      fix: `Write { ${name}: 10 }`,
    },
  ];
}

const DAY = 86_400;
