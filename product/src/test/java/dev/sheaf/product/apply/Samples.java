package dev.sheaf.product.apply;

import dev.sheaf.contract.Source;

import java.nio.charset.StandardCharsets;

/// Small manifests to try readers and planners with.
final class Samples {
    private Samples() {}

    static Source source(String name, String text) {
        return new Source(name, text.getBytes(StandardCharsets.UTF_8));
    }

    static Source domain(String name) {
        return domain(name, "aws/us-east-1");
    }

    static Source domain(String name, String region) {
        return source(
                name + ".yaml",
                """
                apiVersion: sheaf.dev/v1
                kind: Domain
                name: %s
                homeRegion: %s
                owner: %s@example.com
                """
                        .formatted(name, region, name));
    }

    static Source product(String domain, String name, String... more) {
        return source(
                domain + "-" + name + ".product.yaml",
                """
                apiVersion: v1.0.0
                kind: DataProduct
                id: %1$s.%2$s
                name: %2$s
                domain: %1$s
                version: 1.0.0
                status: active
                outputPorts:
                  - name: out
                    version: 1.0.0
                    contractId: %1$s.%2$s
                """
                                .formatted(domain, name)
                        + String.join("", more));
    }

    static Source contract(String domain, String name, String version, String... columns) {
        StringBuilder text =
                new StringBuilder(
                        """
                        apiVersion: v3.1.0
                        kind: DataContract
                        id: %1$s.%2$s
                        version: %3$s
                        status: active
                        schema:
                          - name: rows
                            properties:
                        """
                                .formatted(domain, name, version));
        for (String column : columns) {
            text.append("      - {name: ").append(column).append(", logicalType: integer}\n");
        }
        return source(domain + "-" + name + ".contract.yaml", text.toString());
    }
}
