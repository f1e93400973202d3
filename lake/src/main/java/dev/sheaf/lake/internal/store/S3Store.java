package dev.sheaf.lake.internal.store;

import dev.sheaf.lake.SecretReference;
import dev.sheaf.lake.StoreConfig;

import org.apache.iceberg.aws.s3.S3FileIO;

import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.exception.ApiCallAttemptTimeoutException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;
import software.amazon.awssdk.services.s3.model.NoSuchBucketException;
import software.amazon.awssdk.services.s3.model.S3Exception;

import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/// Amazon S3 and what speaks its protocol.
final class S3Store extends DelegatedStore {
    private static final long serialVersionUID = 1L;

    private final transient S3Client client;

    private S3Store(S3Client client) {
        super(files(client));
        this.client = client;
    }

    static Store open(StoreConfig config) {
        Map<String, String> properties = config.properties();
        S3ClientBuilder builder =
                S3Client.builder()
                        .httpClientBuilder(
                                ApacheHttpClient.builder()
                                        .connectionTimeout(Patience.CONNECT)
                                        .connectionAcquisitionTimeout(Patience.READ)
                                        .socketTimeout(Patience.READ)
                                        .maxConnections(64))
                        .credentialsProvider(credentials(config))
                        .forcePathStyle(Boolean.parseBoolean(properties.get("pathStyle")))
                        .overrideConfiguration(override ->
                                override.retryStrategy(retry -> retry.maxAttempts(Patience.TRIES)));
        Optional.ofNullable(properties.get("endpoint"))
                .ifPresent(endpoint -> builder.endpointOverride(URI.create(endpoint)));
        Optional.ofNullable(properties.get("region"))
                .ifPresent(region -> builder.region(Region.of(region)));
        return new S3Store(builder.build());
    }

    @Override
    public void upload(Path local, String location) {
        ObjectLocation target = ObjectLocation.of(location);
        if (local.toFile().length() > S3Parts.SINGLE_BYTES_MAX) {
            new S3Parts(client, target).upload(local);
            return;
        }
        client.putObject(
                put -> put.bucket(target.container()).key(target.key()),
                RequestBody.fromFile(local));
    }

    /// S3 answers 416 where others give no bytes.
    @Override
    public boolean pastEnd(Throwable error) {
        return error instanceof S3Exception e && e.statusCode() == 416;
    }

    @Override
    public Failure failure(Throwable error) {
        for (Throwable cause = error; cause != null; cause = cause.getCause()) {
            switch (cause) {
                case NoSuchBucketException _ -> {
                    return Failure.MISSING_CONTAINER;
                }
                case S3Exception e -> {
                    return ofStatus(e);
                }
                case ApiCallTimeoutException _, ApiCallAttemptTimeoutException _ -> {
                    return Failure.UNREACHABLE;
                }
                case SdkClientException e
                        when String.valueOf(e.getMessage()).contains("load credentials") -> {
                    return Failure.NO_CREDENTIALS;
                }
                default -> {}
            }
        }
        return Failure.OTHER;
    }

    @Override
    public void close() {
        super.close();
        client.close();
    }

    private static Failure ofStatus(S3Exception error) {
        String code =
                error.awsErrorDetails() == null
                        ? ""
                        : String.valueOf(error.awsErrorDetails().errorCode());
        return switch (error.statusCode()) {
            case 401, 403 -> Failure.FORBIDDEN;
            case 404 ->
                    code.equals("NoSuchBucket")
                            ? Failure.MISSING_CONTAINER
                            : Failure.MISSING_OBJECT;
            case 301, 307, 400, 405 -> Failure.WRONG_ENDPOINT;
            case 500, 502, 503, 504 -> Failure.UNREACHABLE;
            default -> Failure.OTHER;
        };
    }

    private static S3FileIO files(S3Client client) {
        S3FileIO files = new S3FileIO(() -> client);
        files.initialize(Map.of("s3.delete.num-threads", "4"));
        return files;
    }

    private static AwsCredentialsProvider credentials(StoreConfig config) {
        Map<String, SecretReference> secrets = config.secrets();
        SecretReference id = secrets.get("accessKeyId");
        SecretReference key = secrets.get("secretAccessKey");
        SecretReference session = secrets.get("sessionToken");
        if (id == null || key == null) {
            return DefaultCredentialsProvider.builder().build();
        }
        return StaticCredentialsProvider.create(
                session == null
                        ? AwsBasicCredentials.create(id.resolve(), key.resolve())
                        : AwsSessionCredentials.create(
                                id.resolve(), key.resolve(), session.resolve()));
    }
}
