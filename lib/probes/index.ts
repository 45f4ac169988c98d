// Trying in the cluster what the graph says: a plan of legs, the Jobs that try them, and what their answers show.
export { IsolationTest } from './isolation-test';
export { type IsolationTestProps, IsolationTestRunner, OutsideDestination } from './isolation-test-props';
