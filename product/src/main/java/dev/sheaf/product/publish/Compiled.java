package dev.sheaf.product.publish;

import dev.sheaf.engine.EngineSession;
import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;
import dev.sheaf.product.ProductSpec;
import dev.sheaf.product.quality.KeyCheck;
import dev.sheaf.product.quality.RowChecks;
import dev.sheaf.product.quality.RulePlan;
import dev.sheaf.product.transform.Transform;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/// A product's pipeline, ready to run: what can be refused without data has been.
record Compiled(Optional<Transform> transform, StageSql sql, List<KeyCheck> keys, RulePlan rules) {

    /// @throws Problem INVALID_CONTRACT, INVALID_SQL, SQL_NOT_ALLOWED
    static Compiled of(EngineSession session, ProductSpec spec) {
        Optional<Transform> transform =
                spec.transform().map(text -> Transform.compile(session, text));
        StageSql sql = new StageSql(spec, transform, RowChecks.of(spec.table()));
        if (!sql.unusedOutputs().isEmpty()) {
            throw new Problem(
                    ProblemCode.INVALID_SQL,
                    "the transform (sheaf.transform) makes columns that the contract does not"
                            + " have: "
                            + String.join(", ", sql.unusedOutputs()));
        }
        return new Compiled(
                transform, sql, KeyCheck.of(spec.table()), RulePlan.compile(session, spec));
    }

    Set<String> transformNames() {
        return transform.map(Transform::names).orElse(Set.of());
    }
}
