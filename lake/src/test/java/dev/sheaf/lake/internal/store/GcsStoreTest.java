package dev.sheaf.lake.internal.store;

import dev.sheaf.lake.StoreConfig;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

import java.io.IOException;
import java.util.Map;

final class GcsStoreTest extends ObjectStoreContract {
    private GcsDouble server;

    @BeforeAll
    void start() throws IOException {
        server = new GcsDouble("lake");
    }

    @AfterAll
    void stop() {
        server.close();
    }

    @Override
    StoreConfig store() {
        return config("gs://lake/some/prefix", server.endpoint());
    }

    @Override
    StoreConfig withoutContainer() {
        return config("gs://no-such-bucket", server.endpoint());
    }

    @Override
    StoreConfig forbidden() {
        return config("gs://forbidden", server.endpoint());
    }

    @Override
    StoreConfig unreachable() {
        return config("gs://lake/u", "http://127.0.0.1:1");
    }

    private static StoreConfig config(String root, String endpoint) {
        return new StoreConfig("gcs", root, Map.of("endpoint", endpoint), Map.of());
    }
}
