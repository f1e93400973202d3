package dev.sheaf.lake.internal.store;

import dev.sheaf.lake.StoreConfig;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Path;

final class S3StoreTest extends ObjectStoreContract {
    @TempDir static Path home;
    private S3Proxy server;

    @BeforeAll
    void start() throws IOException, InterruptedException {
        server = S3Proxy.start(home, "lake");
    }

    @AfterAll
    void stop() {
        server.close();
    }

    @Override
    StoreConfig store() throws IOException {
        return server.config("s3://lake/some/prefix");
    }

    @Override
    StoreConfig withoutContainer() throws IOException {
        return server.config("s3://no-such-bucket");
    }

    @Override
    StoreConfig forbidden() throws IOException {
        return server.config("s3://lake/f", server.endpoint(), "wrong-secret");
    }

    @Override
    StoreConfig unreachable() throws IOException {
        return server.config("s3://lake/u", "http://127.0.0.1:1", S3Proxy.SECRET);
    }
}
