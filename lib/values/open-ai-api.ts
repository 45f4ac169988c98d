import { HttpRule } from './http-rule';

/**
 * The paths of the OpenAI API that model servers answer on (vLLM, SGLang, TGI, llama.cpp and others). Each names what is
 * meant for users, one by one: the same port of vLLM also answers unauthenticated requests that pause the server or
 * replace its weights (`/pause`, `/scale_elastic_ep`, `/update_weights`, `/collective_rpc`: vLLM `docs/usage/security.md`),
 * and none of these passes.
 */
export class OpenAiApi {
  /** Chat: `POST /v1/chat/completions`. */
  public static chat(): HttpRule[] {
    return [HttpRule.post('/v1/chat/completions')];
  }

  /** Completion of text: `POST /v1/completions`. */
  public static completions(): HttpRule[] {
    return [HttpRule.post('/v1/completions')];
  }

  /** The newer form of chat: `POST /v1/responses`. */
  public static responses(): HttpRule[] {
    return [HttpRule.post('/v1/responses')];
  }

  /** Embeddings: `POST /v1/embeddings`. */
  public static embeddings(): HttpRule[] {
    return [HttpRule.post('/v1/embeddings')];
  }

  /** Which models there are: `GET /v1/models`. */
  public static models(): HttpRule[] {
    return [HttpRule.get('/v1/models')];
  }

  private constructor() {}
}
