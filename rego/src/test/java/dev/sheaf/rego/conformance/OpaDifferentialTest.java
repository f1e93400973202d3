package dev.sheaf.rego.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sheaf.rego.builtin.Expressions;
import dev.sheaf.rego.builtin.FixedSurroundings;
import dev.sheaf.rego.engine.CompileOptions;
import dev.sheaf.rego.engine.EvaluationFault;
import dev.sheaf.rego.engine.Limits;
import dev.sheaf.rego.engine.Policies;
import dev.sheaf.rego.engine.Query;
import dev.sheaf.rego.syntax.Parser;
import dev.sheaf.rego.syntax.PolicyFault;
import dev.sheaf.rego.syntax.RegoVersion;
import dev.sheaf.rego.value.JsonValues;
import dev.sheaf.rego.value.ObjectValue;
import dev.sheaf.rego.value.Value;

import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/// Random policies and inputs, answered by the real `opa` and by us. Runs where `opa` is on the
/// path, or named by the property `sheaf.opa`. What `opa` refuses, by its static types for example,
/// is not compared.
final class OpaDifferentialTest {
    private static final int POLICIES = Integer.getInteger("sheaf.opa.policies", 60);
    private static final JsonMapper JSON = new JsonMapper();

    @TempDir Path folder;

    private static Optional<Path> opa() {
        String named = System.getProperty("sheaf.opa");
        if (named != null) {
            return Optional.of(Path.of(named));
        }
        for (String part : System.getenv().getOrDefault("PATH", "").split(":")) {
            Path file = Path.of(part, "opa");
            if (Files.isExecutable(file)) {
                return Optional.of(file);
            }
        }
        return Optional.empty();
    }

    @Test
    void ourAnswersAreThoseOfOpa() throws IOException, InterruptedException {
        Optional<Path> opa = opa();
        Assumptions.assumeTrue(opa.isPresent(), "there is no opa on this machine");
        long first = Long.getLong("sheaf.opa.seed", new Random().nextInt(1_000_000));
        List<String> differences = new ArrayList<>();
        int answered = 0;
        for (long seed = first; seed < first + POLICIES; seed++) {
            RandomPolicies policies = new RandomPolicies(seed);
            String module = policies.module();
            String input = policies.input();
            Optional<Value> theirs = theirs(opa.get(), module, input);
            Optional<Value> ours = ours(module, input);
            answered += theirs.isPresent() ? 1 : 0;
            if (theirs.isPresent() && !theirs.equals(ours)) {
                differences.add(
                        "seed %d%n%s%ninput %s%nopa  %s%nours %s%n"
                                .formatted(seed, module, input, theirs, ours));
            }
        }
        assertEquals(List.of(), differences, () -> String.join("\n", differences));
        assertTrue(answered > POLICIES / 5, "opa answered only " + answered);
    }

    /// Empty where there is an error.
    private Optional<Value> theirs(Path opa, String module, String input)
            throws IOException, InterruptedException {
        Path policy = folder.resolve("t.rego");
        Path document = folder.resolve("input.json");
        Files.writeString(policy, module);
        Files.writeString(document, input);
        Path output = folder.resolve("output.json");
        Process process =
                new ProcessBuilder(
                                opa.toString(),
                                "eval",
                                "-d",
                                policy.toString(),
                                "-i",
                                document.toString(),
                                "data.t")
                        .redirectOutput(output.toFile())
                        .redirectError(ProcessBuilder.Redirect.DISCARD)
                        .start();
        assertTrue(process.waitFor(1, TimeUnit.MINUTES));
        JsonNode answer = JSON.readTree(output);
        JsonNode value = answer.path("result").path(0).path("expressions").path(0).path("value");
        return value.isMissingNode() ? Optional.empty() : Optional.of(JsonValues.of(value));
    }

    private static Optional<Value> ours(String module, String input) {
        try {
            Policies policies =
                    Policies.compile(
                            List.of(Parser.module("t.rego", module, RegoVersion.V1)),
                            CompileOptions.DEFAULT);
            FixedSurroundings.World world =
                    new FixedSurroundings.World(
                            new Random(1),
                            new Expressions(),
                            Optional.empty(),
                            Optional.empty(),
                            ObjectValue.EMPTY,
                            line -> {});
            List<ObjectValue> found =
                    policies.query("x = data.t")
                            .results(
                                    new Query.Facts(
                                            Optional.of(JsonValues.parse(input)),
                                            ObjectValue.EMPTY,
                                            false),
                                    Limits.DEFAULT,
                                    System::nanoTime,
                                    work -> new FixedSurroundings(world, 0, work::done));
            Value value = found.isEmpty() ? null : found.getFirst().get("x");
            return Optional.ofNullable(value).map(each -> JsonValues.of(JsonValues.toJson(each)));
        } catch (PolicyFault | EvaluationFault fault) {
            return Optional.empty();
        }
    }
}
