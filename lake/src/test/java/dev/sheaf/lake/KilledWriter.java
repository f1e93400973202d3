package dev.sheaf.lake;

import dev.sheaf.engine.EngineSession;

import java.nio.file.Path;
import java.util.List;

/// Writes files of a run and dies before it commits them.
final class KilledWriter {
    static final int EXIT = 77;

    private KilledWriter() {}

    public static void main(String[] arguments) {
        Path directory = Path.of(arguments[0]);
        Lake lake =
                Lake.open(
                        new LakeConfig(
                                new CatalogConfig.Sqlite(directory.resolve("catalog.db")),
                                List.of(StoreConfig.local("here", directory.resolve("store"))),
                                directory.resolve("staging")));
        try (EngineSession session = TestEngine.session(directory)) {
            lake.table(new Lake.TableName("sales", "orders"))
                    .orElseThrow()
                    .write(session, "SELECT 2::BIGINT AS id", "killed");
            Runtime.getRuntime().halt(EXIT);
        }
    }
}
