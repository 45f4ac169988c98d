import { engineNamed } from '../../engines/engines';
import { Cluster } from '../../values/cluster';
import { problemAt, type RuleContext } from './rule';

/** The kind of the policies of a namespace is settled when it is made, so the engine must be known by then. */
export function clusterFirst({ declarations }: RuleContext) {
  return declarations.namespaces
    .filter(({ construct, engine }) => Cluster.of(construct)._facts.engine !== engine)
    .map(({ construct, name, engine }) =>
      problemAt(construct, {
        rule: 'cluster-first',
        what: `the namespace ${name} was made for ${engineNamed(engine).title}, and the cluster was set to one with ${engineNamed(Cluster.of(construct)._facts.engine).title} afterwards`,
        value: engine,
        allowed: 'the cluster first, and then what is rendered for it',
        fix: 'Call Cluster.use(app, cluster) before the first ZeroTrustNamespace is made.',
      }),
    );
}
