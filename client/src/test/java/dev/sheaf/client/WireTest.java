package dev.sheaf.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;

import org.junit.jupiter.api.Test;

import tools.jackson.core.JacksonException;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

final class WireTest {
    @Test
    void leavesOutWhatIsAbsent() {
        assertEquals(
                "{\"sql\":\"SELECT 1\",\"rowsMax\":7}",
                Wire.json()
                        .writeValueAsString(
                                new QueryRequest(
                                        "SELECT 1", OptionalInt.empty(), OptionalLong.of(7))));
    }

    @Test
    void readsAMissingListAsEmptyAndAMissingNumberAsAbsent() {
        TokenRequest request =
                Wire.strictJson()
                        .readValue(
                                "{\"subject\":\"ada\",\"scopes\":[\"query.run\"]}",
                                TokenRequest.class);
        assertEquals(List.of(), request.domains());
        assertEquals(OptionalLong.empty(), request.lifetimeSeconds());
    }

    @Test
    void refusesMembersOfARequestThatItDoesNotKnow() {
        assertThrows(
                JacksonException.class,
                () ->
                        Wire.strictJson()
                                .readValue(
                                        "{\"release\":1,\"force\":true}", RollbackRequest.class));
    }

    @Test
    void readsMissingTextAsEmptySoThatNothingIsEverNull() {
        assertEquals("", Wire.strictJson().readValue("{}", QueryRequest.class).sql());
        assertEquals(0, Wire.strictJson().readValue("{}", RollbackRequest.class).release());
    }

    @Test
    void writesEnumerationsInLowerCase() {
        assertEquals("\"committed\"", Wire.json().writeValueAsString(RunState.COMMITTED));
        assertEquals(RunState.REFUSED, Wire.json().readValue("\"refused\"", RunState.class));
    }

    @Test
    void carriesFilesByteForByte() {
        Manifests files =
                new Manifests(
                        List.of(new ManifestFile("a.yaml", new byte[] {0, -1, 10})),
                        Optional.empty());
        String json = Wire.json().writeValueAsString(files);
        assertTrue(json.contains("\"AP8K\""), json);
        assertEquals(files, Wire.strictJson().readValue(json, Manifests.class));
    }

    @Test
    void putsAProblemsFactsBesideItsMembersAndLetsNoneOverwriteThem() {
        Problem problem =
                new Problem(
                        ProblemCode.CONFLICT,
                        "moved on",
                        Map.of("status", 200, "revision", 7),
                        null);
        String json = Wire.json().writeValueAsString(ProblemBody.of(problem, "r"));
        assertTrue(json.contains("\"revision\":7"), json);
        assertTrue(json.contains("\"status\":409"), json);
        ProblemBody read = Wire.json().readValue(json, ProblemBody.class);
        assertEquals(ProblemCode.CONFLICT, read.toProblem().code());
        assertEquals(Map.of("revision", 7), read.extensions());
    }

    @Test
    void showsNoTokenInText() {
        assertTrue(!new Token("secret", java.time.Instant.EPOCH).toString().contains("secret"));
    }
}
