package dev.sheaf.node.config;

import java.util.Optional;

/// Where the node's spans go. OpenTelemetry's environment variables (OTEL_…) go before this.
public record TracingConfig(
        @Setting(
                        "Base address of an OpenTelemetry collector, as in http://host:4318; spans"
                                + " are sent to v1/traces there. Nothing is recorded without one.")
                Optional<String> endpoint) {}
