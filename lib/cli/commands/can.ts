import { answerJson } from '../../report/answer-json';
import { answerText } from '../../report/answer-text';
import { answerGiven, exitCodeOf } from '../answer-given';
import type { Command } from '../command';
import { painted } from '../io';
import { printed } from '../output';
import { ENDS_NOTE, HTTP_OPTION } from '../question';

/** Whether one end reaches another: yes, no or perhaps, with one line why. */
export const can: Command = {
  name: 'can',
  summary: 'yes, no or perhaps: whether one end reaches another',
  usage: 'can <from> <to> [port]',
  examples: [
    'cdk8s-zero-trust can ai-agents/agent ai-data/weaviate TCP/8080 -f dist/',
    "cdk8s-zero-trust can ai-gateway/app=envoy ai-inference/vllm 8000 --http 'POST /v1/chat/completions' -f dist/",
    'helm template . | cdk8s-zero-trust can models/vllm internet -f -',
  ],
  options: [HTTP_OPTION],
  reads: 'option',
  formats: ['text', 'json'],
  notes: [
    ENDS_NOTE,
    'Yes (exit code 0) where all of it surely passes between all workloads of both ends, no (1) where nothing of it may, and else perhaps, partly or differs (2). Without a port: whether anything passes, and what.',
  ],
  run: async (given, io) => {
    const { answer, places } = await answerGiven(given, io);
    printed(given, io, {
      text: () => answerText(answer, places, painted(io)),
      json: () => answerJson(answer, places),
    });
    return exitCodeOf(answer);
  },
};
