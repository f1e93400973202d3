package dev.sheaf.node.search;

import dev.sheaf.client.FacetValue;
import dev.sheaf.client.SearchHit;
import dev.sheaf.client.SearchMatch;
import dev.sheaf.client.SearchResult;
import dev.sheaf.client.WordRange;
import dev.sheaf.kernel.RegionName;
import dev.sheaf.node.http.Access;
import dev.sheaf.node.http.Reply;
import dev.sheaf.node.http.Request;
import dev.sheaf.node.http.Route;
import dev.sheaf.node.identity.Scope;
import dev.sheaf.node.registry.MeshRegistry;
import dev.sheaf.registry.search.Facet;
import dev.sheaf.registry.search.SearchAnswer;
import dev.sheaf.registry.search.SearchDocument;
import dev.sheaf.registry.search.SearchRequest;

import java.time.Clock;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;

/// Search over the products of all regions.
public final class SearchRoutes {
    private static final int HITS = 20;

    private final CatalogSearch search;
    private final Sightings sightings;
    private final MeshRegistry registry;
    private final Clock clock;

    public SearchRoutes(
            CatalogSearch search, Sightings sightings, MeshRegistry registry, Clock clock) {
        this.search = search;
        this.sightings = sightings;
        this.registry = registry;
        this.clock = clock;
    }

    public List<Route> routes() {
        return List.of(
                Route.of("GET", "/api/v1/search", Access.needs(Scope.CATALOG_READ), this::search));
    }

    private Reply search(Request request) {
        Map<Facet, Set<String>> filters = new EnumMap<>(Facet.class);
        for (Facet facet : Facet.values()) {
            request.query(facet.key())
                    .filter(value -> !value.isBlank())
                    .ifPresent(value -> filters.put(facet, Set.of(value.split(","))));
        }
        boolean isComplete = search.isComplete();
        SearchAnswer answer =
                search.search(
                        new SearchRequest(
                                request.query("q").orElse(""),
                                filters,
                                request.flag("facets"),
                                Math.toIntExact(
                                        request.number("limit", HITS, 1, SearchRequest.HITS_MAX)),
                                request.query("cursor")),
                        sightings.of(request.caller()));
        Map<String, List<FacetValue>> facets = new TreeMap<>();
        answer.facets()
                .forEach((facet, counts) ->
                        facets.put(
                                facet.key(),
                                counts.stream()
                                        .map(count -> new FacetValue(count.value(), count.count()))
                                        .toList()));
        return Reply.json(
                new SearchResult(
                        answer.hits().stream().map(this::hit).toList(),
                        answer.total(),
                        answer.isLoose(),
                        isComplete,
                        facets,
                        answer.next()));
    }

    private SearchHit hit(SearchAnswer.Hit hit) {
        SearchDocument document = hit.document();
        return new SearchHit(
                document.name().toString(),
                document.home().toString(),
                optional(document.title()),
                optional(document.description()),
                document.owner(),
                document.status(),
                document.version(),
                hit.matches().stream()
                        .map(match ->
                                new SearchMatch(
                                        match.place(),
                                        match.text(),
                                        match.words().stream()
                                                .map(range ->
                                                        new WordRange(range.start(), range.end()))
                                                .toList()))
                        .toList(),
                age(document.home()).map(age -> clock.instant().minus(age)),
                age(document.home())
                        .map(age -> OptionalLong.of(age.plusSeconds(1).minusNanos(1).toSeconds()))
                        .orElse(OptionalLong.empty()));
    }

    private Optional<java.time.Duration> age(RegionName home) {
        return home.equals(registry.own()) ? Optional.empty() : registry.age(home);
    }

    private static Optional<String> optional(String text) {
        return text.isEmpty() ? Optional.empty() : Optional.of(text);
    }
}
