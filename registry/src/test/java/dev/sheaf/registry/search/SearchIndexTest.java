package dev.sheaf.registry.search;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;
import dev.sheaf.kernel.ProductName;
import dev.sheaf.kernel.RegionName;
import dev.sheaf.registry.search.SearchAnswer.Count;
import dev.sheaf.registry.search.SearchAnswer.Hit;
import dev.sheaf.registry.search.SearchAnswer.Match;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;

final class SearchIndexTest {
    private final SearchIndex index = SearchIndex.inMemory(Runnable::run);

    @BeforeEach
    void fill() {
        index.put(
                document(
                        "sales.orders",
                        "aws/us-east-1",
                        "Orders",
                        "What customers bought.",
                        "sales-team@example.com",
                        List.of("core"),
                        column("order_id", ""),
                        column("customerEmail", "pii")));
        index.put(
                document(
                        "finance.purchase-orders",
                        "azure/westeurope",
                        "Purchase orders",
                        "Open orders with vendors.",
                        "finance@example.com",
                        List.of("core", "finance"),
                        column("vendorNumber", ""),
                        column("amount", "confidential")));
        index.put(
                document(
                        "customer.customers",
                        "azure/westeurope",
                        "Customers",
                        "People who buy; their Straße and city.",
                        "crm@example.com",
                        List.of("core"),
                        column("email", "pii"),
                        column("phone", "pii")));
        index.put(
                document(
                        "inventory.stock",
                        "gcp/europe-west1",
                        "Stock levels",
                        "Pieces on hand, by warehouse.",
                        "logistics@example.com",
                        List.of(),
                        column("reorder_point", "")));
        index.refresh();
    }

    @AfterEach
    void close() {
        index.close();
    }

    static SearchDocument.Column column(String name, String classification) {
        return new SearchDocument.Column(name, "", classification, List.of());
    }

    static SearchDocument document(
            String name,
            String home,
            String title,
            String description,
            String owner,
            List<String> tags,
            SearchDocument.Column... columns) {
        return new SearchDocument(
                ProductName.parse(name),
                RegionName.parse(home),
                title,
                description,
                owner,
                tags,
                List.of(),
                List.of(columns),
                "active",
                "1.0.0");
    }

    private static List<Count> counts(SearchAnswer answer, Facet facet) {
        return answer.facets().getOrDefault(facet, List.of());
    }

    private List<String> found(String text) {
        return index.search(SearchRequest.of(text), Sights.ALL).hits().stream()
                .map(hit -> hit.document().name().toString())
                .toList();
    }

    @Test
    void wordsInAnyOrderFindWhatHasAllOfThem() {
        assertEquals(List.of("finance.purchase-orders"), found("vendor purchase"));
        assertEquals(List.of("finance.purchase-orders"), found("orders vendors amount"));
    }

    @Test
    void namesComeBeforeTitlesAndTheseBeforeDescriptions() {
        assertEquals("sales.orders", found("orders").getFirst());
        assertEquals("customer.customers", found("customers").getFirst());
        assertTrue(found("customers").contains("sales.orders"), "in its description");
    }

    @Test
    void namesAreFoundByTheirPartsAndAsAWhole() {
        for (String text :
                List.of(
                        "customer email",
                        "customerEmail",
                        "customer_email",
                        "customeremail",
                        "CUSTOMER-EMAIL")) {
            assertTrue(found(text).contains("sales.orders"), text);
        }
        assertEquals(List.of("finance.purchase-orders"), found("purchaseorders"));
        assertEquals("finance.purchase-orders", found("finance.purchase-orders").getFirst());
    }

    @Test
    void typosAreForgivenByTheLengthOfTheWord() {
        assertEquals(List.of("inventory.stock"), found("wearhouse "));
        assertEquals(List.of("inventory.stock"), found("stokc "));
        assertTrue(found("custmoers ").contains("customer.customers"));
        assertTrue(found("xrders ").contains("sales.orders"), "the first letter too");
        assertEquals(List.of(), found("aty "), "three letters are as they are");
    }

    @Test
    void theLastWordMayStillBeBeingTyped() {
        assertEquals(List.of("inventory.stock"), found("reord"));
        assertEquals(List.of(), found("reord "), "a blank ends it");
        assertTrue(found("o").contains("sales.orders"));
        assertTrue(found("cu").contains("customer.customers"));
    }

    @Test
    void accentsAndSharpSAreLetters() {
        assertEquals(List.of("customer.customers"), found("strasse"));
        assertEquals(List.of("customer.customers"), found("STRASSE"));
    }

    @Test
    void aPhraseIsInThatOrder() {
        assertEquals(List.of("inventory.stock"), found("\"pieces on hand\""));
        assertEquals(
                List.of("inventory.stock"), found("\"hand on pieces\" stock"), "then some will do");
        SearchAnswer strict = index.search(SearchRequest.of("\"hand on pieces\""), Sights.ALL);
        assertEquals(0, strict.total());
    }

    @Test
    void whenNothingHasAllWordsThoseWithSomeAreShownAndItIsSaid() {
        SearchAnswer answer = index.search(SearchRequest.of("warehouse zeppelin"), Sights.ALL);
        assertEquals(Set.of("inventory.stock"), Sights.names(answer));
        assertTrue(answer.isLoose());
        assertFalse(index.search(SearchRequest.of("warehouse stock"), Sights.ALL).isLoose());
    }

    @Test
    void filtersAreTypedOrGiven() {
        assertEquals(List.of("finance.purchase-orders"), found("orders domain:finance"));
        assertEquals(List.of("inventory.stock"), found("region:gcp/europe-west1"));
        assertEquals(List.of("finance.purchase-orders"), found("Tag:\"Finance\" orders"));
        assertEquals(
                Set.of("customer.customers", "sales.orders"),
                new TreeSet<>(found("classification:PII")));
        assertEquals(
                List.of("customer.customers"), found("classification:pii owner:crm@example.com"));
        SearchAnswer given =
                index.search(
                        new SearchRequest(
                                "",
                                Map.of(Facet.DOMAIN, Set.of("sales", "inventory")),
                                false,
                                20,
                                Optional.empty()),
                        Sights.ALL);
        assertEquals(Set.of("sales.orders", "inventory.stock"), Sights.names(given));
        assertEquals(List.of(), found("domain:finanze"), "filters forgive nothing");
    }

    @Test
    void facetsCountAllThatWasFound() {
        SearchAnswer answer =
                index.search(SearchRequest.of("").withFacets().withHits(1), Sights.ALL);
        assertEquals(4, answer.total());
        assertEquals(1, answer.hits().size());
        assertEquals(
                List.of(
                        new Count("azure/westeurope", 2),
                        new Count("aws/us-east-1", 1),
                        new Count("gcp/europe-west1", 1)),
                counts(answer, Facet.REGION));
        assertEquals(
                List.of(new Count("core", 3), new Count("finance", 1)), counts(answer, Facet.TAG));
        assertEquals(
                List.of(new Count("pii", 2), new Count("confidential", 1)),
                counts(answer, Facet.CLASSIFICATION));
    }

    @Test
    void itIsShownWhyAHitWasFound() {
        Hit hit =
                index.search(SearchRequest.of("custmer email"), Sights.ALL).hits().stream()
                        .filter(each -> each.document().name().toString().equals("sales.orders"))
                        .findFirst()
                        .orElseThrow();
        Match column =
                hit.matches().stream()
                        .filter(match -> match.place().equals("column"))
                        .findFirst()
                        .orElseThrow();
        assertEquals("customerEmail", column.text());
        assertEquals(
                List.of("customer", "Email"),
                column.words().stream()
                        .map(range -> column.text().substring(range.start(), range.end()))
                        .toList());
    }

    @Test
    void whatAViewerMayNotKnowIsInNoHitCountOrFacet() {
        Sights some = new Sights();
        some.hidden.add("customer.customers");
        some.hidden.add("finance.purchase-orders");
        SearchAnswer answer = index.search(SearchRequest.of("").withFacets(), some);
        assertEquals(Set.of("sales.orders", "inventory.stock"), Sights.names(answer));
        assertEquals(2, answer.total());
        assertEquals(List.of(new Count("core", 1)), counts(answer, Facet.TAG));
        assertFalse(
                counts(answer, Facet.REGION).stream()
                        .anyMatch(count -> count.value().startsWith("azure")));
        assertEquals(0, index.search(SearchRequest.of("purchase"), some).total());
    }

    @Test
    void whoeverMaySeeIsAskedOnceForEachDocument() {
        Sights viewer = new Sights();
        index.search(SearchRequest.of("").withHits(1), viewer);
        int first = viewer.asked.get();
        index.search(SearchRequest.of("").withHits(1), viewer);
        assertEquals(4 + 2, first, "all, and the page's once more");
        assertEquals(2, viewer.asked.get() - first, "the page's");
        viewer.key = new Object();
        index.search(SearchRequest.of("").withHits(1), viewer);
        assertEquals(2 * first + 2, viewer.asked.get(), "under other policies all are asked for");
    }

    @Test
    void aChangedDocumentIsAskedForAgain() {
        Sights viewer = new Sights();
        assertEquals(4, index.search(SearchRequest.of(""), viewer).total());
        viewer.hidden.add("inventory.stock");
        index.put(document("inventory.stock", "gcp/europe-west1", "Stock", "", "", List.of()));
        index.refresh();
        assertEquals(3, index.search(SearchRequest.of(""), viewer).total());
    }

    @Test
    void whatHasBecomeHiddenMeanwhileIsNeitherShownNorCounted() {
        Sights viewer = new Sights();
        assertEquals(4, index.search(SearchRequest.of("").withFacets(), viewer).total());
        viewer.hidden.add("inventory.stock");
        SearchAnswer answer = index.search(SearchRequest.of("").withFacets(), viewer);
        assertEquals(3, answer.total());
        assertFalse(counts(answer, Facet.DOMAIN).contains(new Count("inventory", 1)));
    }

    @Test
    void inTheNextRoundAnswersAreAskedForAnew() {
        Sights viewer = new Sights();
        viewer.hidden.add("inventory.stock");
        assertEquals(3, index.search(SearchRequest.of(""), viewer).total());
        viewer.hidden.clear();
        viewer.round = 1;
        index.search(SearchRequest.of(""), viewer);
        assertEquals(4, index.search(SearchRequest.of(""), viewer).total());
    }

    @Test
    void pagesFitTogetherWhileTheCatalogChanges() {
        for (int i = 0; i < 100; i++) {
            index.put(
                    document(
                            "bulk.table-" + i,
                            "aws/us-east-1",
                            "Bulk",
                            "rows in bulk",
                            "",
                            List.of()));
        }
        index.refresh();
        List<String> seen = new ArrayList<>();
        SearchRequest request = SearchRequest.of("bulk").withHits(7);
        Optional<String> next = Optional.empty();
        int added = 0;
        do {
            SearchAnswer page = index.search(next.map(request::after).orElse(request), Sights.ALL);
            page.hits().forEach(hit -> seen.add(hit.document().name().toString()));
            next = page.next();
            index.put(
                    document(
                            "other.more-" + added++,
                            "aws/us-east-1",
                            "Bulk",
                            "more bulk bulk",
                            "",
                            List.of()));
            index.remove(ProductName.parse("bulk.table-0"));
            index.refresh();
        } while (next.isPresent());
        List<String> old = seen.stream().filter(name -> name.startsWith("bulk.")).toList();
        assertEquals(100, old.size());
        assertEquals(100, new TreeSet<>(old).size());
    }

    @Test
    void aCursorOfAnotherSearchIsRefused() {
        String next =
                index.search(SearchRequest.of("").withHits(1), Sights.ALL).next().orElseThrow();
        for (String cursor : List.of("", "x", "AAAA", "%%%", next)) {
            Problem told =
                    assertThrows(
                            Problem.class,
                            () ->
                                    index.search(
                                            SearchRequest.of("orders").after(cursor), Sights.ALL));
            assertEquals(ProblemCode.BAD_REQUEST, told.code());
        }
    }

    @Test
    void removedIsGoneAndChangedIsFoundByWhatItIsNow() {
        index.remove(ProductName.parse("inventory.stock"));
        index.put(document("sales.orders", "aws/us-east-1", "Bestellungen", "", "", List.of()));
        index.refresh();
        assertEquals(List.of(), found("warehouse"));
        assertEquals(List.of("sales.orders"), found("bestellungen"));
        assertEquals(3, index.size());
        index.clear();
        index.refresh();
        assertEquals(0, index.size());
    }

    @Test
    void whateverIsTypedIsAQuery() {
        List<String> texts =
                new ArrayList<>(
                        List.of(
                                "\"",
                                "\"\"",
                                "\" \"",
                                ":",
                                "a:",
                                ":a",
                                "tag:",
                                "tag:\"",
                                "((",
                                "+-&&||!(){}[]^~*?:\\/",
                                "AND OR NOT",
                                "\0",
                                "*",
                                "?",
                                "a".repeat(100_000),
                                "\ud800",
                                "\udc00 x",
                                "NULL",
                                "domain:domain:domain",
                                "tag:a ".repeat(500),
                                "𝔘𝔫𝔦𝔠𝔬𝔡𝔢",
                                "اختبار",
                                "一二三",
                                "\u0301\u0301"));
        Random random = new Random(7);
        for (int i = 0; i < 300; i++) {
            StringBuilder text = new StringBuilder();
            for (int left = random.nextInt(40); left > 0; left--) {
                text.appendCodePoint(
                        random.nextInt(10) < 7 ? 32 + random.nextInt(96) : random.nextInt(0x11000));
            }
            texts.add(text.toString());
        }
        for (String text : texts) {
            index.search(SearchRequest.of(text).withFacets(), Sights.ALL);
        }
    }

    @Test
    void whateverADocumentHoldsCanBeIndexed() {
        String odd = "\ud800\0\"\n".repeat(1000) + "x".repeat(100_000);
        index.put(
                document(
                        "odd.one",
                        "aws/us-east-1",
                        odd,
                        odd,
                        odd,
                        List.of(odd, "", odd),
                        column(odd, odd)));
        index.refresh();
        assertEquals(5, index.search(SearchRequest.of("").withFacets(), Sights.ALL).total());
    }

    @Test
    void anIndexLeftBehindIsThrownAway(@TempDir Path folder) {
        try (SearchIndex before = SearchIndex.in(folder, Runnable::run)) {
            before.put(document("old.one", "aws/us-east-1", "", "", "", List.of()));
            before.refresh();
            assertEquals(1, before.size());
        }
        try (SearchIndex after = SearchIndex.in(folder, Runnable::run)) {
            assertEquals(0, after.size());
        }
    }
}
