"""The AI service mesh of apps/ai-service-mesh.ts, as a Python user writes it."""
from cdk8s import App, Chart
from cdk8s_zero_trust import (
    AgentTier,
    Cidr,
    Cluster,
    DataTier,
    Exposure,
    GatewayTier,
    InferenceTier,
    Internet,
    PeerAccess,
    Pods,
    Port,
    Purpose,
    SourceAddress,
    ZeroTrustNamespace,
)


class Mesh:
    """The app, with the tiers that tests ask about."""

    def __init__(self, outdir: str) -> None:
        self.app = App(outdir=outdir)
        Cluster.use(
            self.app,
            Cluster.kubernetes(
                pod_cidrs=["10.244.0.0/16"], service_cidrs=["10.96.0.0/12"], node_cidrs=["10.1.0.0/16"]
            ),
        )
        chart = Chart(self.app, "ai-service-mesh")
        part_of = "ai-service-mesh"
        edge = ZeroTrustNamespace(chart, "ai-gateway", purpose=Purpose.GATEWAY, part_of=part_of)
        models = ZeroTrustNamespace(chart, "ai-inference", purpose=Purpose.INFERENCE, part_of=part_of)
        agents = ZeroTrustNamespace(chart, "ai-agents", purpose=Purpose.AGENTS, part_of=part_of)
        data = ZeroTrustNamespace(chart, "ai-data", purpose=Purpose.DATA, part_of=part_of)

        self.gateway = GatewayTier(
            edge,
            "envoy",
            pods=Pods.labeled({"app": "envoy-gateway"}),
            ports=[Port.tcp(8443)],
            exposures=[
                Exposure(
                    client=Internet.any(), seen_as=SourceAddress.preserved(), because="customers call the models"
                )
            ],
        )
        self.weaviate = DataTier(data, "weaviate", pods=Pods.labeled({"app": "weaviate"}), ports=[Port.tcp(8080)])
        self.vllm = InferenceTier(models, "vllm", pods=Pods.labeled({"app": "vllm"}))
        self.agent = AgentTier(
            agents,
            "ai-agent",
            pods=Pods.labeled({"app": "ai-agent"}),
            tools=[PeerAccess(peer=Cidr.of("10.0.0.0/8", excluding=["10.0.0.0/28"]), ports=[Port.tcp(443)])],
            vector_stores=[PeerAccess(peer=self.weaviate)],
        )
        self.vllm.connections.allow_from(self.gateway, because="users reach the model through the gateway")
        self.storage = DataTier(
            data, "model-storage", pods=Pods.labeled({"app": "model-storage"}), ports=[Port.tcp(443)]
        )
        self.vllm.connections.allow_to(self.storage, because="weights are loaded at start")
