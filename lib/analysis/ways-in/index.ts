// The ways from outside to workloads: Ingress, routes of the Gateway API and of OpenShift, Services that are open to outside.

export { type WayIn, type WaysIn, type WayTo, waysIn } from './ways-in';
