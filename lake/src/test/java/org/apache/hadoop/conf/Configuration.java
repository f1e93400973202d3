package org.apache.hadoop.conf;

/// An empty stand-in: parquet-hadoop, by which Iceberg's generic reader reads, links against this
/// name without needing what it does. Tests only; Hadoop itself is banned from the build.
public class Configuration {
    public Configuration() {}

    public Configuration(boolean loadDefaults) {}

    public String get(String name) {
        return null;
    }

    public boolean getBoolean(String name, boolean fallback) {
        return fallback;
    }

    public String get(String name, String fallback) {
        return fallback;
    }

    public int getInt(String name, int fallback) {
        return fallback;
    }

    public long getLong(String name, long fallback) {
        return fallback;
    }

    public <U> Class<? extends U> getClass(
            String name, Class<? extends U> fallback, Class<U> type) {
        return fallback;
    }

    public Class<?> getClass(String name, Class<?> fallback) {
        return fallback;
    }
}
