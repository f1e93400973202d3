package dev.sheaf.rego.builtin.web;

import dev.sheaf.rego.builtin.Builtin;
import dev.sheaf.rego.builtin.BuiltinFault;
import dev.sheaf.rego.builtin.Surroundings;
import dev.sheaf.rego.value.BooleanValue;
import dev.sheaf.rego.value.JsonValues;
import dev.sheaf.rego.value.NumberValue;
import dev.sheaf.rego.value.ObjectValue;
import dev.sheaf.rego.value.SetValue;
import dev.sheaf.rego.value.StringValue;
import dev.sheaf.rego.value.Value;

import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// `providers.aws.sign_req`: adds the headers to a request that prove who sends it (AWS Signature
/// Version 4).
final class SigningBuiltins {
    private static final List<String> CONFIGURATION =
            List.of("aws_service", "aws_access_key", "aws_secret_access_key", "aws_region");
    private static final int NANOS = 1_000_000_000;

    private SigningBuiltins() {}

    static List<Builtin> all() {
        return List.of(
                Builtin.of(
                        "providers.aws.sign_req",
                        "object, object, number -> object",
                        SigningBuiltins::sign));
    }

    private static Value sign(Value[] arguments, Surroundings surroundings) {
        ObjectValue request = (ObjectValue) arguments[0];
        ObjectValue configuration = (ObjectValue) arguments[1];
        checkConfiguration(configuration);
        NumberValue time = (NumberValue) arguments[2];
        if (!time.isWrittenAsInteger()) {
            throw BuiltinFault.type(
                    "operand 3 could not convert time_ns value into a unix timestamp");
        }
        HttpRequests.check(request);
        ObjectValue headers = headers(request);
        SetValue wrong = HttpRequests.notText(request, List.of("url", "method"));
        if (wrong.size() > 0) {
            throw BuiltinFault.type(
                    "operand 1 invalid values for required request parameters(s): %s", wrong);
        }
        byte[] body = body(request).getBytes(StandardCharsets.UTF_8);
        surroundings.work(100 + (body.length >> 8));
        RequestSignature signature =
                new RequestSignature(
                        text(configuration.get("aws_service")),
                        text(configuration.get("aws_region")),
                        text(configuration.get("aws_access_key")),
                        text(configuration.get("aws_secret_access_key")),
                        text(configuration.get("aws_session_token")),
                        instant(time.longValue()),
                        isPayloadSigned(configuration));
        Map<String, String> given = new TreeMap<>();
        headers.forEach((name, value) -> given.put(text(name), text(value)));
        ObjectValue.Builder signed = new ObjectValue.Builder();
        given.forEach((name, value) -> signed.put(name, StringValue.of(value)));
        signature
                .headers(text(request.get("method")), text(request.get("url")), given, body)
                .forEach((name, value) -> signed.put(name, StringValue.of(value)));
        return new ObjectValue.Builder().putAll(request).put("headers", signed.build()).build();
    }

    private static Instant instant(long nanos) {
        return Instant.ofEpochSecond(Math.floorDiv(nanos, NANOS), Math.floorMod(nanos, NANOS));
    }

    private static void checkConfiguration(ObjectValue configuration) {
        SetValue missing = HttpRequests.missing(configuration, CONFIGURATION);
        if (missing.size() > 0) {
            throw BuiltinFault.type(
                    "operand 2 missing required AWS config parameters(s): %s", missing);
        }
        SetValue wrong = HttpRequests.notText(configuration, CONFIGURATION);
        if (wrong.size() > 0) {
            throw BuiltinFault.type(
                    "operand 2 invalid values for required AWS config parameters(s): %s", wrong);
        }
    }

    private static boolean isPayloadSigned(ObjectValue configuration) {
        return switch (configuration.get("disable_payload_signing")) {
            case null -> true;
            case BooleanValue bool -> !bool.value();
            default ->
                    throw BuiltinFault.type(
                            "operand 2 invalid value for 'disable_payload_signing' in AWS config");
        };
    }

    private static ObjectValue headers(ObjectValue request) {
        return switch (request.get("headers")) {
            case null -> ObjectValue.EMPTY;
            case ObjectValue object -> object;
            case Value other ->
                    throw BuiltinFault.type(
                            "operand 0 must be object but got %s", other.typeName());
        };
    }

    private static String body(ObjectValue request) {
        Value raw = request.get("raw_body");
        if (raw != null) {
            return text(raw);
        }
        Value body = request.get("body");
        return body == null ? "" : JsonValues.text(body);
    }

    /// Empty for what is none.
    private static String text(@Nullable Value value) {
        return value instanceof StringValue text ? text.value() : "";
    }
}
