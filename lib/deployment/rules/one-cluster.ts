import { Cluster } from '../../values/cluster';
import { problemAt, type RuleContext } from './rule';

/** An app is rendered for one cluster: names are unique in it and its graph is one. */
export function oneCluster({ root, declarations }: RuleContext) {
  const [first, ...others] = declarations.namespaces;
  if (first === undefined) return [];
  const cluster = Cluster.of(first.construct);
  const stray = others.find(({ construct }) => Cluster.of(construct) !== cluster);
  if (stray === undefined) return [];
  return [
    problemAt(root, {
      rule: 'one-cluster',
      what: `${first.construct.node.path} and ${stray.construct.node.path} are for different clusters`,
      value: stray.construct.node.path,
      allowed: 'one cluster for all of an app',
      fix: 'Make an App for each cluster, and set the cluster on the app: Cluster.use(app, cluster)',
    }),
  ];
}
