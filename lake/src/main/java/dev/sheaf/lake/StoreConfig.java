package dev.sheaf.lake;

import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;

import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/// One object store, or a part of it, that a lake may read and write.
///
/// | kind | root | properties | secrets (all optional: without, the cloud's ordinary chain) |
/// | --- | --- | --- | --- |
/// | local | `file:///data/lake` | – | – |
/// | S3 | `s3://bucket/prefix` | `endpoint`, `region`, `pathStyle` | `accessKeyId` and `secretAccessKey`, `sessionToken` |
/// | Azure Blob | `abfss://container@account.dfs.core.windows.net/prefix` | `endpoint` | `accountKey` or `sasToken` |
/// | GCS | `gs://bucket/prefix` | `endpoint`, `project` | `serviceAccount` (JSON key) |
///
/// The ordinary chains: AWS default provider chain (environment, profile, web identity, container,
/// instance), Azure DefaultAzureCredential (environment, workload and managed identity, CLI),
/// Google Application Default Credentials.
///
/// @param name for messages
/// @param root every location in the store begins with it; no trailing `/`
/// @param properties as in the table above
/// @param secrets as in the table above
/// @param isReadOnly whether nothing is ever written or deleted in it, as it is another's
public record StoreConfig(
        String name,
        String root,
        Map<String, String> properties,
        Map<String, SecretReference> secrets,
        boolean isReadOnly) {
    private static final Pattern ROOT =
            Pattern.compile("(file|s3|gs|abfss)://([^/?#\\s]*)(/[^?#\\p{Cntrl}]*)?");
    private static final Map<String, Set<String>> PROPERTIES =
            Map.of(
                    "file", Set.of(),
                    "s3", Set.of("endpoint", "region", "pathStyle"),
                    "gs", Set.of("endpoint", "project"),
                    "abfss", Set.of("endpoint"));
    private static final Map<String, Set<String>> SECRETS =
            Map.of(
                    "file", Set.of(),
                    "s3", Set.of("accessKeyId", "secretAccessKey", "sessionToken"),
                    "gs", Set.of("serviceAccount"),
                    "abfss", Set.of("accountKey", "sasToken"));

    public StoreConfig {
        root = root.endsWith("/") ? root.substring(0, root.length() - 1) : root;
        properties = Map.copyOf(properties);
        secrets = Map.copyOf(secrets);
        if (!ROOT.matcher(root).matches()
                || root.startsWith("file:") != root.startsWith("file:///")) {
            throw new Problem(
                    ProblemCode.INVALID_CONFIGURATION,
                    "store '"
                            + name
                            + "': root '"
                            + root
                            + "' is none of file:///path, s3://bucket/…, gs://bucket/…,"
                            + " abfss://container@account.dfs.core.windows.net/…");
        }
        refuseUnknown(name, "property", properties.keySet(), PROPERTIES, root);
        refuseUnknown(name, "secret", secrets.keySet(), SECRETS, root);
    }

    /// A store that is read and written.
    public StoreConfig(
            String name,
            String root,
            Map<String, String> properties,
            Map<String, SecretReference> secrets) {
        this(name, root, properties, secrets, false);
    }

    /// A store in a local directory.
    public static StoreConfig local(String name, java.nio.file.Path directory) {
        return new StoreConfig(
                name, "file://" + directory.toAbsolutePath().normalize(), Map.of(), Map.of());
    }

    /// `file`, `s3`, `gs` or `abfss`.
    public String scheme() {
        return root.substring(0, root.indexOf(':'));
    }

    private static void refuseUnknown(
            String name,
            String what,
            Set<String> given,
            Map<String, Set<String>> known,
            String root) {
        Set<String> allowed = known.getOrDefault(root.substring(0, root.indexOf(':')), Set.of());
        for (String key : given) {
            if (!allowed.contains(key)) {
                throw new Problem(
                        ProblemCode.INVALID_CONFIGURATION,
                        "store '"
                                + name
                                + "': unknown "
                                + what
                                + " '"
                                + key
                                + "', known are "
                                + allowed.stream().sorted().toList());
            }
        }
    }
}
