package mesh;

import io.github.cdk8szerotrust.*;
import java.util.List;
import java.util.Map;
import org.cdk8s.App;
import org.cdk8s.AppProps;
import org.cdk8s.Chart;

/** The AI service mesh of apps/ai-service-mesh.ts, as a Java user writes it. */
final class Mesh {
  final App app;
  final GatewayTier gateway;
  final InferenceTier vllm;
  final AgentTier agent;
  final DataTier storage;

  Mesh(String outdir) {
    app = new App(AppProps.builder().outdir(outdir).build());
    Cluster.use(app, Cluster.kubernetes(KubernetesClusterProps.builder()
        .podCidrs(List.of("10.244.0.0/16"))
        .serviceCidrs(List.of("10.96.0.0/12"))
        .nodeCidrs(List.of("10.1.0.0/16"))
        .build()));
    Chart chart = new Chart(app, "ai-service-mesh");
    ZeroTrustNamespace edge = namespace(chart, "ai-gateway", Purpose.GATEWAY);
    ZeroTrustNamespace models = namespace(chart, "ai-inference", Purpose.INFERENCE);
    ZeroTrustNamespace agents = namespace(chart, "ai-agents", Purpose.AGENTS);
    ZeroTrustNamespace data = namespace(chart, "ai-data", Purpose.DATA);

    gateway = GatewayTier.Builder.create(edge, "envoy")
        .pods(Pods.labeled(Map.of("app", "envoy-gateway")))
        .ports(List.of(Port.tcp(8443)))
        .exposures(List.of(Exposure.builder()
            .client(Internet.any())
            .seenAs(SourceAddress.preserved())
            .because("customers call the models")
            .build()))
        .build();
    DataTier weaviate = DataTier.Builder.create(data, "weaviate")
        .pods(Pods.labeled(Map.of("app", "weaviate")))
        .ports(List.of(Port.tcp(8080)))
        .build();
    vllm = InferenceTier.Builder.create(models, "vllm").pods(Pods.labeled(Map.of("app", "vllm"))).build();
    agent = AgentTier.Builder.create(agents, "ai-agent")
        .pods(Pods.labeled(Map.of("app", "ai-agent")))
        .tools(List.of(PeerAccess.builder()
            .peer(Cidr.of("10.0.0.0/8", CidrOptions.builder().excluding(List.of("10.0.0.0/28")).build()))
            .ports(List.of(Port.tcp(443)))
            .build()))
        .vectorStores(List.of(PeerAccess.builder().peer(weaviate).build()))
        .build();
    vllm.getConnections().allowFrom(gateway, because("users reach the model through the gateway"));
    storage = DataTier.Builder.create(data, "model-storage")
        .pods(Pods.labeled(Map.of("app", "model-storage")))
        .ports(List.of(Port.tcp(443)))
        .build();
    vllm.getConnections().allowTo(storage, because("weights are loaded at start"));
  }

  private static ZeroTrustNamespace namespace(Chart chart, String name, String purpose) {
    return ZeroTrustNamespace.Builder.create(chart, name).purpose(purpose).partOf("ai-service-mesh").build();
  }

  static FlowOptions because(String reason) {
    return FlowOptions.builder().because(reason).build();
  }
}
