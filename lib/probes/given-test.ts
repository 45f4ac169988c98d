import type { Construct } from 'constructs';
import { reason } from '../findings/reason';
import { tierKey } from '../graph/graph-data';
import { anything, listOf, oneOf, optional, properties, type Shape, text, texts } from '../model/checked';
import { NAMESPACE_NAME_ALLOWED, namespaceNameProblem } from '../model/labels';
import { type Problem, ZeroTrustError } from '../model/problem';
import { shown } from '../model/shown';
import { Tier } from '../tiers/tier';
import type { HookRunner } from './hooks';
import { type IsolationTestProps, IsolationTestRunner, OutsideDestination } from './isolation-test-props';
import { IMAGE, type RunOptions, SETTLING } from './job';
import { dialled, INTERNET, METADATA, type Places } from './places';
import { API_SERVER } from './plan';

/** A test as it was asked for, looked at. */
export interface GivenTest {
  readonly name: string;
  readonly elsewhere: string;
  readonly runner: HookRunner;
  /** By `namespace/name`; undefined for all. */
  readonly tiers?: ReadonlySet<string>;
  readonly addresses: Readonly<Record<string, string>>;
  readonly outside: Pick<Places, 'internet' | 'metadata' | 'apiServer'>;
  readonly run: RunOptions;
  /** Why what is not tested may stay so. */
  readonly untested?: string;
}

/** @throws ZeroTrustError for whatever of it would not work, all at once. */
export function givenTest(construct: Construct, id: string, props: unknown): GivenTest {
  const given = properties(props, TEST, 'the props of the isolation test') as IsolationTestProps;
  const { name = id, elsewhere = `${name}-elsewhere`, addresses = {}, internetAddress = INTERNET } = given;
  const outside = given.outside ?? Object.values(OutsideDestination);
  const problems = [
    ...wrongName(name),
    ...wrongNamespace(elsewhere),
    ...wrongTiers(construct, given.tiers),
    ...Object.entries(addresses).flatMap(([tier, address]) => wrongAddress(`addresses['${tier}']`, address)),
    ...wrongAddress('internetAddress', internetAddress),
    ...wrongImage(given),
    ...(['settleSeconds', 'keepSeconds'] as const).flatMap((field) => wrongSeconds(field, given[field])),
  ];
  if (problems.length > 0) throw new ZeroTrustError(problems);
  return {
    name,
    elsewhere,
    runner: given.runner ?? IsolationTestRunner.ARGO_CD,
    ...(given.tiers && { tiers: new Set(given.tiers.map(keyOf)) }),
    addresses,
    outside: {
      ...(outside.includes(OutsideDestination.INTERNET) && { internet: internetAddress }),
      ...(outside.includes(OutsideDestination.METADATA_SERVICE) && { metadata: METADATA }),
      ...(outside.includes(OutsideDestination.API_SERVER) && { apiServer: API_SERVER }),
    },
    run: {
      image: given.image ?? `${given.registry ?? IMAGE.registry}/${IMAGE.name}`,
      ...(given.imagePullSecrets && { pullSecrets: given.imagePullSecrets }),
      settle: given.settleSeconds ?? SETTLING.settle,
      patience: SETTLING.patience,
      keep: given.keepSeconds ?? SETTLING.keep,
    },
    ...(given.untested !== undefined && { untested: reason(given.untested, 'leaving something untested') }),
  };
}

const TEST: Shape<Record<keyof IsolationTestProps, unknown>> = {
  tiers: optional(listOf(anything)),
  name: optional(text),
  runner: optional(oneOf(IsolationTestRunner, 'a runner')),
  elsewhere: optional(text),
  addresses: optional(texts),
  outside: optional(listOf(oneOf(OutsideDestination, 'a destination'))),
  internetAddress: optional(text),
  image: optional(text),
  registry: optional(text),
  imagePullSecrets: optional(listOf(text)),
  settleSeconds: anything,
  keepSeconds: anything,
  untested: optional(text),
};

type Unplaced = Omit<Problem, 'where'>;

function keyOf({ namespaceName, tierName }: Tier): string {
  return tierKey({ namespace: namespaceName, name: tierName });
}

const LONGEST_NAME = 20;

function wrongName(name: string): Unplaced[] {
  const isTooLong = name.length > LONGEST_NAME;
  if (!isTooLong && namespaceNameProblem(name) === undefined) return [];
  return [
    {
      rule: 'probe-name',
      what: `"${name}" is not a name for a test: names of its Jobs begin with it${isTooLong ? ', and would be longer than Kubernetes takes' : ''}`,
      value: name,
      allowed: `${NAMESPACE_NAME_ALLOWED}, and at most ${LONGEST_NAME} of them`,
      fix: "Give it one beside the id: { name: 'isolation' }",
    },
  ];
}

function wrongNamespace(name: string): Unplaced[] {
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

function wrongTiers(construct: Construct, tiers: readonly unknown[] | undefined): Unplaced[] {
  if (tiers === undefined) return [];
  if (tiers.length === 0) {
    return [
      {
        rule: 'probe-tiers',
        what: 'the test is of no tier, so that it would show nothing and succeed',
        value: '[]',
        allowed: 'one tier or more, or no list for all of the app',
        fix: 'Leave `tiers` out, or name some: { tiers: [vllm] }',
      },
    ];
  }
  return tiers.flatMap((tier, index) => {
    if (tier instanceof Tier && tier.node.root === construct.node.root) return [];
    return [
      {
        rule: 'probe-tiers',
        what: `tiers[${index}] is ${tier instanceof Tier ? 'a tier of another app, whose pods this one does not know' : 'no tier'}`,
        value: tier instanceof Tier ? tier.node.path : shown(tier),
        allowed: 'tiers of the same App',
        fix: 'Give the construct that declares the tier.',
      },
    ];
  });
}

function wrongAddress(name: string, address: string): Unplaced[] {
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

/** As container runtimes read a reference (distribution `reference`), as far as what would surely be refused. */
const REFERENCE = /^[a-z0-9][a-z0-9._:/-]*(?::[A-Za-z0-9_][A-Za-z0-9_.-]{0,127})?(?:@sha256:[0-9a-f]{64})?$/;
const REGISTRY = /^[A-Za-z0-9][A-Za-z0-9.-]*(?::\d+)?(?:\/[a-z0-9._/-]+)?$/;

function wrongImage({ image, registry }: IsolationTestProps): Unplaced[] {
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
      `${shown(image)} is no image`,
      image,
      'a reference such as registry.example/agnhost:2.66.1',
      `{ image: '${IMAGE.registry}/${IMAGE.name}' }`,
    );
  }
  if (registry !== undefined && !REGISTRY.test(registry)) {
    return wrong(
      `${shown(registry)} is no registry`,
      registry,
      'a host, with a port or a path where it has one',
      "{ registry: 'registry.example/mirror' }",
    );
  }
  return [];
}

function wrongSeconds(name: string, value: unknown): Unplaced[] {
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
