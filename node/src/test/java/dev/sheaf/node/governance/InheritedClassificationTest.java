package dev.sheaf.node.governance;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sheaf.contract.ColumnContract;
import dev.sheaf.contract.Source;
import dev.sheaf.contract.TableContract;
import dev.sheaf.kernel.ProductName;
import dev.sheaf.product.ProductSpec;
import dev.sheaf.product.apply.ProductSpecReader;
import dev.sheaf.product.transform.Lineage;

import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What columns inherit, from lineages as they are told.
final class InheritedClassificationTest {
    private final List<ProductSpec> declared = new ArrayList<>();

    private ProductSpec product(String name, String columns, String... inputs) {
        StringBuilder descriptor =
                new StringBuilder(
                        """
                        apiVersion: v1.0.0
                        kind: DataProduct
                        id: x.%1$s
                        name: %1$s
                        domain: x
                        version: 1.0.0
                        status: active
                        outputPorts:
                          - {name: out, version: 1.0.0, contractId: x.%1$s}
                        inputPorts:
                        """
                                .formatted(name));
        for (String input : inputs) {
            descriptor.append(
                    "  - {name: in, version: 1.0.0, contractId: x.%s}\n".formatted(input));
        }
        if (inputs.length == 0) {
            descriptor.append("  []\n");
        }
        String contract =
                """
                apiVersion: v3.1.0
                kind: DataContract
                id: x.%1$s
                version: 1.0.0
                status: active
                schema:
                  - name: %1$s
                    properties:
                """
                                .formatted(name)
                        + columns.indent(6);
        ProductSpec spec =
                new ProductSpecReader()
                        .read(
                                ProductName.parse("x." + name),
                                source("p.yaml", descriptor.toString()),
                                source("c.yaml", contract));
        declared.add(spec);
        return spec;
    }

    private static Source source(String name, String text) {
        return new Source(name, text.getBytes(StandardCharsets.UTF_8));
    }

    private TableContract inherited(ProductSpec product, Lineage lineage) {
        return new InheritedClassification(
                        () -> declared, asked -> asked.equals(product) ? lineage : Lineage.AS_IS)
                .of(product);
    }

    private static Map<String, String> classifications(TableContract table) {
        Map<String, String> found = new java.util.TreeMap<>();
        for (ColumnContract column : table.columns()) {
            found.put(
                    column.name(),
                    column.classification().orElse("") + String.join("+", column.tags()));
        }
        return found;
    }

    private static Lineage lineage(Map<String, Lineage.Sources> outputs) {
        return new Lineage(outputs, Optional.empty(), Lineage.Sources.NONE);
    }

    private static Lineage.Sources from(boolean isCopy, String... columns) {
        return new Lineage.Sources(Set.of(columns), isCopy, false);
    }

    private static final String PEOPLE =
            """
            - {name: id, logicalType: integer}
            - {name: email, physicalName: E_MAIL, logicalType: string, classification: email, tags: [contact]}
            - {name: salary, logicalType: number, classification: confidential}
            - {name: site, logicalType: string, tags: [not-personal, web]}
            """;

    @Test
    void copiesKeepTheKindAndComputedValuesDoNot() {
        product("people", PEOPLE);
        ProductSpec derived =
                product(
                        "derived",
                        """
                        - {name: mail, logicalType: string}
                        - {name: hash, logicalType: string}
                        - {name: band, logicalType: string}
                        - {name: id, logicalType: integer}
                        - {name: home, logicalType: string}
                        - {name: said, logicalType: string, classification: public}
                        - {name: none, logicalType: string, tags: [not-personal]}
                        """,
                        "people");
        assertEquals(
                Map.of(
                        "mail", "emailcontact",
                        "hash", "piicontact",
                        "band", "confidential",
                        "id", "",
                        "home", "web",
                        "said", "public",
                        "none", "not-personal"),
                classifications(
                        inherited(
                                derived,
                                lineage(
                                        Map.of(
                                                "mail", from(true, "e_mail"),
                                                "hash", from(false, "email", "id"),
                                                "band", from(false, "salary"),
                                                "id", from(true, "id"),
                                                "home", from(true, "site"),
                                                "said", from(true, "email"),
                                                "none", from(true, "email"))))));
    }

    @Test
    void whatCannotBeToldIsAsStrictAsTheStrictestSource() {
        product("people", PEOPLE);
        ProductSpec derived = product("derived", "- {name: a, logicalType: string}\n", "people");
        assertEquals(
                Map.of("a", "piicontact+web"),
                classifications(inherited(derived, Lineage.UNKNOWN)));
    }

    @Test
    void classificationsGoAlongChainsOfProductsAndEndInCircles() {
        product("people", PEOPLE, "last");
        product("middle", "- {name: email, logicalType: string}\n", "people");
        ProductSpec last = product("last", "- {name: email, logicalType: string}\n", "middle");
        assertEquals(
                Map.of("email", "emailcontact"), classifications(inherited(last, Lineage.AS_IS)));
    }

    @Test
    void aProductsOwnColumnsAreSourcesOfItsOthers() {
        ProductSpec own =
                product(
                        "own",
                        """
                        - {name: email, logicalType: string, classification: email}
                        - {name: host, logicalType: string}
                        - {name: day, logicalType: date}
                        """);
        assertEquals(
                Map.of("email", "email", "host", "pii", "day", ""),
                classifications(
                        inherited(
                                own,
                                lineage(
                                        Map.of(
                                                "email", from(true, "email"),
                                                "host", from(false, "email"),
                                                "day", from(true, "day"))))));
    }

    @Test
    void withoutInputsAndClassificationsNothingChangesAndNobodyIsAsked() {
        ProductSpec plain = product("plain", "- {name: email, logicalType: string}\n");
        TableContract table =
                new InheritedClassification(
                                () -> declared,
                                asked -> {
                                    throw new AssertionError("no lineage is needed");
                                })
                        .of(plain);
        assertEquals(plain.table(), table);
    }
}
