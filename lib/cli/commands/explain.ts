import { explanationJson } from '../../report/explanation-json';
import { explanationMarkdown } from '../../report/explanation-markdown';
import { explanationReport } from '../../report/explanation-text';
import { answerGiven, exitCodeOf } from '../answer-given';
import type { Command } from '../command';
import { painted } from '../io';
import { printed } from '../output';
import { ENDS_NOTE, HTTP_OPTION } from '../question';

/** Why one end reaches another or does not: each layer at both ends, by rule, file and line; what is missing otherwise. */
export const explain: Command = {
  name: 'explain',
  summary: 'why one end reaches another or does not: policy, rule, file and line, and what is missing',
  usage: 'explain <from> <to> [port]',
  examples: [
    'cdk8s-zero-trust explain ai-agents/agent ai-data/weaviate TCP/8080 -f dist/',
    'cdk8s-zero-trust explain ai-agents/app=ai-agent api.tavily.com 443 -f dist/ --engine cilium@1.20',
    'cdk8s-zero-trust explain internet ai-gateway/envoy --format md -f dist/',
  ],
  options: [HTTP_OPTION],
  reads: 'option',
  formats: ['text', 'json', 'md'],
  notes: [
    ENDS_NOTE,
    'Of several workloads one pair of each verdict is explained. Without a port it is one that passes, or one that the destination declares. The exit code is that of can.',
  ],
  run: async (given, io) => {
    const { answer, places, isCilium } = await answerGiven(given, io);
    printed(given, io, {
      text: () => explanationReport(answer, places, isCilium, painted(io)),
      json: () => explanationJson(answer, places, isCilium),
      md: () => explanationMarkdown(answer, places, isCilium),
    });
    return exitCodeOf(answer);
  },
};
