import { toolVersion } from '../model/tool-version';
import type { Tool } from './findings-report';

/** This tool, as reports name it. */
export function thisTool(): Tool {
  return {
    name: 'cdk8s-zero-trust',
    version: toolVersion(),
    link: 'https://github.com/cdk8s-zero-trust/cdk8s-zero-trust',
  };
}
