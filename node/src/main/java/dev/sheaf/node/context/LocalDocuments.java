package dev.sheaf.node.context;

import dev.sheaf.context.runtime.Change;
import dev.sheaf.context.runtime.ContextRuntime;
import dev.sheaf.context.runtime.ContextService;
import dev.sheaf.context.runtime.DocumentKey;
import dev.sheaf.context.runtime.Read;
import dev.sheaf.context.runtime.ReadRequest;
import dev.sheaf.context.runtime.Watch;
import dev.sheaf.context.runtime.WriteRequest;
import dev.sheaf.kernel.RegionName;

import tools.jackson.databind.JsonNode;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

/// The mesh's own documents as they are here: whatever is here will do, even if another region was
/// never heard of. For any thread.
public final class LocalDocuments {
    private static final Duration ANY_STALENESS = Duration.ofNanos(Long.MAX_VALUE);
    private static final int IDS_AT_ONCE = 1000;

    private final ContextService documents;

    public LocalDocuments(ContextService documents) {
        this.documents = documents;
    }

    /// Declares a type by the file `TYPE.yaml` beside a class.
    public static void declare(ContextRuntime runtime, Class<?> beside, String type) {
        String file = type + ".yaml";
        try (InputStream stream = Objects.requireNonNull(beside.getResourceAsStream(file))) {
            runtime.applyTypeOfTheMesh(
                    new String(stream.readAllBytes(), StandardCharsets.UTF_8), file);
        } catch (IOException e) {
            throw new UncheckedIOException("the type " + type + " is not in this build", e);
        }
    }

    /// The ids of all documents of a type.
    public List<String> ids(String type) {
        List<String> all = new ArrayList<>();
        List<String> some;
        do {
            some = documents.list(type, all.isEmpty() ? "" : all.getLast(), IDS_AT_ONCE);
            all.addAll(some);
        } while (some.size() == IDS_AT_ONCE);
        return all;
    }

    public Optional<JsonNode> read(String type, String id) {
        return find(type, id).map(Read.Found::value);
    }

    /// With the version that a condition of a write names.
    public Optional<Read.Found> find(String type, String id) {
        return switch (documents.read(
                new ReadRequest(
                        new DocumentKey(type, id),
                        Optional.of(ANY_STALENESS),
                        Optional.empty(),
                        Duration.ZERO,
                        Optional.empty()))) {
            case Read.Found found -> Optional.of(found);
            case Read.Absent _ -> Optional.empty();
        };
    }

    /// Writes a document on a region's behalf. It is durable when this returns.
    public void write(String type, String id, Change change, RegionName author) {
        documents.write(
                new WriteRequest(
                        new DocumentKey(type, id),
                        change,
                        UUID.randomUUID().toString(),
                        Optional.empty(),
                        Optional.empty(),
                        0,
                        "",
                        "node/" + author,
                        Optional.empty()));
    }

    /// Changes of a type's documents from now on, of this region and of others.
    public Watch watch(String type) {
        return documents.watch(type, Optional.empty(), Optional.empty());
    }
}
