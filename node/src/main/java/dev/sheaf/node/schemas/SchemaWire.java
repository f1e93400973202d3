package dev.sheaf.node.schemas;

import dev.sheaf.client.Wire;
import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;
import dev.sheaf.kernel.RegionName;
import dev.sheaf.node.links.BytesMethod;

import io.grpc.MethodDescriptor;

import tools.jackson.core.JacksonException;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;

/// Orders between regions, as JSON in one call of gRPC.
final class SchemaWire {
    static final MethodDescriptor<byte[], byte[]> METHOD = BytesMethod.of("sheaf.Schemas", "Order");

    private SchemaWire() {}

    /// @param token the caller's own
    record Question(SchemaOrder order, String token) {}

    /// @param code of a problem, absent when there is none
    /// @param number of the problem in Confluent's interface
    record Answered(
            Optional<SchemaAnswer> answer,
            Optional<String> code,
            Optional<String> message,
            Optional<Integer> number) {}

    static byte[] question(SchemaOrder order, String token) {
        return Wire.json().writeValueAsBytes(new Question(order, token));
    }

    static Question question(byte[] bytes) {
        try {
            return Wire.json().readValue(bytes, Question.class);
        } catch (JacksonException e) {
            throw new Problem(ProblemCode.BAD_REQUEST, "the order is no JSON of its kind", e);
        }
    }

    static byte[] answer(SchemaAnswer answer) {
        return Wire.json()
                .writeValueAsBytes(
                        new Answered(
                                Optional.of(answer),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty()));
    }

    static byte[] problem(Problem problem) {
        return Wire.json()
                .writeValueAsBytes(
                        new Answered(
                                Optional.empty(),
                                Optional.of(problem.code().name()),
                                Optional.of(problem.message()),
                                Optional.of(SchemaFaults.number(problem))));
    }

    /// @throws Problem what the region says, with its name
    static SchemaAnswer answer(RegionName region, byte[] bytes) {
        Answered answered;
        try {
            answered = Wire.json().readValue(bytes, Answered.class);
        } catch (JacksonException e) {
            throw nonsense(region, e);
        }
        if (answered.answer().isPresent()) {
            return answered.answer().get();
        }
        String name = answered.code().orElseThrow(() -> nonsense(region, null));
        throw new Problem(
                Arrays.stream(ProblemCode.values())
                        .filter(code -> code.name().equals(name))
                        .findFirst()
                        .orElse(ProblemCode.INTERNAL),
                region + ": " + answered.message().orElse("no reason given"),
                answered.number()
                        .<Map<String, Object>>map(number -> Map.of(SchemaFaults.NUMBER, number))
                        .orElse(Map.of()),
                null);
    }

    private static Problem nonsense(
            RegionName region, @org.jspecify.annotations.Nullable Throwable cause) {
        return new Problem(
                ProblemCode.UNAVAILABLE, region + " has answered what is no answer", cause);
    }
}
