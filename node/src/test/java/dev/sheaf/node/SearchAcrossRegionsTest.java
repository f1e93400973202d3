package dev.sheaf.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sheaf.client.FacetValue;
import dev.sheaf.client.ManifestFile;
import dev.sheaf.client.Manifests;
import dev.sheaf.client.SearchHit;
import dev.sheaf.client.SearchQuery;
import dev.sheaf.client.SearchResult;
import dev.sheaf.client.SheafClient;
import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/// Two nodes with real links: products of both regions are found in each, also when the other is
/// gone, and only by those who may know of them.
final class SearchAcrossRegionsTest extends TwoRegions {
    private static final Path EXAMPLES = Path.of(System.getProperty("sheaf.repo"), "examples");

    SearchAcrossRegionsTest() {
        super("catalog.read");
    }

    @Test
    void productsOfAllRegionsAreFoundAndStayFoundWhenTheirRegionIsGone() throws Exception {
        start(AWS, true, false);
        start(AZURE, true, false);
        apply(AZURE, "customer");
        SheafClient here = operator(AWS);
        until("it is found", () -> total(here, "custmoer ") == 1);
        SearchHit hit = search(here, "custmoer ").hits().getFirst();
        assertEquals("customer.customers", hit.name());
        assertEquals(AZURE, hit.homeRegion());
        assertTrue(hit.ageSeconds().isPresent());
        assertTrue(hit.matches().stream().anyMatch(match -> match.place().equals("name")));
        assertTrue(search(operator(AZURE), "customer").hits().getFirst().ageSeconds().isEmpty());

        Objects.requireNonNull(nodes.remove(AZURE)).close();
        assertEquals(1, total(here, "email domain:customer"));
        Objects.requireNonNull(nodes.remove(AWS)).close();
        start(AWS, true, false);
        SheafClient again = operator(AWS);
        until("it is found after a start too", () -> total(again, "customer") == 1);
        assertTrue(search(again, "customer").complete());
    }

    @Test
    void whatACallerMayNotKnowIsInNoHitCountOrFacet() throws IOException {
        start(AWS, false, false);
        apply(AWS, SharedNotes.manifests(AWS, "1.0.0"));
        SheafClient owner = as(AWS, "olga", "shop");
        SheafClient stranger = as(AWS, "sam", "else");
        until("it is found", () -> total(owner, "notes") == 1);
        SearchResult seen = search(owner, "");
        assertEquals(List.of(new FacetValue("shop", 1)), seen.facets().get("domain"));
        SearchResult unseen = search(stranger, "");
        assertEquals(0, unseen.total());
        assertTrue(unseen.facets().values().stream().allMatch(List::isEmpty), unseen::toString);
        assertEquals(0, total(stranger, "notes"));

        // Its owner says that all may know of it, and takes that back.
        apply(
                AWS,
                SharedNotes.manifests(
                        AWS, "1.0.1", "- {property: sheaf.discoverable, value: true}"));
        until("all may know of it", () -> total(stranger, "notes") == 1);
        apply(AWS, SharedNotes.manifests(AWS, "1.0.2"));
        until("nobody else may", () -> total(stranger, "notes") == 0);
        operator(AWS).deleteProduct(SharedNotes.NAME);
        until("it is gone", () -> total(owner, "notes") == 0);
    }

    @Test
    void whateverIsAskedIsAnsweredOrRefusedInOurWords() throws IOException {
        start(AWS, false, false);
        SheafClient here = operator(AWS);
        for (String text : List.of("(", "\"", "a AND", "tag:", "*", "\0", "é".repeat(2000))) {
            assertEquals(0, total(here, text));
        }
        Problem cursor =
                assertThrows(
                        Problem.class,
                        () ->
                                here.search(
                                        new SearchQuery("", Map.of(), false, 5, Optional.of("x"))));
        assertEquals(ProblemCode.BAD_REQUEST, cursor.code());
        Problem limit =
                assertThrows(
                        Problem.class,
                        () ->
                                here.search(
                                        new SearchQuery(
                                                "", Map.of(), false, 5000, Optional.empty())));
        assertEquals(ProblemCode.BAD_REQUEST, limit.code());
    }

    private static SearchResult search(SheafClient client, String text) {
        return client.search(new SearchQuery(text, Map.of(), true, 20, Optional.empty()));
    }

    private static long total(SheafClient client, String text) {
        return search(client, text).total();
    }

    private void apply(String region, String domain) throws IOException {
        List<ManifestFile> files = new ArrayList<>();
        try (Stream<Path> all = Files.list(EXAMPLES.resolve("mesh").resolve(domain))) {
            for (Path file : all.sorted().toList()) {
                files.add(
                        new ManifestFile(file.getFileName().toString(), Files.readAllBytes(file)));
            }
        }
        apply(region, new Manifests(files, Optional.empty()));
    }

    private void apply(String region, Manifests manifests) {
        operator(region).apply(manifests);
    }
}
