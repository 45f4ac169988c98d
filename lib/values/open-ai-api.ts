import { HttpRule } from './http-rule';

/**
 * The paths of the OpenAI API that model servers answer on (vLLM, SGLang, TGI, llama.cpp and others), one by one: what is
 * not named does not pass, whether or not the server asks for a key.
 *
 * The port of vLLM answers other requests too. Its key guards `/v1`, `/v2`, `/inference` and `/cohere` alone, so that
 * `/invocations`, `/score` and `/scale_elastic_ep` are answered without one. From vLLM 0.33 on `/pause` and
 * `/update_weights` are there in its development mode only; earlier releases answer them to whoever asks. And since
 * `/v1/load_lora_adapter` and `/v1/unload_lora_adapter` lie under `/v1`, a rule for all of `/v1` lets them through. (vLLM
 * 0.33.0, `entrypoints/launchers/api_server/routers.py` and `serve/middleware/authenticate.py`.)
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
