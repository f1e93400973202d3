package dev.sheaf.product.transform;

import dev.sheaf.engine.Engine;
import dev.sheaf.engine.EngineProblem;
import dev.sheaf.engine.EngineSession;
import dev.sheaf.engine.SessionSpec;
import dev.sheaf.kernel.ByteSize;
import dev.sheaf.kernel.Problem;
import dev.sheaf.product.ProductSpec;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// Tells how products' columns are made. A transform is parsed in the engine when it is first asked
/// about, and remembered. For any thread.
public final class Lineages {
    private static final Logger LOG = LoggerFactory.getLogger(Lineages.class);
    private static final ByteSize MEMORY = ByteSize.ofMebibytes(256);
    private static final int REMEMBERED_MAX = 10_000;

    private final Engine engine;
    private final Path scratch;
    private final Map<String, Lineage> known = new ConcurrentHashMap<>();

    /// @param scratch an existing folder
    public Lineages(Engine engine, Path scratch) {
        this.engine = engine;
        this.scratch = scratch;
    }

    /// [Lineage#UNKNOWN] when the transform cannot be parsed now.
    public Lineage of(ProductSpec product) {
        Optional<String> transform = product.transform();
        if (transform.isEmpty()) {
            return Lineage.AS_IS;
        }
        Lineage remembered = known.get(transform.get());
        return remembered != null ? remembered : parsed(product, transform.get());
    }

    private Lineage parsed(ProductSpec product, String transform) {
        try (EngineSession session =
                engine.open(
                        new SessionSpec(
                                SessionSpec.Purpose.QUERY,
                                MEMORY,
                                1,
                                scratch,
                                List.of(),
                                List.of()))) {
            Lineage lineage = Lineage.of(session, transform);
            if (known.size() >= REMEMBERED_MAX) {
                known.clear();
            }
            known.put(transform, lineage);
            return lineage;
        } catch (Problem | EngineProblem e) {
            LOG.warn(
                    "the transform of {} cannot be looked into now: each column counts as made from"
                            + " all",
                    product.name(),
                    e);
            return Lineage.UNKNOWN;
        }
    }
}
