package dev.sheaf.node.tracing;

import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// Where spans go, and which: as the configuration says, and OpenTelemetry's environment variables
/// instead of it.
///
/// @param endpoint the whole address of traces
/// @param headers of each export
/// @param resource what this node is
/// @param share of the traces that begin here which are recorded, 0 to 1
record TracingSettings(
        URI endpoint, Map<String, String> headers, Map<String, String> resource, double share) {
    private static final String TRACES = "v1/traces";

    TracingSettings {
        headers = Map.copyOf(headers);
        resource = Map.copyOf(resource);
    }

    /// Without the headers, which may hold secrets.
    @Override
    public String toString() {
        return "TracingSettings[" + endpoint + "]";
    }

    /// @param configured the base address of the configuration
    /// @param variables of the environment
    /// @param own what this node is
    /// @return empty when nothing is to be exported
    /// @throws Problem INVALID_CONFIGURATION
    static Optional<TracingSettings> of(
            Optional<String> configured, Map<String, String> variables, Map<String, String> own) {
        if (isTrue(variables, "OTEL_SDK_DISABLED")
                || variables.getOrDefault("OTEL_TRACES_EXPORTER", "otlp").equals("none")) {
            return Optional.empty();
        }
        Optional<String> exact = given(variables, "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT");
        Optional<String> base =
                given(variables, "OTEL_EXPORTER_OTLP_ENDPOINT").or(() -> configured);
        if (exact.isEmpty() && base.isEmpty()) {
            return Optional.empty();
        }
        URI endpoint =
                exact.map(TracingSettings::address)
                        .orElseGet(() -> address(base.orElseThrow() + slash(base.get()) + TRACES));
        Map<String, String> headers = new LinkedHashMap<>();
        headers.putAll(pairs(variables, "OTEL_EXPORTER_OTLP_HEADERS"));
        headers.putAll(pairs(variables, "OTEL_EXPORTER_OTLP_TRACES_HEADERS"));
        Map<String, String> resource = new LinkedHashMap<>(own);
        resource.putAll(pairs(variables, "OTEL_RESOURCE_ATTRIBUTES"));
        given(variables, "OTEL_SERVICE_NAME").ifPresent(name -> resource.put("service.name", name));
        return Optional.of(new TracingSettings(endpoint, headers, resource, share(variables)));
    }

    private static String slash(String base) {
        return base.endsWith("/") ? "" : "/";
    }

    private static URI address(String text) {
        try {
            URI uri = URI.create(text);
            if (("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()))
                    && uri.getHost() != null) {
                return uri;
            }
        } catch (IllegalArgumentException e) {
            throw wrong(text, e);
        }
        throw wrong(text, null);
    }

    private static Problem wrong(String text, @org.jspecify.annotations.Nullable Exception cause) {
        return new Problem(
                ProblemCode.INVALID_CONFIGURATION,
                "'"
                        + text
                        + "' is no address to export spans to (tracing.endpoint, or"
                        + " OTEL_EXPORTER_OTLP_ENDPOINT): write http://host:4318; spans go over"
                        + " HTTP, in JSON",
                cause);
    }

    /// The samplers that take a share; the others record all or none of what begins here.
    private static double share(Map<String, String> variables) {
        String sampler = variables.getOrDefault("OTEL_TRACES_SAMPLER", "parentbased_always_on");
        String share = variables.getOrDefault("OTEL_TRACES_SAMPLER_ARG", "1");
        return switch (sampler) {
            case "always_on", "parentbased_always_on" -> 1;
            case "always_off", "parentbased_always_off" -> 0;
            case "traceidratio", "parentbased_traceidratio" -> ratio(share);
            default ->
                    throw new Problem(
                            ProblemCode.INVALID_CONFIGURATION,
                            "OTEL_TRACES_SAMPLER is '"
                                    + sampler
                                    + "': known are parentbased_always_on, parentbased_always_off"
                                    + " and parentbased_traceidratio");
        };
    }

    private static double ratio(String text) {
        try {
            double ratio = Double.parseDouble(text);
            if (ratio >= 0 && ratio <= 1) {
                return ratio;
            }
        } catch (NumberFormatException e) {
            throw noRatio(text, e);
        }
        throw noRatio(text, null);
    }

    private static Problem noRatio(
            String text, @org.jspecify.annotations.Nullable Exception cause) {
        return new Problem(
                ProblemCode.INVALID_CONFIGURATION,
                "OTEL_TRACES_SAMPLER_ARG is '" + text + "': write a share from 0 to 1",
                cause);
    }

    private static boolean isTrue(Map<String, String> variables, String name) {
        return variables.getOrDefault(name, "").equalsIgnoreCase("true");
    }

    private static Optional<String> given(Map<String, String> variables, String name) {
        return Optional.ofNullable(variables.get(name)).filter(text -> !text.isBlank());
    }

    /// `name=value`, by commas, the values with percent signs.
    private static Map<String, String> pairs(Map<String, String> variables, String name) {
        Map<String, String> pairs = new LinkedHashMap<>();
        for (String pair : variables.getOrDefault(name, "").split(",", -1)) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                pairs.put(
                        pair.substring(0, equals).strip(),
                        URLDecoder.decode(
                                pair.substring(equals + 1).strip().replace("+", "%2B"),
                                StandardCharsets.UTF_8));
            }
        }
        return pairs;
    }
}
