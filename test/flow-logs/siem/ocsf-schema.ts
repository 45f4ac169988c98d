// The parts of the Open Cybersecurity Schema Framework that events of flows have, in JSON Schema, written down from
// github.com/ocsf/ocsf-schema, tag 1.8.0 (commit 6fa6499a, Apache-2.0): `dictionary.json` (types and enumerations),
// `events/base_event.json`, `events/network/network.json` and `network_activity.json`, `events/findings/finding.json` and
// `detection_finding.json`, `profiles/security_control.json`, and the objects by the names below. Every attribute that the
// classes have is named, also where no flow has it, so that an attribute of another class is refused; what is required there
// is required here, and the "at least one" constraints are `anyOf`. Objects that no flow fills are any value.

const text = { type: 'string' };
const whole = { type: 'integer' };
const texts = { type: 'array', items: text };
const any = {};

function object(properties: object, required: readonly string[] = [], atLeastOne: readonly string[] = []) {
  return {
    type: 'object',
    properties,
    required,
    additionalProperties: false,
    ...(atLeastOne.length > 0 && { anyOf: atLeastOne.map((name) => ({ required: [name] })) }),
  };
}

function named(names: string): Record<string, object> {
  return Object.fromEntries(names.split(' ').map((name) => [name, any]));
}

const ip = { type: 'string', pattern: '^(\\d{1,3}(\\.\\d{1,3}){3}|[0-9a-fA-F:.]*:[0-9a-fA-F:.]*)$' };
/** Milliseconds since 1970. */
const time = { type: 'integer', minimum: 1_000_000_000_000 };
const port = { type: 'integer', minimum: 0, maximum: 65_535 };

const product = object(
  {
    ...named('cpe_name feature lang path uid url_string data_classification data_classifications'),
    name: text,
    vendor_name: text,
    version: text,
  },
  [],
  ['name', 'uid'],
);

const metadata = object(
  {
    ...named(
      'correlation_uid debug event_code extension extensions is_truncated labels log_format log_level log_name log_provider log_source log_version logged_time loggers modified_time original_event_uid original_time processed_time reporter sequence source tags tenant_uid total_queued_duration transformation_info_list transmit_time type uid untruncated_size',
    ),
    version: { const: '1.8.0' },
    product,
    profiles: texts,
  },
  ['product', 'version'],
);

const networkEndpoint = object(
  {
    ...named(
      'agent_list autonomous_system container domain fingerprints hw_info instance_uid interface_name interface_uid intermediate_ips isp isp_org location mac mac_vendor namespace_pid network_scope network_scope_id os owner pool proxy_endpoint subnet_uid type type_id uid vlan_uid vpc_uid zone',
    ),
    hostname: text,
    ip,
    name: text,
    port,
    svc_name: text,
  },
  [],
  ['ip', 'uid', 'name', 'hostname', 'svc_name', 'instance_uid', 'interface_uid', 'interface_name', 'domain'],
);

const connectionInfo = object(
  {
    ...named(
      'boundary boundary_id community_uid direction flag_history protocol_ver protocol_ver_id session tcp_flags uid',
    ),
    direction_id: { enum: [0, 1, 2, 3, 4, 99] },
    protocol_name: { type: 'string', pattern: '^[a-z0-9-]+$' },
    protocol_num: { type: 'integer', minimum: 0, maximum: 255 },
  },
  ['direction_id'],
);

const resourceDetails = object(
  {
    ...named(
      'agent_list cloud_partition created_time criticality data data_classification data_classifications group hostname ip is_backed_up modified_time owner provider region resource_relationship role role_id tags uid_alt version zone',
    ),
    labels: texts,
    name: text,
    namespace: text,
    type: text,
    uid: text,
  },
  [],
  ['name', 'uid'],
);

const evidences = object(
  {
    ...named(
      'actor api container data database databucket device email file http_request http_response ja4_fingerprint_list job name process query resources script tls uid url user verdict verdict_id',
    ),
    connection_info: connectionInfo,
    dst_endpoint: networkEndpoint,
    src_endpoint: networkEndpoint,
  },
  [],
  [
    'connection_info',
    'dst_endpoint',
    'src_endpoint',
    'actor',
    'api',
    'device',
    'file',
    'process',
    'resources',
    'url',
    'user',
  ],
);

const firewallRule = object(
  {
    ...named('category condition desc duration match_details match_location rate_limit sensitivity version'),
    name: text,
    type: text,
    uid: text,
  },
  [],
  ['name', 'uid'],
);

/** Analytic: type 1 is a rule. */
const analytic = object(
  {
    ...named('algorithm category desc related_analytics state state_id type version'),
    name: text,
    uid: text,
    type_id: { enum: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 99] },
  },
  ['type_id'],
  ['name', 'uid'],
);

const findingInfo = object(
  {
    ...named(
      'attack_graph attacks created_time data_sources kill_chain modified_time product product_uid related_analytics related_events related_events_count src_url tags traits uid_alt',
    ),
    analytic,
    desc: text,
    first_seen_time: time,
    last_seen_time: time,
    title: text,
    types: texts,
    uid: { type: 'string', minLength: 1 },
  },
  ['uid'],
);

const remediation = object({ ...named('cis_controls kb_article_list kb_articles references'), desc: text }, ['desc']);

/** Of every class, with the profile of security controls. */
function event(
  category: number,
  of: number,
  activities: readonly number[],
  own: object,
  required: readonly string[],
  atLeastOne: readonly string[] = [],
) {
  return object(
    {
      ...named(
        'activity_name api attacks authorizations category_name class_name cloud confidence confidence_score device disposition duration enrichments firewall_rule malware malware_scan_info observables osint policy raw_data raw_data_hash raw_data_size record_integrity risk_details risk_level risk_level_id risk_score severity status status_code status_detail timezone_offset type_name action actor',
      ),
      activity_id: { enum: activities },
      category_uid: { const: category },
      class_uid: { const: of },
      type_uid: { enum: activities.map((activity) => of * 100 + activity) },
      severity_id: { enum: [0, 1, 2, 3, 4, 5, 6, 99] },
      time,
      start_time: time,
      end_time: time,
      count: { ...whole, minimum: 0 },
      message: text,
      metadata,
      unmapped: { type: 'object' },
      action_id: { enum: [0, 1, 2, 3, 4, 99] },
      disposition_id: { type: 'integer', minimum: 0, maximum: 99 },
      firewall_rule: firewallRule,
      is_alert: { type: 'boolean' },
      confidence_id: { enum: [0, 1, 2, 3, 99] },
      status_id: { enum: [0, 1, 2, 3, 4, 5, 6, 99] },
      ...own,
    },
    ['activity_id', 'category_uid', 'class_uid', 'type_uid', 'severity_id', 'time', 'metadata', ...required],
    atLeastOne,
  );
}

/** Class 4001 of category 4. */
export const NETWORK_ACTIVITY = event(
  4,
  4001,
  [0, 1, 2, 3, 4, 5, 6, 7, 99],
  {
    ...named(
      'app_name app_protocol_name cumulative_traffic is_src_dst_assignment_known ja4_fingerprint_list load_balancer network_observation_point observation_point observation_point_id packet_list proxy proxy_connection_info proxy_endpoint proxy_http_request proxy_http_response proxy_tls proxy_traffic tls traffic url',
    ),
    connection_info: connectionInfo,
    dst_endpoint: networkEndpoint,
    src_endpoint: networkEndpoint,
  },
  [],
  ['dst_endpoint', 'src_endpoint'],
);

/** Class 2004 of category 2. */
export const DETECTION_FINDING = event(
  2,
  2004,
  [0, 1, 2, 3, 99],
  {
    ...named(
      'anomaly_analyses comment impact impact_id impact_score vendor_attributes vulnerabilities assignee assignee_group is_suspected_breach priority priority_id src_url ticket tickets verdict verdict_id',
    ),
    evidences: { type: 'array', items: evidences },
    finding_info: findingInfo,
    remediation,
    resources: { type: 'array', items: resourceDetails },
  },
  ['finding_info'],
);
