package dev.sheaf.lake;

final class SqliteLakeTest extends LakeContract {
    @Override
    CatalogConfig catalog() {
        return new CatalogConfig.Sqlite(directory.resolve("catalog.db"));
    }
}
