/** Kinds that hold templates which objects of other kinds run, in namespaces of their own. */
const TEMPLATES_OF_OTHERS = [
  '/PodTemplate',
  'argoproj.io/AnalysisTemplate',
  'argoproj.io/ClusterAnalysisTemplate',
  'argoproj.io/ClusterWorkflowTemplate',
  'argoproj.io/WorkflowTemplate',
  'kubeflow.org/ClusterTrainingRuntime',
  'kubeflow.org/TrainingRuntime',
  'serving.kserve.io/ClusterServingRuntime',
  'serving.kserve.io/ServingRuntime',
  'tailscale.com/ProxyClass',
  'trainer.kubeflow.org/ClusterTrainingRuntime',
  'trainer.kubeflow.org/TrainingRuntime',
];

/** Whether objects of the kind are templates alone, whose pods objects of other kinds run. */
export function isTemplateOfOthers(group: string, kind: string): boolean {
  return TEMPLATES_OF_OTHERS.includes(`${group}/${kind}`);
}
