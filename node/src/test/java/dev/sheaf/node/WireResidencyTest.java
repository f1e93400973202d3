package dev.sheaf.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sheaf.client.ContextKey;
import dev.sheaf.client.ContextRead;
import dev.sheaf.client.ContextWrite;
import dev.sheaf.client.QueryRequest;
import dev.sheaf.client.ResultTable;
import dev.sheaf.client.SheafClient;
import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.RegionName;
import dev.sheaf.node.links.WirePlaintext;
import dev.sheaf.node.links.WireTap;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/// What two nodes say to each other, read off the wire: whatever is asked, nothing passes that must
/// not leave its region.
final class WireResidencyTest extends TwoRegions {
    private static final List<String> BOTH = List.of(AWS, AZURE);
    private static final String MESH = "local";
    private static final String PURPOSE = "churn";

    /// Stands in the values of a product that its owner keeps in Europe altogether.
    private static final String KEPT = "keptvalue";

    /// Stands in rows that may be read in America too.
    private static final String SHOWN = "shownvalue";

    private static final String CONVERSATION =
            """
            apiVersion: sheaf.dev/v1
            kind: ContextType
            name: care.case
            domain: customer
            versions:
              - version: "1.0"
                schema:
                  type: object
                  additionalProperties: false
                  properties:
                    state: {type: string}
                    story: {type: string}
            fields:
              /story: {classification: pii}
            residency:
              regions: [aws/us-east-1, azure/westeurope]
            visibility:
              pii: [azure/westeurope]
            staleness: important
            """;

    private final Map<String, WireTap> taps = new HashMap<>();

    WireResidencyTest() {
        super("catalog.read", "query.run", "context.read", "context.write");
    }

    @Override
    int dialedPort(String region, String peer) {
        return Objects.requireNonNull(taps.get(region)).port();
    }

    @BeforeEach
    void listen() throws IOException, GeneralSecurityException {
        for (String region : BOTH) {
            taps.put(region, tap(region, region.equals(AWS) ? AZURE : AWS));
        }
        for (String region : BOTH) {
            startAmong(BOTH, region, "");
        }
    }

    /// At a port that no node is to have.
    private WireTap tap(String region, String peer) throws IOException, GeneralSecurityException {
        WireTap tap =
                new WireTap(
                        folder.resolve("ca"),
                        MESH,
                        RegionName.parse(region),
                        RegionName.parse(peer),
                        port(peer));
        if (BOTH.stream().anyMatch(each -> port(each) == tap.port())) {
            WireTap other = tap(region, peer);
            tap.close();
            return other;
        }
        return tap;
    }

    @AfterEach
    void hangUp() throws IOException {
        for (WireTap tap : taps.values()) {
            tap.close();
        }
    }

    private boolean isSaid(String text) {
        return taps.values().stream()
                .flatMap(tap -> tap.plaintexts().stream())
                .anyMatch(one -> one.says(text));
    }

    private void publish() throws IOException {
        SheafClient azure = operator(AZURE);
        SmallShop.publish(
                azure,
                folder,
                SmallShop.CUSTOMERS,
                AZURE,
                "{property: sheaf.retentionDays, value: 90}",
                "id integer, name string name, email string email, note string",
                """
                id,name,email,note
                10,Ada hushedvalue,ada@hushedvalue.example,shownvalue one
                11,Ben hushedvalue,ben@hushedvalue.example,shownvalue two
                """);
        SmallShop.publish(
                azure,
                folder,
                SmallShop.THINGS,
                AZURE,
                "{property: sheaf.residency, value: [azure/westeurope]}",
                "id integer, title string",
                """
                id,title
                1,keptvalue lamp
                2,keptvalue chair
                """);
    }

    private static ResultTable ask(SheafClient client, String sql) {
        return client.queryTable(
                new QueryRequest(
                        sql, OptionalInt.empty(), OptionalLong.empty(), Optional.of(PURPOSE)));
    }

    @Test
    void nothingThatMustStayIsOnTheWireWhateverIsAsked() throws IOException {
        publish();
        SheafClient america = as(AWS, "olga", "*");
        until("the catalog is there", () -> america.products().size() == 2);

        assertEquals(
                "[[10, null, null, shownvalue one], [11, null, null, shownvalue two]]",
                ask(america, "SELECT * FROM customer.customers ORDER BY id").rows().toString());
        ask(america, "SELECT max(name), min(email), count(DISTINCT name) FROM customer.customers");
        ask(america, "EXPLAIN SELECT name FROM customer.customers WHERE email > 'a'");
        ask(america, "SUMMARIZE SELECT * FROM customer.customers");
        america.sample(SmallShop.CUSTOMERS, 2, Optional.of(PURPOSE));
        for (String refused :
                List.of(
                        "SELECT CAST(email AS INTEGER) FROM customer.customers",
                        "SELECT error(name) FROM customer.customers",
                        "SELECT title FROM catalog.things",
                        "SELECT count(*) FROM catalog.things WHERE title LIKE 'kept%'",
                        "SELECT CAST(title AS INTEGER) FROM catalog.things")) {
            try {
                ask(america, refused);
            } catch (Problem problem) {
                assertFalse(problem.message().contains(SmallShop.HIDDEN), problem.message());
                assertFalse(problem.message().contains(KEPT), problem.message());
            }
        }
        assertThrows(Problem.class, () -> ask(america, "SELECT title FROM catalog.things"));
        america.product(SmallShop.CUSTOMERS);
        america.releases(SmallShop.CUSTOMERS);

        operator(AZURE).contexts().applyType("care.case", bytes(CONVERSATION));
        operator(AWS).contexts().applyType("care.case", bytes(CONVERSATION));
        ContextKey key = new ContextKey("care.case", "case-1");
        operator(AZURE)
                .contexts()
                .put(
                        key,
                        bytes("{\"state\": \"shownstate\", \"story\": \"hushedvalue told us\"}"),
                        ContextWrite.DEFAULT);
        until("the document is there, without its story", () -> isRead(key));

        // The tap does hear what may pass.
        assertTrue(isSaid(SHOWN), "rows that may pass");
        assertTrue(isSaid("customer.customers"), "names of products");
        assertTrue(isSaid("shownstate"), "fields of documents that may pass");
        assertFalse(isSaid(SmallShop.HIDDEN), "personal data of Europe");
        assertFalse(isSaid(KEPT), "what its owner keeps in Europe");
        assertEquals(
                0,
                taps.values().stream()
                        .flatMap(tap -> tap.plaintexts().stream())
                        .mapToInt(WirePlaintext::undecodable)
                        .sum(),
                "batches that were not looked into");
    }

    private boolean isRead(ContextKey key) {
        try {
            return operator(AWS)
                    .contexts()
                    .read(key, ContextRead.DEFAULT)
                    .value()
                    .toString()
                    .equals("{\"state\":\"shownstate\"}");
        } catch (Problem problem) {
            System.out.println(problem + " " + operator(AWS).contexts().links());
            return false;
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
