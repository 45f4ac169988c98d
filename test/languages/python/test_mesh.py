"""What is declared in Python is rendered, asked about and refused as what is declared in TypeScript."""
import os
from pathlib import Path

import cdk8s_plus_33 as kplus
import pytest
from cdk8s import App, Chart
from cdk8s_zero_trust import (
    InferenceTier,
    Internet,
    Pods,
    PolicyGraph,
    PolicyQuestions,
    PolicyVerdict,
    Port,
    Purpose,
    QuestionEnd,
    Tier,
    ZeroTrust,
    ZeroTrustNamespace,
)
from mesh import Mesh

TYPESCRIPT = Path(os.environ["TYPESCRIPT_DIST"])
WRITTEN = sorted(path.name for path in TYPESCRIPT.iterdir())


@pytest.fixture(scope="module")
def mesh(tmp_path_factory):
    return Mesh(str(tmp_path_factory.mktemp("mesh") / "dist"))


@pytest.fixture(scope="module")
def written(mesh):
    proof = ZeroTrust.render(mesh.app)
    assert proof.is_proved, proof.to_text()
    return Path(mesh.app.outdir)


def test_the_same_files_are_written(written):
    assert sorted(path.name for path in written.iterdir()) == WRITTEN


@pytest.mark.parametrize("name", WRITTEN)
def test_the_bytes_are_those_of_the_typescript_app(written, name):
    assert (written / name).read_bytes() == (TYPESCRIPT / name).read_bytes()


def test_the_graph_has_the_same_text(mesh):
    assert PolicyGraph.of(mesh.app).to_text() == (TYPESCRIPT / "graph.txt").read_text()


def test_the_policies_are_asked_about(mesh):
    questions = PolicyQuestions.of(mesh.app)
    questions.allows(mesh.gateway, mesh.vllm, Port.tcp(8000)).assert_holds()
    questions.denies(QuestionEnd.stranger("default/app=envoy"), mesh.vllm, Port.tcp(8000)).assert_holds()
    questions.keeps_apart(mesh.vllm, mesh.agent, ignoring_dns=True).assert_holds()
    answer = questions.allows(mesh.gateway, mesh.storage, Port.tcp(443))
    assert answer.verdict == PolicyVerdict.NO
    assert not answer.holds
    assert "no rule allows it" in answer.explanation
    with pytest.raises(RuntimeError, match="expected ai-gateway/envoy to ai-data/model-storage on TCP/443 to be allowed"):
        answer.assert_holds()
    assert "ai-data/Pod/model-storage" in questions.reach(mesh.gateway).reached


def test_a_folder_is_asked_about(written):
    questions = PolicyQuestions.of_folder(str(written))
    client, server = QuestionEnd.of("ai-gateway/app=envoy-gateway"), QuestionEnd.of("ai-inference/app=vllm")
    questions.allows(client, server, Port.tcp(8000)).assert_holds()
    assert "ai-service-mesh.k8s.yaml" in questions.explain(client, server, Port.tcp(8000)).explanation


def test_a_refusal_is_an_exception_with_the_same_sentence(mesh):
    with pytest.raises(RuntimeError) as refused:
        Pods.labeled({})
    assert os.environ["TYPESCRIPT_REFUSAL"] in str(refused.value)


class ModelServer(kplus.Deployment):
    """An L2 of a Python user."""

    def __init__(self, scope, id: str, *, namespace: str, port: int) -> None:
        super().__init__(
            scope,
            id,
            metadata={"namespace": namespace},
            containers=[kplus.ContainerProps(image="vllm/vllm-openai:v0.11.0", ports=[kplus.ContainerPort(number=port)])],
        )


@pytest.mark.parametrize("workload", [kplus.Deployment, ModelServer])
def test_pods_are_those_of_a_workload_of_python(workload):
    chart = Chart(App(), "chart")
    models = ZeroTrustNamespace(chart, "models", purpose=Purpose.INFERENCE)
    if workload is ModelServer:
        deployment = ModelServer(chart, "vllm", namespace="models", port=8000)
    else:
        deployment = kplus.Deployment(
            chart,
            "vllm",
            metadata={"namespace": "models"},
            containers=[kplus.ContainerProps(image="vllm/vllm-openai:v0.11.0", ports=[kplus.ContainerPort(number=8000)])],
        )
    client = Tier(models, "client", pods=Pods.labeled({"app": "client"}))
    vllm = InferenceTier(models, "vllm", pods=Pods.of(deployment))
    vllm.connections.allow_from(client, because="the model is asked")
    questions = PolicyQuestions.of(chart)
    questions.allows(client, vllm, Port.tcp(8000)).assert_holds()
    questions.denies(Internet.any(), vllm, Port.tcp(8000)).assert_holds()
    [template] = [
        manifest["spec"]["template"]["metadata"]["labels"]
        for manifest in chart.to_json()
        if manifest["kind"] == "Deployment"
    ]
    assert template["cdk8s-zero-trust/tier"] == "vllm"
