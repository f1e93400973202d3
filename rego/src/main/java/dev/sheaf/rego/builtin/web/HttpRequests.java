package dev.sheaf.rego.builtin.web;

import dev.sheaf.rego.builtin.BuiltinFault;
import dev.sheaf.rego.value.ObjectValue;
import dev.sheaf.rego.value.SetValue;
import dev.sheaf.rego.value.StringValue;
import dev.sheaf.rego.value.Value;

import java.util.List;
import java.util.Set;

/// What a request for `http.send` must and may have.
final class HttpRequests {
    private static final List<String> REQUIRED = List.of("method", "url");
    private static final Set<String> ALLOWED =
            Set.of(
                    "method",
                    "url",
                    "body",
                    "enable_redirect",
                    "force_json_decode",
                    "force_yaml_decode",
                    "headers",
                    "raw_body",
                    "tls_use_system_certs",
                    "tls_ca_cert",
                    "tls_ca_cert_file",
                    "tls_ca_cert_env_variable",
                    "tls_client_cert",
                    "tls_client_cert_file",
                    "tls_client_cert_env_variable",
                    "tls_client_key",
                    "tls_client_key_file",
                    "tls_client_key_env_variable",
                    "tls_insecure_skip_verify",
                    "tls_server_name",
                    "timeout",
                    "cache",
                    "force_cache",
                    "force_cache_duration_seconds",
                    "raise_error",
                    "caching_mode",
                    "max_retry_attempts",
                    "cache_ignored_headers");

    private HttpRequests() {}

    /// @throws BuiltinFault when a parameter is missing or not known
    static void check(ObjectValue request) {
        SetValue.Builder unknown = new SetValue.Builder();
        request.forEach((key, value) -> {
            if (!(key instanceof StringValue name) || !ALLOWED.contains(name.value())) {
                unknown.add(key);
            }
        });
        if (unknown.size() > 0) {
            throw BuiltinFault.type("operand 1 invalid request parameters(s): %s", unknown.build());
        }
        SetValue missing = missing(request, REQUIRED);
        if (missing.size() > 0) {
            throw BuiltinFault.type(
                    "operand 1 missing required request parameters(s): %s", missing);
        }
    }

    /// Those of the names that the object does not have.
    static SetValue missing(ObjectValue object, List<String> names) {
        SetValue.Builder missing = new SetValue.Builder();
        for (String name : names) {
            if (object.get(name) == null) {
                missing.add(StringValue.of(name));
            }
        }
        return missing.build();
    }

    /// Those of the names whose values are no texts.
    static SetValue notText(ObjectValue object, List<String> names) {
        SetValue.Builder wrong = new SetValue.Builder();
        for (String name : names) {
            Value value = object.get(name);
            if (value != null && !(value instanceof StringValue)) {
                wrong.add(StringValue.of(name));
            }
        }
        return wrong.build();
    }
}
