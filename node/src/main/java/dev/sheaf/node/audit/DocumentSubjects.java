package dev.sheaf.node.audit;

import dev.sheaf.context.runtime.ContextService;
import dev.sheaf.context.runtime.DeclaredType;
import dev.sheaf.context.runtime.DocumentKey;
import dev.sheaf.context.runtime.Read;
import dev.sheaf.context.runtime.ReadRequest;
import dev.sheaf.context.type.ContextType;
import dev.sheaf.kernel.Problem;

import tools.jackson.databind.JsonNode;

import java.time.Duration;
import java.util.Optional;

/// Whose data documents are, by the field that their type declares as its subject. For any thread.
final class DocumentSubjects {
    private static final Duration ANY_STALENESS = Duration.ofNanos(Long.MAX_VALUE);

    private final ContextService service;

    DocumentSubjects(ContextService service) {
        this.service = service;
    }

    /// The type, if there is one that says whose data its documents are.
    Optional<ContextType> type(String name) {
        return service.declared(name)
                .map(DeclaredType::type)
                .filter(type -> type.subject().isPresent());
    }

    Optional<String> of(String type, JsonNode document) {
        return type(type).flatMap(known -> known.subjectOf(document));
    }

    /// Of the document as it is here now; nothing when there is none, or no such key can be.
    ///
    /// @throws Problem when it cannot be read
    Optional<String> of(DocumentKey key) {
        Optional<ContextType> type = type(key.type());
        if (type.isEmpty()) {
            return Optional.empty();
        }
        try {
            ReadRequest read =
                    new ReadRequest(
                            key,
                            Optional.of(ANY_STALENESS),
                            Optional.empty(),
                            Duration.ZERO,
                            Optional.empty());
            return switch (service.read(read)) {
                case Read.Found found -> type.get().subjectOf(found.value());
                case Read.Absent _ -> Optional.empty();
            };
        } catch (Problem e) {
            return switch (e.code()) {
                case NOT_FOUND, INVALID_VALUE, BAD_REQUEST -> Optional.empty();
                default -> throw e;
            };
        }
    }
}
