package dev.sheaf.product.release;

import dev.sheaf.lake.CatalogConfig;
import dev.sheaf.lake.Lake;
import dev.sheaf.lake.LakeConfig;
import dev.sheaf.lake.StoreConfig;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// A lake in a folder of a test's own.
public final class LakeFolder {
    private LakeFolder() {}

    public static Lake open(Path folder) {
        try {
            Path warehouse = Files.createDirectories(folder.resolve("warehouse"));
            Path staging = Files.createDirectories(folder.resolve("staging"));
            return Lake.open(
                    new LakeConfig(
                            new CatalogConfig.Sqlite(folder.resolve("catalog.db")),
                            List.of(StoreConfig.local("local", warehouse)),
                            staging));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
