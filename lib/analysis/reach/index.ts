// How far somebody gets who takes over a workload, and everything that it reaches.

export {
  type Exit,
  leadsTo,
  type Reach,
  type ReachEnd,
  type Reached,
  type ReachOptions,
  reach,
  type Step,
} from './reach';
