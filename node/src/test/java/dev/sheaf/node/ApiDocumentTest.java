package dev.sheaf.node;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sheaf.contract.Source;
import dev.sheaf.contract.document.DocumentReader;
import dev.sheaf.contract.document.Node.Mapping;
import dev.sheaf.contract.document.Node.Sequence;
import dev.sheaf.contract.document.Node.Text;
import dev.sheaf.contract.document.Parsed;
import dev.sheaf.node.config.ConfigReader;
import dev.sheaf.node.http.Access;
import dev.sheaf.node.http.Route;
import dev.sheaf.product.ledger.DataDirectory;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// The document is what is there, and what is there is in the document: operations and the scopes
/// they need.
final class ApiDocumentTest {
    private static final Set<String> METHODS = Set.of("get", "post", "delete", "put", "patch");

    @Test
    void routesAndTheirScopesAreThoseOfTheDocument(@TempDir Path folder) throws IOException {
        assertEquals(documented(), wired(folder));
    }

    private static Map<String, String> wired(Path folder) {
        try (Resources resources = new Resources()) {
            Wiring wiring =
                    new Wiring(
                            ConfigReader.defaults(),
                            resources.add(DataDirectory.open(folder.resolve("data"))),
                            resources,
                            Clock.systemUTC());
            return wiring.routes().stream()
                    .collect(
                            Collectors.toMap(
                                    Route::toString,
                                    route -> scope(route.access()),
                                    (a, b) -> "twice",
                                    TreeMap::new));
        }
    }

    private static String scope(Access access) {
        return switch (access) {
            case Access.Open _ -> "open";
            case Access.Needs needs -> needs.scope().toString();
        };
    }

    private static Map<String, String> documented() throws IOException {
        Path file = Path.of(System.getProperty("sheaf.repo"), "spec", "openapi.yaml");
        Parsed parsed = DocumentReader.read(new Source("openapi.yaml", Files.readAllBytes(file)));
        Mapping root = (Mapping) ((Parsed.Tree) parsed).root();
        Map<String, String> operations = new TreeMap<>();
        Mapping paths = (Mapping) root.get("paths").orElseThrow();
        paths.members()
                .forEach((path, member) ->
                        ((Mapping) member.value())
                                .members()
                                .forEach((method, operation) -> {
                                    if (METHODS.contains(method)) {
                                        operations.put(
                                                method.toUpperCase(Locale.ROOT) + " " + path,
                                                scope((Mapping) operation.value()));
                                    }
                                }));
        return operations;
    }

    private static String scope(Mapping operation) {
        Sequence security = (Sequence) operation.get("security").orElseThrow();
        if (security.items().isEmpty()) {
            return "open";
        }
        Sequence scopes =
                (Sequence) ((Mapping) security.items().getFirst()).get("bearer").orElseThrow();
        return ((Text) scopes.items().getFirst()).value();
    }
}
