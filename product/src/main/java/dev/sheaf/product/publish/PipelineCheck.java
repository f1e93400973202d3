package dev.sheaf.product.publish;

import dev.sheaf.engine.Engine;
import dev.sheaf.engine.EngineProblem;
import dev.sheaf.engine.EngineSession;
import dev.sheaf.engine.SessionSpec;
import dev.sheaf.kernel.ByteSize;
import dev.sheaf.kernel.Problem;
import dev.sheaf.product.ProductSpec;
import dev.sheaf.product.apply.SpecCheck;

import java.nio.file.Path;
import java.util.List;

/// Compiles a product's transform, constraints and rules at apply, so that what cannot be evaluated
/// is refused then and not at the first publish.
public final class PipelineCheck implements SpecCheck {
    private static final ByteSize MEMORY = ByteSize.ofMebibytes(256);

    private final Engine engine;
    private final Path scratch;

    public PipelineCheck(Engine engine, Path scratch) {
        this.engine = engine;
        this.scratch = scratch;
    }

    @Override
    public List<String> faults(ProductSpec product) {
        try (EngineSession session =
                engine.open(
                        new SessionSpec(
                                SessionSpec.Purpose.QUERY,
                                MEMORY,
                                1,
                                scratch,
                                List.of(),
                                List.of()))) {
            Compiled.of(session, product);
            return List.of();
        } catch (Problem problem) {
            return switch (problem.code()) {
                case INVALID_CONTRACT, INVALID_SQL, SQL_NOT_ALLOWED, INVALID_VALUE ->
                        List.of(problem.message());
                default -> throw problem;
            };
        } catch (EngineProblem e) {
            throw Failures.problem(e);
        }
    }
}
