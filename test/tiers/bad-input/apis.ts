import { Apis, Port } from '../../../lib';
import type { BadInputs } from './refusal';
import { because, flowTo, tier } from './scenarios';

/** What Python and plain JavaScript hand over. */
const given = (options: object) => options as never;

export const apis: BadInputs = {
  'an API of a region without one': {
    rule: 'api-host-part',
    make: () => Apis.bedrock(given({})),
    value: 'undefined',
    says: /`region` is not given.*eu-central-1/s,
  },
  'a region with a dot': {
    rule: 'api-host-part',
    make: () => Apis.bedrock({ region: 'eu.central' }),
    value: 'eu.central',
    says: /"eu\.central" cannot be the region in the name of a host/,
  },
  'a region that is no text': {
    rule: 'api-host-part',
    make: () => Apis.s3(given({ region: 1, pathStyle: true })),
    value: '1',
    says: /1 cannot be the region/,
  },
  'an account by its URL': {
    rule: 'api-host-part',
    make: () => Apis.azureBlob({ account: 'https://models.blob.core.windows.net' }),
    value: 'https://models.blob.core.windows.net',
    says: /cannot be the account.*such as models/s,
  },
  'a resource with capitals': {
    rule: 'api-host-part',
    make: () => Apis.azureOpenAi({ resource: 'Contoso' }),
    value: 'Contoso',
    says: /cannot be the resource/,
  },
  'a bucket with an underscore': {
    rule: 'api-host-part',
    make: () => Apis.s3({ region: 'us-east-1', bucket: 'a_b' }),
    value: 'a_b',
    says: /cannot be the bucket.*with dots between them/s,
  },
  'a location that is empty': {
    rule: 'api-host-part',
    make: () => Apis.vertex({ location: '' }),
    value: '',
    says: /"" cannot be the location/,
  },
  'a region that OpenAI does not have': {
    rule: 'api-host-part',
    make: () => Apis.openAi({ region: 'eu-central-1' }),
    value: 'eu-central-1',
    says: /"eu-central-1" is no region in which requests to OpenAI stay.*us, eu, in/s,
  },
  'no options where some are needed': {
    rule: 'missing-value',
    make: () => Apis.vertex(undefined as never),
    says: /the options of Apis\.vertex/,
  },
  'no bucket and no path': {
    rule: 'api-nothing',
    make: () => Apis.s3({ region: 'us-east-1' }),
    says: /nothing of Amazon S3 is called.*pathStyle: true/s,
  },
  'nothing of GitHub': {
    rule: 'api-nothing',
    make: () => Apis.github({ repositories: false }),
    says: /nothing of GitHub is called/,
  },
  'an API as a source': {
    rule: 'host-as-source',
    make: () => tier().connections.allowFrom(Apis.openAi(), { because }),
    where: 'chart/ns/tier',
    says: /a connection shows the address that it comes from/,
  },
  'an API on a port by its name': {
    rule: 'port-name-address',
    make: flowTo(Apis.openAi(), { ports: [Port.named('https')] }),
    where: 'chart/ns/tier',
    says: /never match/,
  },
};
