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

/// Three products in three regions, for tests of statements over them: orders, their customers
/// (personal data of Europe) and the things that were ordered.
final class SmallShop {
    static final ProductName ORDERS = ProductName.parse("sales.orders");
    static final ProductName CUSTOMERS = ProductName.parse("customer.customers");
    static final ProductName THINGS = ProductName.parse("catalog.things");

    /// Stands in values that leave Europe in no form.
    static final String HIDDEN = "hushedvalue";

    private SmallShop() {}

    static void open(SheafClient aws, SheafClient azure, SheafClient gcp, Path folder)
            throws IOException {
        publish(
                aws,
                folder,
                ORDERS,
                "aws/us-east-1",
                "",
                "id integer, customer integer, thing integer, amount integer",
                """
                id,customer,thing,amount
                1,10,100,5
                2,10,101,7
                3,11,100,1
                4,12,102,9
                """);
        publish(
                azure,
                folder,
                CUSTOMERS,
                "azure/westeurope",
                "{property: sheaf.retentionDays, value: 90}",
                "id integer, name string name, email string email, country string",
                """
                id,name,email,country
                10,Ada hushedvalue,ada@hushedvalue.example,FR
                11,Ben hushedvalue,ben@hushedvalue.example,DE
                12,Cid hushedvalue,cid@hushedvalue.example,FR
                """);
        publish(
                gcp,
                folder,
                THINGS,
                "gcp/europe-west1",
                "",
                "id integer, title string, category string",
                """
                id,title,category
                100,lamp,light
                101,chair,seat
                102,torch,light
                """);
    }

    /// @param columns each `name type` or `name type classification`, between commas
    /// @param property of the table, as YAML; may be empty
    static void publish(
            SheafClient home,
            Path folder,
            ProductName name,
            String region,
            String property,
            String columns,
            String csv)
            throws IOException {
        home.apply(manifests(name, region, property, columns));
        Path file = folder.resolve(name + ".csv");
        Files.writeString(file, csv);
        RunInfo run = home.publish(name, List.of(Upload.of(file)), false, bytes -> {});
        RunInfo ended = home.await(run.id(), any -> {});
        Assertions.assertEquals(RunState.COMMITTED, ended.state(), ended::toString);
    }

    static Manifests manifests(ProductName name, String region, String property, String columns) {
        StringBuilder properties = new StringBuilder();
        for (String column : columns.split(", ")) {
            String[] words = column.split(" ");
            properties
                    .append("      - name: ")
                    .append(words[0])
                    .append("\n        logicalType: ")
                    .append(words[1])
                    .append(
                            words.length > 2
                                    ? "\n        classification: " + words[2] + "\n"
                                    : "\n        tags: [not-personal]\n");
        }
        String table =
                property.isEmpty() ? "" : "    customProperties:\n      - " + property + "\n";
        return new Manifests(
                List.of(
                        file(
                                name.domain() + ".yaml",
                                """
                                apiVersion: sheaf.dev/v1
                                kind: Domain
                                name: %s
                                homeRegion: %s
                                owner: owner@example.com
                                """
                                        .formatted(name.domain(), region)),
                        file(
                                name.name() + ".product.yaml",
                                """
                                apiVersion: v1.0.0
                                kind: DataProduct
                                id: %1$s
                                name: %2$s
                                domain: %3$s
                                version: 1.0.0
                                status: active
                                description: {purpose: For tests.}
                                outputPorts:
                                  - {name: %2$s, version: 1.0.0, contractId: %1$s}
                                """
                                        .formatted(name, name.name(), name.domain())),
                        file(
                                name.name() + ".contract.yaml",
                                """
                                apiVersion: v3.1.0
                                kind: DataContract
                                id: %1$s
                                version: 1.0.0
                                status: active
                                domain: %3$s
                                dataProduct: %2$s
                                schema:
                                  - name: %2$s
                                    physicalType: table
                                %4$s    properties:
                                %5$s\
                                """
                                        .formatted(
                                                name,
                                                name.name(),
                                                name.domain(),
                                                table,
                                                properties))),
                Optional.empty());
    }

    private static ManifestFile file(String name, String text) {
        return new ManifestFile(name, text.getBytes(StandardCharsets.UTF_8));
    }
}
