import { apis } from './apis';
import { catalog } from './catalog';
import { deployments } from './deployments';
import { flows } from './flows';
import { guardrails } from './guardrails';
import { kinds } from './kinds';
import { namespaces } from './namespaces';
import { peers } from './peers';
import type { BadInputs } from './refusal';
import { requests } from './requests';
import { roles } from './roles';
import { tiers } from './tiers';
import { values } from './values';
import { waysIn } from './ways-in';
import { workloads } from './workloads';

/** Every wrong value that is tried, by what it is. */
export const TABLES: readonly (readonly [string, BadInputs])[] = [
  ['a value', values],
  ['a value of another kind', kinds],
  ['a namespace', namespaces],
  ['a tier', tiers],
  ['a workload', workloads],
  ['a flow', flows],
  ['a peer', peers],
  ['an API', apis],
  ['a request or a host', requests],
  ['a guardrail', guardrails],
  ['a role', roles],
  ['a way in', waysIn],
  ['a deployment', deployments],
  ['a known system', catalog],
];
