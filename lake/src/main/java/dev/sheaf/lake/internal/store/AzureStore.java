package dev.sheaf.lake.internal.store;

import com.azure.core.credential.AzureSasCredential;
import com.azure.core.exception.ClientAuthenticationException;
import com.azure.core.http.jdk.httpclient.JdkHttpClientBuilder;
import com.azure.identity.CredentialUnavailableException;
import com.azure.identity.DefaultAzureCredentialBuilder;
import com.azure.storage.blob.BlobContainerClient;
import com.azure.storage.blob.BlobServiceClient;
import com.azure.storage.blob.BlobServiceClientBuilder;
import com.azure.storage.blob.models.BlobErrorCode;
import com.azure.storage.blob.models.BlobItem;
import com.azure.storage.blob.models.BlobStorageException;
import com.azure.storage.blob.models.ListBlobsOptions;
import com.azure.storage.blob.models.ParallelTransferOptions;
import com.azure.storage.common.StorageSharedKeyCredential;
import com.azure.storage.common.policy.RequestRetryOptions;
import com.azure.storage.common.policy.RetryPolicyType;

import dev.sheaf.lake.SecretReference;
import dev.sheaf.lake.StoreConfig;

import org.apache.iceberg.io.BulkDeletionFailureException;
import org.apache.iceberg.io.FileInfo;
import org.apache.iceberg.io.InputFile;
import org.apache.iceberg.io.OutputFile;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// Azure Blob Storage, by the blob API (Iceberg's own ADLSFileIO speaks the hierarchical one, which
/// flat accounts answer differently). Locations are Iceberg's:
/// `abfss://container@account.dfs.core.windows.net/key`.
final class AzureStore implements Store {
    private static final long serialVersionUID = 1L;
    private static final int DELETES_AT_ONCE = 16;
    private static final long BLOCK_BYTES = 8L << 20;

    private final String root;
    private final transient BlobContainerClient container;

    private AzureStore(String root, BlobContainerClient container) {
        this.root = root;
        this.container = container;
    }

    static Store open(StoreConfig config) {
        String authority = config.root().substring("abfss://".length()).split("/", 2)[0];
        String name = ObjectLocation.of(config.root() + "/").container();
        String host = authority.substring(authority.indexOf('@') + 1);
        String account = host.split("\\.", 2)[0];
        BlobServiceClientBuilder builder =
                new BlobServiceClientBuilder()
                        .endpoint(
                                config.properties()
                                        .getOrDefault(
                                                "endpoint",
                                                "https://" + host.replace(".dfs.", ".blob.")))
                        .httpClient(
                                new JdkHttpClientBuilder()
                                        .connectionTimeout(Patience.CONNECT)
                                        .responseTimeout(Patience.READ)
                                        .readTimeout(Patience.READ)
                                        .writeTimeout(Patience.READ)
                                        .build())
                        .retryOptions(
                                new RequestRetryOptions(
                                        RetryPolicyType.EXPONENTIAL,
                                        Patience.TRIES,
                                        Patience.REQUEST,
                                        Duration.ofMillis(200),
                                        Duration.ofSeconds(2),
                                        null));
        BlobServiceClient service = withCredential(builder, config, account).buildClient();
        return new AzureStore("abfss://" + authority + "/", service.getBlobContainerClient(name));
    }

    @Override
    public InputFile newInputFile(String location) {
        return new AzureInput(location, blob(location), -1);
    }

    @Override
    public InputFile newInputFile(String location, long length) {
        return new AzureInput(location, blob(location), length);
    }

    @Override
    public OutputFile newOutputFile(String location) {
        return new AzureOutput(location, blob(location));
    }

    @Override
    public void deleteFile(String location) {
        blob(location).deleteIfExists();
    }

    /// One request for each, several at once: batches need a right that SAS tokens of a container
    /// do not carry.
    @Override
    public void deleteFiles(Iterable<String> locations) {
        int failed = 0;
        Throwable first = null;
        try (ExecutorService threads = Executors.newFixedThreadPool(DELETES_AT_ONCE)) {
            List<Future<Boolean>> deletions = new ArrayList<>();
            locations.forEach(location ->
                    deletions.add(threads.submit(() -> blob(location).deleteIfExists())));
            for (Future<Boolean> deletion : deletions) {
                try {
                    deletion.get();
                } catch (ExecutionException e) {
                    failed++;
                    first = first == null ? e.getCause() : first;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while deleting", e);
        }
        if (failed > 0) {
            BulkDeletionFailureException failure = new BulkDeletionFailureException(failed);
            failure.initCause(first);
            throw failure;
        }
    }

    @Override
    public Iterable<FileInfo> listPrefix(String prefix) {
        ListBlobsOptions options =
                new ListBlobsOptions().setPrefix(ObjectLocation.of(prefix).key());
        return container.listBlobs(options, null).stream().map(this::info).toList();
    }

    @Override
    public void deletePrefix(String prefix) {
        List<String> locations = new ArrayList<>();
        listPrefix(prefix).forEach(file -> locations.add(file.location()));
        deleteFiles(locations);
    }

    @Override
    public void upload(Path local, String location) {
        blob(location)
                .uploadFromFile(
                        local.toString(),
                        new ParallelTransferOptions()
                                .setBlockSizeLong(BLOCK_BYTES)
                                .setMaxSingleUploadSizeLong(BLOCK_BYTES)
                                .setMaxConcurrency(4),
                        null,
                        null,
                        null,
                        null,
                        null);
    }

    @Override
    public Failure failure(Throwable error) {
        for (Throwable cause = error; cause != null; cause = cause.getCause()) {
            switch (cause) {
                case BlobStorageException e -> {
                    return ofStatus(e);
                }
                case CredentialUnavailableException _ -> {
                    return Failure.NO_CREDENTIALS;
                }
                case ClientAuthenticationException _ -> {
                    return Failure.FORBIDDEN;
                }
                default -> {}
            }
        }
        return Failure.OTHER;
    }

    private static Failure ofStatus(BlobStorageException error) {
        return switch (error.getStatusCode()) {
            case 401, 403 -> Failure.FORBIDDEN;
            case 404 ->
                    BlobErrorCode.CONTAINER_NOT_FOUND.equals(error.getErrorCode())
                            ? Failure.MISSING_CONTAINER
                            : Failure.MISSING_OBJECT;
            case 400, 405 -> Failure.WRONG_ENDPOINT;
            case 408, 429, 500, 502, 503, 504 -> Failure.UNREACHABLE;
            default -> Failure.OTHER;
        };
    }

    private com.azure.storage.blob.BlobClient blob(String location) {
        return container.getBlobClient(ObjectLocation.of(location).key());
    }

    private FileInfo info(BlobItem item) {
        return new FileInfo(
                root + item.getName(),
                item.getProperties().getContentLength(),
                item.getProperties().getLastModified().toInstant().toEpochMilli());
    }

    private static BlobServiceClientBuilder withCredential(
            BlobServiceClientBuilder builder, StoreConfig config, String account) {
        Map<String, SecretReference> secrets = config.secrets();
        SecretReference key = secrets.get("accountKey");
        SecretReference sas = secrets.get("sasToken");
        if (key != null) {
            return builder.credential(new StorageSharedKeyCredential(account, key.resolve()));
        }
        return sas != null
                ? builder.credential(new AzureSasCredential(sas.resolve()))
                : builder.credential(
                        new DefaultAzureCredentialBuilder()
                                .httpClient(
                                        new JdkHttpClientBuilder()
                                                .connectionTimeout(Patience.CONNECT)
                                                .build())
                                .build());
    }
}
