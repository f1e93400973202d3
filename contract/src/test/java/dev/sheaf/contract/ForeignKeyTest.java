package dev.sheaf.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// Which relationships of ODCS 3.1 are foreign keys, and of what.
final class ForeignKeyTest {
    private static final String HEAD =
            """
            apiVersion: v3.1.0
            kind: DataContract
            id: shop
            version: 1.0.0
            status: active
            schema:
              - {id: c_tbl, name: customers, properties: [{id: c_id, name: id, logicalType: integer},
                 {name: area, logicalType: string}]}
              - name: orders
            """;

    private static String keys(String table) {
        return ContractReader.read(TestData.yaml(HEAD + table)).tables().stream()
                .filter(each -> each.name().equals("orders"))
                .flatMap(each -> each.foreignKeys().stream())
                .map(ForeignKeyTest::shown)
                .collect(Collectors.joining("; "));
    }

    private static String shown(ForeignKey key) {
        return String.join(" ", key.columns())
                + " > "
                + key.document().map(file -> file + "#").orElse("")
                + key.table()
                + " "
                + String.join(" ", key.references());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "customers.id | customer > customers id",
                "orders.id | customer > orders id",
                "schema/customers/properties/id | customer > customers id",
                "/schema/c_tbl/properties/c_id | customer > customers id",
                "crm.yaml#/schema/people/properties/key | customer > crm.yaml#people key",
                "https://c.example/a/crm.yaml#schema/people/properties/key"
                        + " | customer > https://c.example/a/crm.yaml#people key",
                "schema/customers | ''",
                "schema/customers/properties/address/properties/street | ''",
            })
    void aColumnsRelationshipIsAKeyOfThatColumn(String to, String expected) {
        assertEquals(
                expected,
                keys(
                        """
                            properties:
                              - {name: id, logicalType: integer}
                              - name: customer
                                logicalType: integer
                                relationships: [{to: '%s'}]
                        """
                                .formatted(to)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{from: orders.customer, to: customers.id} | customer > customers id",
                "{type: foreignKey, from: [orders.customer, orders.area], to: [customers.id,"
                        + " customers.area]} | customer area > customers id area",
                "{from: [orders.customer, orders.area], to: [customers.id]} | ''",
                "{from: [orders.customer, customers.area], to: [customers.id, customers.area]} |"
                        + " ''",
                "{from: [orders.customer, orders.area], to: [customers.id, orders.area]} | ''",
            })
    void aTablesRelationshipIsAKeyOfOneOrMoreColumns(String relationship, String expected) {
        assertEquals(
                expected,
                keys(
                        """
                            relationships: [%s]
                            properties:
                              - {name: customer, logicalType: integer}
                              - {name: area, logicalType: string}
                        """
                                .formatted(relationship)));
    }

    @Test
    void columnsCorrespond() {
        assertThrows(
                IllegalArgumentException.class,
                () -> new ForeignKey(List.of("a"), Optional.empty(), "t", List.of("b", "c")));
        assertThrows(
                IllegalArgumentException.class,
                () -> new ForeignKey(List.of(), Optional.empty(), "t", List.of()));
    }
}
