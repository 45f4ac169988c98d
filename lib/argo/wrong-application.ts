import { NAMESPACE_NAME_ALLOWED, namespaceNameProblem, OBJECT_NAME_ALLOWED, objectNameProblem } from '../model/labels';
import { type Problem, ZeroTrustError } from '../model/problem';
import type { ArgoApplicationProps } from './argo-application-props';

/** Throws for everything that Argo CD would refuse, or take for something else, all at once. */
export function refuseWrongApplication(
  where: string,
  props: ArgoApplicationProps & { readonly name: string; readonly argoNamespace: string },
): void {
  const problems = [
    ...wrongNames(props),
    ...wrongSource(props),
    ...wrongDestination(props.destination ?? {}),
    ...wrongSyncPolicy(props),
  ];
  if (problems.length > 0) throw new ZeroTrustError(problems.map((problem) => ({ where, ...problem })));
}

function wrongNames({
  name,
  argoNamespace,
  project = 'default',
}: {
  readonly name: string;
  readonly argoNamespace: string;
  readonly project?: string;
}): Problem[] {
  return [
    ...wrongName('name', name, objectNameProblem(name), OBJECT_NAME_ALLOWED),
    ...wrongName('argoNamespace', argoNamespace, namespaceNameProblem(argoNamespace), NAMESPACE_NAME_ALLOWED),
    ...wrongName('project', project, objectNameProblem(project), OBJECT_NAME_ALLOWED),
  ];
}

function wrongName(field: string, value: string, problem: string | undefined, allowed: string): Problem[] {
  if (problem === undefined) return [];
  return [
    {
      rule: 'argo-name',
      what: `"${value}" cannot be the ${field} of an Application: ${problem}`,
      value,
      allowed,
      fix: `Give it: { ${field}: '…' }`,
    },
  ];
}

function wrongSource({ repoUrl, path, targetRevision, include }: ArgoApplicationProps): Problem[] {
  return [
    ...wrongRepository(repoUrl),
    ...wrongPath(path),
    ...wrongText('targetRevision', targetRevision, 'a branch, a tag, a commit, or nothing for HEAD'),
    ...wrongText('include', include, 'a glob such as *.k8s.yaml'),
  ];
}

/** As git writes them: a URL with a scheme, or `user@host:path`. */
const REPOSITORY = /^((https?|ssh|git|file):\/\/[^\s/]*\/\S+|[\w.-]+@[\w.-]+:\S+)$/;
const PASSWORD = /^[a-z]+:\/\/[^/@\s]*:[^/@\s]*@|^https?:\/\/[^/@\s]+@/;

function wrongRepository(repoUrl: string): Problem[] {
  if (PASSWORD.test(repoUrl)) {
    return [
      {
        rule: 'argo-repo-password',
        what: 'repoUrl holds a user or a password, which would be committed with the manifests',
        allowed: 'a URL without user and password; Argo CD keeps credentials of repositories in Secrets',
        fix: 'Take everything before the @ out of the URL, and register the repository in Argo CD.',
      },
    ];
  }
  if (REPOSITORY.test(repoUrl)) return [];
  return [
    {
      rule: 'argo-repo-url',
      what: `"${repoUrl}" is not the URL of a git repository`,
      value: repoUrl,
      allowed: 'a URL such as https://git.example/team/policies.git, or git@git.example:team/policies.git',
      fix: "Give it whole: { repoUrl: 'https://git.example/team/policies.git' }",
    },
  ];
}

function wrongPath(path: string): Problem[] {
  const isInside = /^\S+$/.test(path) && !path.startsWith('/') && !path.split('/').includes('..');
  if (isInside) return [];
  return [
    {
      rule: 'argo-path',
      what: `"${path}" is not a folder in the repository`,
      value: path,
      allowed: "a path from the root of the repository, without a leading '/' and without '..'; '.' is the root",
      fix: "Name the folder of the rendered app: { path: 'dist/ai-service-mesh' }",
    },
  ];
}

function wrongText(field: string, value: string | undefined, allowed: string): Problem[] {
  if (value === undefined || /^\S+$/.test(value)) return [];
  return [
    {
      rule: 'argo-text',
      what: `${field} is "${value}", which is empty or has a space`,
      value,
      allowed,
      fix: `Leave ${field} out for its default, or give one word.`,
    },
  ];
}

function wrongDestination({ server, clusterName }: NonNullable<ArgoApplicationProps['destination']>): Problem[] {
  if (server !== undefined && clusterName !== undefined) {
    return [
      {
        rule: 'argo-destination',
        what: `the destination is named twice, by server ${server} and by clusterName ${clusterName}, which Argo CD refuses`,
        value: `${server}, ${clusterName}`,
        allowed: 'one of server and clusterName',
        fix: 'Leave one of them out.',
      },
    ];
  }
  if (server !== undefined && !/^https?:\/\/[^\s/]+/.test(server)) {
    return [
      {
        rule: 'argo-destination',
        what: `"${server}" is not the URL of an API server`,
        value: server,
        allowed: 'a URL such as https://kubernetes.default.svc, or clusterName in its place',
        fix: "Give the URL, or the name of the cluster: { clusterName: '…' }",
      },
    ];
  }
  return wrongText('clusterName', clusterName, 'a name that Argo CD knows a cluster by');
}

function wrongSyncPolicy(props: ArgoApplicationProps): Problem[] {
  const { automated, prune, selfHeal, syncOptions, serverSideApply } = props;
  const idle = [
    ...(automated === false && prune !== undefined ? ['prune'] : []),
    ...(automated === false && selfHeal !== undefined ? ['selfHeal'] : []),
  ];
  return [
    ...idle.map((field) => ({
      rule: 'argo-automated',
      what: `${field} has no effect, because it is about automated syncs and automated is false`,
      allowed: `${field} where automated is true or left out`,
      fix: `Leave out ${field}, or automated: false.`,
    })),
    ...(serverSideApply === true && syncOptions?.includes('ServerSideApply=false') ? [CONTRADICTION] : []),
    ...(syncOptions ?? [])
      .filter((option) => !/^[A-Za-z]+=[\w-]+$/.test(option))
      .map((option) => ({
        rule: 'argo-sync-option',
        what: `"${option}" is not an option of a sync`,
        value: option,
        allowed: 'Name=value, such as ServerSideApply=true',
        fix: 'Write the name and the value with = between them.',
      })),
  ];
}

const CONTRADICTION: Problem = {
  rule: 'argo-sync-option',
  what: 'serverSideApply is true, and syncOptions has ServerSideApply=false',
  value: 'ServerSideApply=false',
  allowed: 'one word on who merges what is applied',
  fix: 'Leave one of them out.',
};
