package dev.sheaf.node.config;

import dev.sheaf.kernel.RegionName;
import dev.sheaf.lake.SecretReference;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Where tables lie.
public record LakeSettings(
        @Setting("Object stores. Without any, tables lie in the data directory's folder warehouse.")
                List<Store> stores,
        @Setting(
                        value =
                                "Store in which a product's table lies unless its descriptor says"
                                        + " otherwise.",
                        fallback = "local")
                String defaultStore,
        @Setting("The catalog of tables; without it, a SQLite file in the data directory.")
                Optional<Database> catalog) {
    public LakeSettings {
        stores = List.copyOf(stores);
    }

    /// An object store, or a part of one.
    public record Store(
            @Setting("What the configuration calls it.") String name,
            @Setting(
                            "What every location in it begins with: file:///…, s3://bucket/…,"
                                    + " gs://bucket/…,"
                                    + " abfss://container@account.dfs.core.windows.net/….")
                    String root,
            @Setting("endpoint, region, pathStyle (S3); endpoint (Azure); endpoint, project (GCS).")
                    Map<String, String> properties,
            @Setting(
                            "References env:NAME or file:PATH. accessKeyId, secretAccessKey,"
                                    + " sessionToken (S3); accountKey or sasToken (Azure);"
                                    + " serviceAccount (GCS). Without any: the cloud's ordinary"
                                    + " credential chain.")
                    Map<String, SecretReference> secrets,
            @Setting(
                            "Whether what lies in it is encrypted at rest, as policies are told."
                                + " Without it: yes of S3, GCS and Azure, which always encrypt; of"
                                + " folders and of stores with an endpoint it is not known.")
                    Optional<Boolean> encryptedAtRest,
            @Setting(
                            "The region that it lies in. Without it: that of S3's property region,"
                                    + " else the node's.")
                    Optional<RegionName> region,
            @Setting(
                            "Whether nothing is ever written or deleted in it: a store of another"
                                    + " region, whose files are read where they lie.")
                    Optional<Boolean> readOnly) {
        public Store {
            properties = Map.copyOf(properties);
            secrets = Map.copyOf(secrets);
        }
    }

    /// A PostgreSQL database.
    public record Database(
            @Setting("jdbc:postgresql://host:port/database") String url,
            @Setting("Role to log in as.") String user,
            @Setting("Reference env:NAME or file:PATH.") SecretReference password) {}
}
