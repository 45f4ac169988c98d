import { agentPlatform } from './agent-platform';
import { aiPlatforms } from './ai-platform';
import { aiServiceMesh } from './ai-service-mesh';
import { cpuModels } from './cpu-models';
import { portable } from './portable';
import { sharedLlm } from './shared-llm';
import { smallLanguageModel, smallLanguageModelSealed } from './small-language-model';
import { sovereignTenants } from './sovereign-tenants';
import { type Apps, synthInto } from './synth';

/** Every app that is rendered, by its folder in `dist`. */
export const apps: Apps = {
  'agent-platform': agentPlatform,
  ...aiPlatforms,
  'ai-service-mesh': aiServiceMesh,
  'cpu-models': cpuModels,
  ...portable,
  'shared-llm': sharedLlm,
  'small-language-model': smallLanguageModel,
  'small-language-model-sealed': smallLanguageModelSealed,
  'sovereign-tenants': sovereignTenants,
};

// Run by `npm run synth`. `cdk8s synth` runs it as well, and empties its output folder before that.
if (require.main === module) {
  for (const line of synthInto(process.env['CDK8S_OUTDIR'] ?? 'dist', apps)) console.log(line);
}
