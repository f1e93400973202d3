package dev.sheaf.schemas;

import java.util.Arrays;
import java.util.Optional;

/// The languages of schemas, by the names that clients use.
public enum SchemaLanguage {
    AVRO,
    JSON,
    PROTOBUF;

    public static Optional<SchemaLanguage> named(String text) {
        return Arrays.stream(values()).filter(each -> each.name().equals(text)).findFirst();
    }
}
