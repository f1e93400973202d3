package dev.sheaf.lake.internal.store;

import dev.sheaf.lake.SecretReference;
import dev.sheaf.lake.StoreConfig;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// S3Proxy over a directory, as a process of its own; it verifies signatures.
public final class S3Proxy implements AutoCloseable {
    static final String KEY = "test-key";
    static final String SECRET = "test-secret-of-some-length";

    private final ServerProcess process;
    private final Path directory;
    private final String endpoint;

    private S3Proxy(ServerProcess process, Path directory, String endpoint) {
        this.process = process;
        this.directory = directory;
        this.endpoint = endpoint;
    }

    /// @param bucket is there from the start
    public static S3Proxy start(Path directory, String bucket)
            throws IOException, InterruptedException {
        int port = ServerProcess.freePort();
        String endpoint = "http://127.0.0.1:" + port;
        Path data = Files.createDirectories(directory.resolve("data"));
        Files.createDirectories(data.resolve(bucket));
        Path configuration =
                Files.writeString(
                        directory.resolve("s3proxy.properties"),
                        String.join(
                                "\n",
                                "s3proxy.endpoint=" + endpoint,
                                "s3proxy.authorization=aws-v2-or-v4",
                                "s3proxy.identity=" + KEY,
                                "s3proxy.credential=" + SECRET,
                                "jclouds.provider=filesystem-nio2",
                                "jclouds.identity=local",
                                "jclouds.credential=local",
                                "jclouds.filesystem.basedir=" + data));
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        ServerProcess process =
                ServerProcess.start(
                        List.of(
                                java.toString(),
                                "-Xmx256m",
                                "-jar",
                                Path.of("target/s3proxy/s3proxy.jar").toAbsolutePath().toString(),
                                "--properties",
                                configuration.toString()),
                        port,
                        directory.resolve("s3proxy.log"));
        return new S3Proxy(process, directory, endpoint);
    }

    public String endpoint() {
        return endpoint;
    }

    public StoreConfig config(String root) throws IOException {
        return config(root, endpoint, SECRET);
    }

    StoreConfig config(String root, String address, String secret) throws IOException {
        return new StoreConfig(
                "s3",
                root,
                Map.of("endpoint", address, "region", "us-east-1", "pathStyle", "true"),
                Map.of(
                        "accessKeyId", secret("key", KEY),
                        "secretAccessKey", secret("secret" + secret.hashCode(), secret)));
    }

    private SecretReference secret(String name, String text) throws IOException {
        return new SecretReference("file:" + Files.writeString(directory.resolve(name), text));
    }

    @Override
    public void close() {
        process.close();
    }
}
