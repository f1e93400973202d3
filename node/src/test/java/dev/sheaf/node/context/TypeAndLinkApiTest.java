package dev.sheaf.node.context;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sheaf.context.runtime.HeldScope;
import dev.sheaf.context.runtime.LinkStatus;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import tools.jackson.databind.JsonNode;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// Declarations, links, and faults of links over HTTP.
final class TypeAndLinkApiTest {
    private static final String YAML = "application/yaml";
    private static final String TYPE =
            """
            apiVersion: sheaf.dev/v1
            kind: ContextType
            name: support.chat
            domain: support
            residency:
              regions: [aws/us-east-1, azure/westeurope]
            versions:
              - version: '1.0'
                schema: {type: object}
            """;

    private final ApiRig rig = new ApiRig(true);

    @AfterEach
    void stop() {
        rig.close();
    }

    private HttpResponse<String> apply(String name, String token, String yaml) {
        return rig.send("PUT", "/api/v1/context-types/" + name, token, yaml, "Content-Type", YAML);
    }

    @Test
    void aTypeIsDeclaredUnderItsOwnName() {
        HttpResponse<String> applied = apply("support.chat", ApiRig.ALL, TYPE);
        assertEquals(200, applied.statusCode(), applied.body());
        assertEquals("support.chat", ApiRig.json(applied).path("name").asString());
        assertEquals(200, rig.put("/contexts/support.chat/a", "{}").statusCode());
        HttpResponse<String> other = apply("support.talk", ApiRig.ALL, TYPE);
        assertEquals(400, other.statusCode(), other.body());
    }

    @Test
    void aDeclarationThatIsWrongIsRefusedWithWhereAndWhy() {
        HttpResponse<String> refused =
                apply("support.chat", ApiRig.ALL, TYPE.replace("residency:", "residence:"));
        assertEquals(400, refused.statusCode());
        assertTrue(refused.body().contains("residence"), refused.body());
        assertEquals(400, apply("support.chat", ApiRig.ALL, "{{{").statusCode());
        assertEquals(400, apply("support.chat", ApiRig.ALL, "").statusCode());
        assertEquals(413, apply("support.chat", ApiRig.ALL, "#".repeat(70_000)).statusCode());
        assertEquals(415, rig.put("/api/v1/context-types/support.chat", "{}").statusCode());
    }

    @Test
    void onlyWhoCoversTheDomainDeclaresItsTypes() {
        assertEquals(403, apply("support.chat", "context.admin@science", TYPE).statusCode());
        assertEquals(403, apply("support.chat", "context.write@*", TYPE).statusCode());
        assertEquals(200, apply("support.chat", "context.admin@support", TYPE).statusCode());
        HttpResponse<String> taken =
                apply(
                        "support.chat",
                        "context.admin@science",
                        TYPE.replace("domain: support", "domain: science"));
        assertEquals(403, taken.statusCode(), "a type is not taken from its domain");
    }

    @Test
    void linksTellHowTheyAre() {
        rig.context.links.add(link("gcp/europe-west1", Duration.ofSeconds(Long.MAX_VALUE)));
        rig.context.links.add(link("azure/westeurope", Duration.ofNanos(1_500_001)));
        JsonNode links = ApiRig.json(rig.get("/api/v1/links")).path("links");
        assertEquals("azure/westeurope", links.at("/0/region").asString());
        assertEquals(2, links.at("/0/stalenessMs").asInt(), "rounded up, never told too low");
        assertEquals(0.25, links.at("/0/roundTripMs").asDouble());
        assertTrue(links.at("/1/stalenessMs").isMissingNode(), "never heard of");
        JsonNode digests = ApiRig.json(rig.get("/api/v1/context-digests")).path("digests");
        assertEquals("00ff00ff00ff00ff", digests.at("/0/digest").asString());
    }

    @Test
    void linksAreDisturbedInDevelopmentModeOnly() {
        rig.context.links.add(link("azure/westeurope", Duration.ZERO));
        for (String body :
                List.of(
                        "{\"action\":\"cut\"}",
                        "{\"action\":\"cut\",\"direction\":\"out\"}",
                        "{\"action\":\"delay\",\"delayMs\":120,\"jitterMs\":20}",
                        "{\"action\":\"heal\"}")) {
            HttpResponse<String> done = fault("azure%2Fwesteurope", body);
            assertEquals(204, done.statusCode(), done.body());
        }
        assertEquals(204, fault("azure/westeurope", "{\"action\":\"heal\"}").statusCode());
        assertEquals(
                List.of(
                        "cut azure/westeurope BOTH",
                        "cut azure/westeurope OUT",
                        "delay azure/westeurope 120 20",
                        "heal azure/westeurope",
                        "heal azure/westeurope"),
                rig.faults);
        try (ApiRig production = new ApiRig(false)) {
            production.context.links.add(link("azure/westeurope", Duration.ZERO));
            HttpResponse<String> refused =
                    production.post(
                            "/api/v1/links/azure%2Fwesteurope/faults",
                            "application/json", "{\"action\":\"cut\"}");
            assertEquals(403, refused.statusCode());
            assertTrue(refused.body().contains("development"), refused.body());
        }
    }

    @Test
    void faultsThatMakeNoSenseAreRefused() {
        rig.context.links.add(link("azure/westeurope", Duration.ZERO));
        assertEquals(400, fault("nowhere", "{\"action\":\"cut\"}").statusCode());
        assertEquals(404, fault("gcp/nowhere", "{\"action\":\"cut\"}").statusCode());
        for (String body :
                List.of(
                        "{}",
                        "{\"action\":\"burn\"}",
                        "{\"action\":\"cut\",\"direction\":\"up\"}",
                        "{\"action\":\"delay\",\"delayMs\":-1}",
                        "{\"action\":\"delay\",\"delayMs\":60001}",
                        "{\"action\":\"cut\",\"more\":1}")) {
            assertEquals(400, fault("azure/westeurope", body).statusCode(), body);
        }
        assertEquals(List.of(), rig.faults);
    }

    @Test
    void aCheckpointIsForAdministratorsOfAllDomainsAndGoesToAnAbsolutePath() {
        HttpResponse<String> taken = checkpoint(ApiRig.ALL, "/srv/c/../c1");
        assertEquals(200, taken.statusCode(), taken.body());
        assertEquals("/srv/c1", ApiRig.json(taken).path("folder").asString());
        assertEquals(4711, ApiRig.json(taken).path("position").asLong());
        assertEquals(400, checkpoint(ApiRig.ALL, "c1").statusCode());
        assertEquals(400, checkpoint(ApiRig.ALL, "/a\\u0000b").statusCode());
        assertEquals(403, checkpoint("context.admin@science", "/srv/c1").statusCode());
        assertEquals(403, checkpoint("context.write@*", "/srv/c1").statusCode());
        assertEquals(List.of(java.nio.file.Path.of("/srv/c1")), rig.context.checkpoints);
    }

    private HttpResponse<String> checkpoint(String token, String folder) {
        return rig.send(
                "POST",
                "/api/v1/context-checkpoints",
                token,
                "{\"folder\": \"" + folder + "\"}",
                "Content-Type",
                "application/json");
    }

    private HttpResponse<String> fault(String region, String body) {
        return rig.post("/api/v1/links/" + region + "/faults", "application/json", body);
    }

    private static LinkStatus link(String region, Duration staleness) {
        return new LinkStatus(
                region,
                "up",
                Optional.of(staleness),
                Optional.of(Duration.ofNanos(250_000)),
                region,
                1,
                2,
                3,
                4,
                5,
                6,
                7,
                "equal",
                List.of(new HeldScope("eu", List.of("session: residency.gdpr: no"))));
    }
}
