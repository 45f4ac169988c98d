import { describeEveryEntry } from './every-entry';

describeEveryEntry('cluster-network-policy');
