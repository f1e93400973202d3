package dev.sheaf.lake;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

import java.io.IOException;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;

final class PostgresLakeTest extends LakeContract {
    private static final AtomicInteger DATABASES = new AtomicInteger();
    private static EmbeddedPostgres server;

    private final String database = "lake" + DATABASES.incrementAndGet();

    @BeforeAll
    static void start() throws IOException {
        server = EmbeddedPostgres.builder().start();
    }

    @AfterAll
    static void stop() throws IOException {
        server.close();
    }

    @Override
    CatalogConfig catalog() {
        try (Connection connection = server.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            if (!statement
                    .executeQuery("SELECT 1 FROM pg_database WHERE datname = '" + database + "'")
                    .next()) {
                statement.execute("CREATE DATABASE " + database);
            }
            return new CatalogConfig.Postgres(
                    "jdbc:postgresql://localhost:" + server.getPort() + "/" + database,
                    "postgres",
                    new SecretReference("file:" + secret()));
        } catch (SQLException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private java.nio.file.Path secret() throws IOException {
        return Files.writeString(directory.resolve("password"), "postgres");
    }
}
