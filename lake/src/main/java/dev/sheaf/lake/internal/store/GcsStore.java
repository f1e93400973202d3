package dev.sheaf.lake.internal.store;

import com.google.api.gax.retrying.RetrySettings;
import com.google.auth.Credentials;
import com.google.auth.oauth2.GoogleCredentials;
import com.google.cloud.NoCredentials;
import com.google.cloud.http.HttpTransportOptions;
import com.google.cloud.storage.BlobInfo;
import com.google.cloud.storage.Storage;
import com.google.cloud.storage.StorageException;
import com.google.cloud.storage.StorageOptions;

import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;
import dev.sheaf.lake.SecretReference;
import dev.sheaf.lake.StoreConfig;

import org.apache.iceberg.exceptions.NotFoundException;
import org.apache.iceberg.gcp.gcs.GCSFileIO;
import org.apache.iceberg.io.InputFile;
import org.apache.iceberg.io.SeekableInputStream;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/// Google Cloud Storage, by its JSON API.
final class GcsStore extends DelegatedStore {
    private static final long serialVersionUID = 1L;
    private static final String SCOPE = "https://www.googleapis.com/auth/devstorage.read_write";

    private final transient Storage storage;

    private GcsStore(Storage storage) {
        super(files(storage));
        this.storage = storage;
    }

    static Store open(StoreConfig config) {
        Map<String, String> properties = config.properties();
        StorageOptions.Builder options =
                StorageOptions.http()
                        .setTransportOptions(
                                HttpTransportOptions.newBuilder()
                                        .setConnectTimeout((int) Patience.CONNECT.toMillis())
                                        .setReadTimeout((int) Patience.READ.toMillis())
                                        .build())
                        .setRetrySettings(
                                RetrySettings.newBuilder()
                                        .setMaxAttempts(Patience.TRIES)
                                        .setInitialRetryDelayDuration(Duration.ofMillis(200))
                                        .setRetryDelayMultiplier(2)
                                        .setMaxRetryDelayDuration(Duration.ofSeconds(2))
                                        .setTotalTimeoutDuration(Patience.REQUEST)
                                        .build());
        String endpoint = properties.get("endpoint");
        options.setCredentials(credentials(config, endpoint));
        options.setProjectId(properties.getOrDefault("project", "unspecified"));
        if (endpoint != null) {
            options.setHost(endpoint);
        }
        return new GcsStore(options.build().getService());
    }

    @Override
    public InputFile newInputFile(String location) {
        return new Existing(super.newInputFile(location));
    }

    @Override
    public void upload(Path local, String location) {
        ObjectLocation target = ObjectLocation.of(location);
        try {
            storage.createFrom(
                    BlobInfo.newBuilder(target.container(), target.key()).build(), local);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public Failure failure(Throwable error) {
        for (Throwable cause = error; cause != null; cause = cause.getCause()) {
            if (cause instanceof StorageException e && e.getCode() != 0) {
                return ofStatus(e);
            }
        }
        return Failure.OTHER;
    }

    /// GCSInputFile does not notice that a file whose length is asked for is missing; `exists`
    /// keeps what it learns, so this costs no second request.
    private record Existing(InputFile file) implements InputFile {
        @Override
        public long getLength() {
            if (!file.exists()) {
                throw new NotFoundException("%s", file.location());
            }
            return file.getLength();
        }

        @Override
        public SeekableInputStream newStream() {
            return file.newStream();
        }

        @Override
        public String location() {
            return file.location();
        }

        @Override
        public boolean exists() {
            return file.exists();
        }
    }

    private static Failure ofStatus(StorageException error) {
        String text = String.valueOf(error.getMessage()).toLowerCase(java.util.Locale.ROOT);
        return switch (error.getCode()) {
            case 401, 403 -> Failure.FORBIDDEN;
            case 404 ->
                    text.contains("bucket does not exist")
                            ? Failure.MISSING_CONTAINER
                            : Failure.MISSING_OBJECT;
            case 400, 405 -> Failure.WRONG_ENDPOINT;
            case 408, 429, 500, 502, 503, 504 -> Failure.UNREACHABLE;
            default -> Failure.OTHER;
        };
    }

    private static GCSFileIO files(Storage storage) {
        GCSFileIO files = new GCSFileIO(() -> storage);
        files.initialize(Map.of());
        return files;
    }

    /// An endpoint without TLS is a test double, to which no credential is ever sent.
    private static Credentials credentials(
            StoreConfig config, @org.jspecify.annotations.Nullable String endpoint) {
        if (endpoint != null && endpoint.startsWith("http://")) {
            return NoCredentials.getInstance();
        }
        SecretReference account = config.secrets().get("serviceAccount");
        try {
            GoogleCredentials credentials =
                    account == null
                            ? GoogleCredentials.getApplicationDefault()
                            : GoogleCredentials.fromStream(
                                    new ByteArrayInputStream(
                                            account.resolve().getBytes(StandardCharsets.UTF_8)));
            return credentials.createScoped(SCOPE);
        } catch (IOException e) {
            throw new Problem(
                    ProblemCode.FORBIDDEN,
                    "store '"
                            + config.name()
                            + "': no Google credentials were found; set the store's serviceAccount"
                            + " or Application Default Credentials",
                    e);
        }
    }
}
