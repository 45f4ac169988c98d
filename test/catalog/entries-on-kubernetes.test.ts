import { describeEveryEntry } from './every-entry';

describeEveryEntry('kubernetes');
