import type { KnownSystem } from './known-system';
import { BITNAMI_POLICY, flow, LOOKED_AT, labelled, part, pods, serving, system, telemetry } from './table';

export const mlflow: KnownSystem = {
  id: 'mlflow',
  title: 'MLflow',
  role: 'data',
  known: { images: ['burakince/mlflow', 'mlflow/mlflow', 'bitnami/mlflow', 'bitnamilegacy/mlflow'] },
  parts: [
    part(
      'mlflow',
      [labelled('chart of the community 1.11', { app: 'mlflow', 'app.kubernetes.io/name': 'mlflow' })],
      [serving(5000, 'the user interface and the API')],
    ),
  ],
  flows: [
    flow('mlflow', system('postgresql', 'PostgreSQL'), [5432], 'runs are kept there', 'the database is PostgreSQL'),
    flow(
      'mlflow',
      pods('the store of artifacts'),
      'every port',
      'artifacts are kept there',
      'artifacts are served by it',
    ),
  ],
  telemetry: [telemetry('config.mlflow-telemetry.io', 'MLFLOW_DISABLE_TELEMETRY=true')],
  policies: [BITNAMI_POLICY],
  traps: ['MLFLOW_SERVER_ALLOWED_HOSTS says by which names it may be called.'],
  source:
    'community-charts ae700ff, mlflow 1.11.5 rendered; bitnami/charts 5165628ae0, mlflow 5.3.0 rendered; mlflow-skinny 3.17.2, telemetry/constant.py',
  versions: '3.17',
  lookedAt: LOOKED_AT,
};
