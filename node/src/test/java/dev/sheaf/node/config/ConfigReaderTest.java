package dev.sheaf.node.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sheaf.contract.Source;
import dev.sheaf.kernel.ByteSize;
import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

final class ConfigReaderTest {
    @Test
    void nothingButCommentsMeansAllDefaults() {
        NodeConfig config = read("# nothing\n\n");
        assertEquals(7350, config.listen().port());
        assertEquals("127.0.0.1", config.listen().address());
        assertEquals(Duration.ofSeconds(60), config.query().timeoutDefault());
        assertEquals(ByteSize.parse("50GiB"), config.limits().uploadMax());
    }

    @Test
    void readsSectionsListsMapsAndReferences() {
        NodeConfig config =
                read(
                        """
                        region: azure/westeurope
                        lake:
                          defaultStore: main
                          stores:
                            - name: main
                              root: s3://b/p
                              properties: {region: eu-west-1}
                              secrets: {accessKeyId: 'env:KEY', secretAccessKey: 'file:/run/secret'}
                        publish: {importRoots: [/srv/landing], runsMax: 3}
                        """);
        assertEquals("azure/westeurope", config.region().toString());
        LakeSettings.Store store = config.lake().stores().getFirst();
        assertEquals("eu-west-1", store.properties().get("region"));
        assertEquals(3, config.publish().runsMax());
        assertEquals(Path.of("/srv/landing"), config.publish().importRoots().getFirst());
    }

    @Test
    void tellsEveryFaultAtOnceWithLineKeyAndHint() {
        Problem problem =
                assertThrows(
                        Problem.class,
                        () ->
                                read(
                                        """
                                        regoin: aws/us-east-1
                                        listen:
                                          port: 99999
                                        query: {timeoutDefault: soon}
                                        lake: {stores: [{name: main}]}
                                        identity: {issuers: [{issuer: 'https://x/'}]}
                                        """));
        assertEquals(ProblemCode.INVALID_CONFIGURATION, problem.code());
        String message = problem.message();
        assertTrue(message.contains("5 faults"), message);
        assertTrue(
                message.contains(":1:1: regoin: is not a key here; did you mean region?"), message);
        assertTrue(message.contains("listen: port 99999 is not between 0 and 65535"), message);
        assertTrue(message.contains("query.timeoutDefault: 'soon' is not of the form"), message);
        assertTrue(message.contains("lake.stores[0].root: is missing"), message);
        assertTrue(message.contains("needs either jwksUrl or jwksFile"), message);
    }

    @Test
    void refusesSecretsThatAreWrittenOut() {
        Problem problem =
                assertThrows(
                        Problem.class,
                        () ->
                                read(
                                        "lake: {stores: [{name: a, root: 's3://b', secrets:"
                                                + " {secretAccessKey: hunter2}}]}"));
        assertTrue(problem.message().contains("by reference"), problem.message());
        assertTrue(!problem.message().contains("hunter2"), problem.message());
    }

    @Test
    void refusesPlainHttpWhereOthersCanListen() {
        Problem problem = assertThrows(Problem.class, () -> read("listen: {address: 0.0.0.0}"));
        assertTrue(problem.message().contains("plain"), problem.message());
        assertEquals(
                "0.0.0.0",
                read("listen: {address: 0.0.0.0, plainBehindProxy: true}").listen().address());
    }

    @Test
    void linksAreOffUnlessConfigured() {
        assertTrue(!read("region: aws/us-east-1").links().on());
        LinksConfig links =
                read("""
                links:
                  mesh: prod
                  port: 7450
                  peers: [{region: azure/westeurope, host: west.example.com, port: 7450}]
                  certificate: node.pem
                  key: node.key.pem
                  ca: ca.pem
                """)
                        .links();
        assertTrue(links.on());
        assertEquals("west.example.com", links.peers().getFirst().host());
    }

    @Test
    void linksWithFaultsOfConfigurationAreRefused() {
        String files = "certificate: a, key: b, ca: c";
        String peer = "{region: gcp/europe-west1, host: h, port: 1}";
        for (String[] wrong :
                new String[][] {
                    {"port: 7450, certificateLife: 59s", "certificateLife"},
                    {"port: 70000", "70000"},
                    {"mesh: My Mesh", "not a name"},
                    {"certificate: a, key: b", "go together"},
                    {"developmentCa: ca", "development: true"},
                    {"developmentCa: ca, development: true, " + files, "takes the place"},
                    {files + ", peers: [" + peer + ", " + peer + "]", "twice"},
                    {files + ", peers: [{region: a/b, host: h, port: 0}]", "port 0 of peer a/b"},
                    {"silenceMax: 1s, pulseInterval: 800ms", "twice the pulseInterval"},
                    {"outgoingMax: 1KiB", "outgoingMax"},
                    {files + ", peers: [{region: local/home, host: h, port: 1}]", "own region"}
                }) {
            Problem problem =
                    assertThrows(Problem.class, () -> read("links: {" + wrong[0] + "}"), wrong[0]);
            assertTrue(problem.message().contains(wrong[1]), problem.message());
        }
    }

    @Test
    void anExternalOpaIsAskedSafelyOrNotAtAll() {
        assertTrue(read("region: a/b").governance().opa().url().isEmpty());
        GovernanceConfig.Opa opa =
                read("governance: {opa: {url: 'https://opa.example.com:8181'}}").governance().opa();
        assertEquals("opa.example.com", opa.url().orElseThrow().getHost());
        assertEquals(Duration.ofMillis(250), opa.timeout());
        read("governance: {opa: {url: 'http://127.0.0.1:8181', timeout: 1s}}");
        for (String wrong :
                new String[] {
                    "url: 'http://opa.example.com'",
                    "url: opa.example.com",
                    "url: 'ftp://127.0.0.1'",
                    "url: 'https://user@127.0.0.1'",
                    "url: 'https://127.0.0.1/?x=1'",
                    "timeout: 0s"
                }) {
            Problem problem =
                    assertThrows(
                            Problem.class, () -> read("governance: {opa: {" + wrong + "}}"), wrong);
            assertEquals(ProblemCode.INVALID_CONFIGURATION, problem.code());
        }
    }

    @Test
    void theReferencePageIsCurrent() throws IOException {
        Path page = Path.of(System.getProperty("sheaf.repo"), "docs", "configuration.md");
        if (Boolean.getBoolean("sheaf.write")) {
            Files.writeString(page, ConfigReference.page());
        }
        assertEquals(
                ConfigReference.page(),
                Files.readString(page),
                "docs/configuration.md is not current; run this test with -Dsheaf.write=true");
    }

    private static NodeConfig read(String yaml) {
        return ConfigReader.read(new Source("sheaf.yaml", yaml.getBytes(StandardCharsets.UTF_8)));
    }
}
