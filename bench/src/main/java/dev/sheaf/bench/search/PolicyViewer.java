package dev.sheaf.bench.search;

import dev.sheaf.governance.decision.Action;
import dev.sheaf.governance.decision.Circumstances;
import dev.sheaf.governance.decision.Column;
import dev.sheaf.governance.decision.Decider;
import dev.sheaf.governance.decision.Decision;
import dev.sheaf.governance.decision.Question;
import dev.sheaf.governance.decision.Resource;
import dev.sheaf.governance.decision.Subject;
import dev.sheaf.kernel.ProductName;
import dev.sheaf.registry.search.SearchDocument;
import dev.sheaf.registry.search.Viewer;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// An analyst, for whom the standard pack decides what they may know of: what is discoverable, and
/// all of one domain.
final class PolicyViewer implements Viewer {
    private static final Instant NOW = Instant.parse("2026-11-26T12:00:00Z");

    private final Decider decider;
    private final Subject subject;
    private final Map<ProductName, Resource> resources = new ConcurrentHashMap<>();

    PolicyViewer(Decider decider, String domain) {
        this.decider = decider;
        this.subject =
                new Subject("ana", "user", Set.of("insights"), Set.of("analyst"), Set.of(domain));
    }

    /// As it is known in the catalog. One of three is not discoverable.
    void add(SearchDocument document) {
        resources.put(
                document.name(),
                new Resource(
                        "product",
                        document.name().toString(),
                        document.name().domain().value(),
                        document.name().name(),
                        document.home().toString(),
                        "",
                        document.name().hashCode() % 3 != 0,
                        List.of(),
                        document.columns().stream()
                                .map(column ->
                                        new Column(
                                                column.name(),
                                                column.classification(),
                                                List.of(),
                                                ""))
                                .toList(),
                        OptionalInt.empty(),
                        Optional.empty(),
                        Optional.empty()));
    }

    @Override
    public Object key() {
        return subject;
    }

    @Override
    public long round() {
        return 0;
    }

    @Override
    public boolean mayKnow(ProductName product) {
        return decider.decide(
                        new Question(
                                subject,
                                Action.PRODUCT_DESCRIBE,
                                Objects.requireNonNull(resources.get(product)),
                                new Circumstances(NOW, "", "aws/us-east-1", "", List.of())))
                instanceof Decision.Allow;
    }
}
