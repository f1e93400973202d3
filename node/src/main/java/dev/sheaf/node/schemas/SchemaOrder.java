package dev.sheaf.node.schemas;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A request of Confluent's interface, wherever it came in.
///
/// @param path the decoded steps after the registry's root
/// @param query parameters, each once
/// @param body JSON, or empty
/// @param requestId for the audit log
record SchemaOrder(
        String method,
        List<String> path,
        Map<String, String> query,
        String body,
        String requestId) {
    SchemaOrder {
        path = List.copyOf(path);
        query = Map.copyOf(query);
    }

    Optional<String> parameter(String name) {
        return Optional.ofNullable(query.get(name)).filter(text -> !text.isEmpty());
    }

    boolean flag(String name) {
        return parameter(name).map(text -> text.equalsIgnoreCase("true")).orElse(false);
    }

    /// A number that is not negative, else the fallback.
    int number(String name, int fallback) {
        return parameter(name)
                .filter(text -> text.matches("\\d{1,9}"))
                .map(Integer::parseInt)
                .orElse(fallback);
    }

    String step(int index) {
        return path.get(index);
    }
}
