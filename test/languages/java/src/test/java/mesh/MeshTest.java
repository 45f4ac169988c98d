package mesh;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.cdk8szerotrust.*;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.cdk8s.ApiObjectMetadata;
import org.cdk8s.App;
import org.cdk8s.Chart;
import org.cdk8s.plus33.ContainerPort;
import org.cdk8s.plus33.ContainerProps;
import org.cdk8s.plus33.Deployment;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is declared in Java is rendered, asked about and refused as what is declared in TypeScript. */
class MeshTest {
  private static final Path TYPESCRIPT = Path.of(System.getenv("TYPESCRIPT_DIST"));
  @TempDir static Path folder;
  private static Mesh mesh;
  private static Path written;

  @BeforeAll
  static void render() {
    written = folder.resolve("dist");
    mesh = new Mesh(written.toString());
    PolicyProof proof = ZeroTrust.render(mesh.app);
    assertTrue(proof.getIsProved(), proof.toText());
  }

  static List<String> files() throws IOException {
    return namesIn(TYPESCRIPT);
  }

  private static List<String> namesIn(Path folder) throws IOException {
    try (Stream<Path> paths = Files.list(folder)) {
      return paths.map(path -> path.getFileName().toString()).sorted().collect(Collectors.toList());
    }
  }

  @Test
  void theSameFilesAreWritten() throws IOException {
    assertEquals(files(), namesIn(written));
  }

  @ParameterizedTest
  @MethodSource("files")
  void theBytesAreThoseOfTheTypescriptApp(String name) throws IOException {
    assertArrayEquals(Files.readAllBytes(TYPESCRIPT.resolve(name)), Files.readAllBytes(written.resolve(name)));
  }

  @Test
  void theGraphHasTheSameText() throws IOException {
    assertEquals(Files.readString(TYPESCRIPT.resolve("graph.txt")), PolicyGraph.of(mesh.app).toText());
  }

  @Test
  void thePoliciesAreAskedAbout() {
    PolicyQuestions questions = PolicyQuestions.of(mesh.app);
    questions.allows(mesh.gateway, mesh.vllm, Port.tcp(8000)).assertHolds();
    questions.denies(QuestionEnd.stranger("default/app=envoy"), mesh.vllm, Port.tcp(8000)).assertHolds();
    questions.keepsApart(mesh.vllm, mesh.agent, KeepsApartOptions.builder().ignoringDns(true).build()).assertHolds();
    PolicyAnswer answer = questions.allows(mesh.gateway, mesh.storage, Port.tcp(443));
    assertEquals(PolicyVerdict.NO, answer.getVerdict());
    assertFalse(answer.getHolds());
    assertTrue(answer.toString().contains("no rule allows it"), answer.toString());
    RuntimeException failed = assertThrows(RuntimeException.class, answer::assertHolds);
    assertTrue(failed.getMessage().contains("expected ai-gateway/envoy to ai-data/model-storage on TCP/443 to be allowed"));
    assertTrue(questions.reach(mesh.gateway).getReached().contains("ai-data/Pod/model-storage"));
  }

  @Test
  void aFolderIsAskedAbout() {
    PolicyQuestions questions = PolicyQuestions.ofFolder(written.toString());
    QuestionEnd client = QuestionEnd.of("ai-gateway/app=envoy-gateway");
    QuestionEnd server = QuestionEnd.of("ai-inference/app=vllm");
    questions.allows(client, server, Port.tcp(8000)).assertHolds();
    assertTrue(questions.explain(client, server, Port.tcp(8000)).getExplanation().contains("ai-service-mesh.k8s.yaml"));
  }

  @Test
  void aRefusalIsAnExceptionWithTheSameSentence() {
    RuntimeException refused = assertThrows(RuntimeException.class, () -> Pods.labeled(Map.of()));
    assertTrue(refused.getMessage().contains(System.getenv("TYPESCRIPT_REFUSAL")), refused.getMessage());
  }

  @Test
  void podsAreThoseOfAWorkloadOfJava() {
    Chart chart = new Chart(new App(), "chart");
    ZeroTrustNamespace models = ZeroTrustNamespace.Builder.create(chart, "models").purpose(Purpose.INFERENCE).build();
    Deployment deployment = Deployment.Builder.create(chart, "vllm")
        .metadata(ApiObjectMetadata.builder().namespace("models").build())
        .containers(List.of(ContainerProps.builder()
            .image("vllm/vllm-openai:v0.11.0")
            .ports(List.of(ContainerPort.builder().number(8000).build()))
            .build()))
        .build();
    Tier client = Tier.Builder.create(models, "client").pods(Pods.labeled(Map.of("app", "client"))).build();
    InferenceTier vllm = InferenceTier.Builder.create(models, "vllm").pods(Pods.of(deployment)).build();
    vllm.getConnections().allowFrom(client, Mesh.because("the model is asked"));
    PolicyQuestions questions = PolicyQuestions.of(chart);
    questions.allows(client, vllm, Port.tcp(8000)).assertHolds();
    questions.denies(Internet.any(), vllm, Port.tcp(8000)).assertHolds();
  }
}
