package dev.sheaf.product.draft;

import dev.sheaf.contract.ColumnType;
import dev.sheaf.contract.ColumnType.Primitive;
import dev.sheaf.contract.DuckTypes;
import dev.sheaf.engine.EngineSession;
import dev.sheaf.product.sample.ColumnSample;
import dev.sheaf.product.sample.ColumnSampler;

import java.util.List;

/// Samples of the columns of a file that is loaded.
final class SampleColumns {
    private SampleColumns() {}

    /// Of types that have no place in a table, as texts.
    static List<ColumnSample> of(EngineSession session) {
        List<ColumnType.Field> columns =
                session.query("DESCRIBE " + SampleLoad.TABLE).rows().stream()
                        .map(row ->
                                new ColumnType.Field(
                                        String.valueOf(row.get(0)),
                                        DuckTypes.parse(String.valueOf(row.get(1)))
                                                .orElse(Primitive.STRING),
                                        false))
                        .toList();
        return new ColumnSampler(session, SampleLoad.TABLE).of(columns);
    }
}
