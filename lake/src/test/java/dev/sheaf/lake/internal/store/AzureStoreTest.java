package dev.sheaf.lake.internal.store;

import com.azure.core.http.jdk.httpclient.JdkHttpClientBuilder;
import com.azure.storage.blob.BlobServiceClientBuilder;
import com.azure.storage.common.StorageSharedKeyCredential;

import dev.sheaf.lake.SecretReference;
import dev.sheaf.lake.StoreConfig;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;

final class AzureStoreTest extends ObjectStoreContract {
    /// The emulator's account key, which its documentation publishes.
    private static final String KEY =
            "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";

    @TempDir static Path home;
    private Azurite server;

    @BeforeAll
    void start() throws IOException, InterruptedException {
        server = Azurite.start(home);
        new BlobServiceClientBuilder()
                .endpoint(server.endpoint())
                .httpClient(new JdkHttpClientBuilder().build())
                .credential(new StorageSharedKeyCredential(Azurite.ACCOUNT, KEY))
                .buildClient()
                .createBlobContainer("lake");
    }

    @AfterAll
    void stop() {
        if (server != null) {
            server.close();
        }
    }

    @Override
    StoreConfig store() throws IOException {
        return config("lake", "some/prefix", server.endpoint(), KEY);
    }

    @Override
    StoreConfig withoutContainer() throws IOException {
        return config("no-such-container", "x", server.endpoint(), KEY);
    }

    @Override
    StoreConfig forbidden() throws IOException {
        String wrong = Base64.getEncoder().encodeToString("wrong".getBytes(StandardCharsets.UTF_8));
        return config("lake", "f", server.endpoint(), wrong);
    }

    @Override
    StoreConfig unreachable() throws IOException {
        return config("lake", "u", "http://127.0.0.1:1/" + Azurite.ACCOUNT, KEY);
    }

    private static StoreConfig config(String container, String prefix, String endpoint, String key)
            throws IOException {
        Path secret = Files.writeString(home.resolve("key" + key.length()), key);
        return new StoreConfig(
                "azure",
                "abfss://" + container + "@" + Azurite.ACCOUNT + ".dfs.core.windows.net/" + prefix,
                Map.of("endpoint", endpoint),
                Map.of("accountKey", new SecretReference("file:" + secret)));
    }
}
