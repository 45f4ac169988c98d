import type { Construct } from 'constructs';
import { reason } from '../findings/reason';
import { tierKey } from '../graph/graph-data';
import { anything, listOf, oneOf, optional, properties, type Shape, text, texts } from '../model/checked';
import { ZeroTrustError } from '../model/problem';
import { shown } from '../model/shown';
import { Tier } from '../tiers/tier';
import {
  imageOf,
  type Unplaced,
  wrongAddress,
  wrongImage,
  wrongName,
  wrongNamespace,
  wrongSeconds,
} from './given-values';
import type { HookRunner } from './hooks';
import { type IsolationTestProps, IsolationTestRunner, OutsideDestination } from './isolation-test-props';
import { type RunOptions, SETTLING } from './job';
import { INTERNET, METADATA, type Places } from './places';
import { API_SERVER } from './plan';

/** A test as it was asked for, looked at. */
export interface GivenTest {
  readonly name: string;
  readonly elsewhere: string;
  readonly runner: HookRunner;
  /** By `namespace/name`; undefined for all. */
  readonly tiers?: ReadonlySet<string>;
  readonly addresses: Readonly<Record<string, string>>;
  readonly outside: Pick<Places, 'internet' | 'metadata' | 'apiServer' | 'asksNameServers'>;
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
      asksNameServers: outside.includes(OutsideDestination.NAME_SERVERS),
    },
    run: {
      image: imageOf(given),
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

function keyOf({ namespaceName, tierName }: Tier): string {
  return tierKey({ namespace: namespaceName, name: tierName });
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
