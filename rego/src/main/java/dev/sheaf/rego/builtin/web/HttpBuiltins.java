package dev.sheaf.rego.builtin.web;

import dev.sheaf.rego.builtin.Builtin;
import dev.sheaf.rego.builtin.BuiltinFault;
import dev.sheaf.rego.builtin.Capability;
import dev.sheaf.rego.builtin.Surroundings;
import dev.sheaf.rego.value.BooleanValue;
import dev.sheaf.rego.value.NumberValue;
import dev.sheaf.rego.value.ObjectValue;
import dev.sheaf.rego.value.StringValue;
import dev.sheaf.rego.value.Value;

import java.util.List;

/// `http.send`: checks the request and hands it on. One evaluation sends equal requests once.
final class HttpBuiltins {
    private static final String NAME = "http.send";
    private static final int REQUEST_STEPS = 1_000;

    private HttpBuiltins() {}

    static List<Builtin> all() {
        return List.of(
                Builtin.of(NAME, "object -> object", Capability.NETWORK, HttpBuiltins::send));
    }

    private static Value send(Value[] arguments, Surroundings surroundings) {
        ObjectValue request = (ObjectValue) arguments[0];
        boolean isRaised = isRaised(request);
        try {
            HttpRequests.check(request);
        } catch (BuiltinFault fault) {
            if (isRaised) {
                throw fault;
            }
            String message = fault.code() + ": " + NAME + ": " + fault.getMessage();
            return failure("eval_http_send_internal_error", message);
        }
        surroundings.work(REQUEST_STEPS);
        Surroundings.HttpSender sender =
                surroundings
                        .http()
                        .orElseThrow(() -> BuiltinFault.of("no requests can be sent from here"));
        try {
            return surroundings.remembered(List.of(NAME, request), () -> sender.send(request));
        } catch (BuiltinFault fault) {
            if (isRaised) {
                throw fault;
            }
            return failure("eval_http_send_network_error", String.valueOf(fault.getMessage()));
        }
    }

    private static boolean isRaised(ObjectValue request) {
        return switch (request.get("raise_error")) {
            case null -> true;
            case BooleanValue bool -> bool.value();
            default -> throw BuiltinFault.of("invalid value for raise_error field");
        };
    }

    private static Value failure(String code, String message) {
        return new ObjectValue.Builder()
                .put("status_code", NumberValue.of(0))
                .put(
                        "error",
                        new ObjectValue.Builder()
                                .put("code", StringValue.of(code))
                                .put("message", StringValue.of(message))
                                .build())
                .build();
    }
}
