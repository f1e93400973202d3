package dev.sheaf.node;

import dev.sheaf.client.ManifestFile;
import dev.sheaf.client.Manifests;
import dev.sheaf.client.RunInfo;
import dev.sheaf.client.RunState;
import dev.sheaf.client.SheafClient;
import dev.sheaf.client.Upload;
import dev.sheaf.kernel.ProductName;

import org.junit.jupiter.api.Assertions;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// A small product at home in azure/westeurope that every region may have, for tests of the
/// catalog.
final class SharedNotes {
    static final ProductName NAME = ProductName.parse("shop.notes");

    private SharedNotes() {}

    /// @param home of its domain
    /// @param properties of its table, one to a line, as in `- {property: sheaf.export, value: []}`
    static Manifests manifests(String home, String version, String... properties) {
        String custom =
                properties.length == 0
                        ? ""
                        : "    customProperties:\n      "
                                + String.join("\n      ", properties)
                                + "\n";
        return new Manifests(
                List.of(
                        file(
                                "domain.yaml",
                                """
                                apiVersion: sheaf.dev/v1
                                kind: Domain
                                name: shop
                                homeRegion: %s
                                owner: shop@example.com
                                """
                                        .formatted(home)),
                        file(
                                "notes.product.yaml",
                                """
                                apiVersion: v1.0.0
                                kind: DataProduct
                                id: shop.notes
                                name: notes
                                domain: shop
                                version: 1.0.0
                                status: active
                                description: {purpose: What we noted in the shop.}
                                outputPorts:
                                  - {name: notes, version: 1.0.0, contractId: shop.notes}
                                customProperties:
                                  - property: sheaf.transform
                                    value: "SELECT id, text FROM input WHERE text <> 'hushword'"
                                """),
                        file(
                                "notes.contract.yaml",
                                """
                                apiVersion: v3.1.0
                                kind: DataContract
                                id: shop.notes
                                version: %s
                                status: active
                                domain: shop
                                dataProduct: notes
                                schema:
                                  - name: notes
                                    physicalType: table
                                %s    properties:
                                      - name: id
                                        logicalType: integer
                                        required: true
                                        primaryKey: true
                                        primaryKeyPosition: 1
                                        logicalTypeOptions: {minimum: -77123}
                                      - name: text
                                        logicalType: string
                                        examples: [exampleword]
                                """
                                        .formatted(version, custom))),
                Optional.empty());
    }

    /// The same under another name, that all may know of.
    static Manifests of(ProductName name, String home) {
        Manifests notes = manifests(home, "1.0.0");
        return new Manifests(
                notes.files().stream()
                        .map(file ->
                                file(
                                        file.path(),
                                        new String(file.content(), StandardCharsets.UTF_8)
                                                .replace("shop", name.domain().value())))
                        .toList(),
                notes.expectedPlan());
    }

    private static ManifestFile file(String name, String text) {
        return new ManifestFile(name, text.getBytes(StandardCharsets.UTF_8));
    }

    static void publish(SheafClient client, Path folder, String csv) throws IOException {
        Path file = folder.resolve("notes-" + Integer.toHexString(csv.hashCode()) + ".csv");
        Files.writeString(file, csv);
        RunInfo run = client.publish(NAME, List.of(Upload.of(file)), false, bytes -> {});
        Assertions.assertEquals(
                RunState.COMMITTED, client.await(run.id(), any -> {}).state(), run::toString);
    }
}
