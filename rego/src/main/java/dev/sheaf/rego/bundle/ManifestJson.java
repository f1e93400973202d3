package dev.sheaf.rego.bundle;

import dev.sheaf.kernel.Problem;
import dev.sheaf.rego.syntax.RegoVersion;
import dev.sheaf.rego.value.ArrayValue;
import dev.sheaf.rego.value.JsonValues;
import dev.sheaf.rego.value.NumberValue;
import dev.sheaf.rego.value.ObjectValue;
import dev.sheaf.rego.value.StringValue;
import dev.sheaf.rego.value.Value;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// A manifest as JSON. Fields that are not known are passed over.
final class ManifestJson {
    private static final String REVISION = "revision";
    private static final String ROOTS = "roots";
    private static final String METADATA = "metadata";
    private static final String VERSION = "rego_version";
    private static final String FILE_VERSIONS = "file_rego_versions";

    private ManifestJson() {}

    /// @throws Problem UNREADABLE_INPUT when it is no JSON object, INVALID_VALUE when a field is
    ///   not what it should be
    static Manifest read(BundleFile file) {
        ObjectValue fields = JsonFile.object(file);
        Value roots = fields.get(ROOTS);
        return new Manifest(
                field(fields, REVISION, StringValue.class).map(StringValue::value).orElse(""),
                roots == null ? List.of("") : texts(roots),
                field(fields, METADATA, ObjectValue.class).orElse(ObjectValue.EMPTY),
                field(fields, VERSION, NumberValue.class).map(each -> version(VERSION, each)),
                versions(field(fields, FILE_VERSIONS, ObjectValue.class)));
    }

    private static <T extends Value> Optional<T> field(
            ObjectValue fields, String name, Class<T> type) {
        Value value = fields.get(name);
        if (value == null || value.typeName().equals("null")) {
            return Optional.empty();
        }
        if (!type.isInstance(value)) {
            throw fault(name, value);
        }
        return Optional.of(type.cast(value));
    }

    private static Problem fault(String field, @Nullable Value value) {
        String allowed =
                switch (field) {
                    case REVISION -> "a text";
                    case ROOTS -> "a list of texts";
                    case VERSION, FILE_VERSIONS -> "0 or 1, for files an object of these";
                    default -> "an object";
                };
        return Faults.invalid(
                BundleFile.MANIFEST, field + " is " + value + "; it should be " + allowed);
    }

    private static List<String> texts(Value value) {
        if (value instanceof ArrayValue items
                && items.items().stream().allMatch(StringValue.class::isInstance)) {
            return items.items().stream().map(item -> ((StringValue) item).value()).toList();
        }
        throw fault(ROOTS, value);
    }

    private static Map<String, RegoVersion> versions(Optional<ObjectValue> versions) {
        Map<String, RegoVersion> byPattern = new TreeMap<>();
        versions.ifPresent(fields ->
                fields.forEach((pattern, version) ->
                        byPattern.put(
                                ((StringValue) pattern).value(), version(FILE_VERSIONS, version))));
        return byPattern;
    }

    private static RegoVersion version(String field, Value value) {
        if (value.equals(NumberValue.of(0))) {
            return RegoVersion.V0;
        } else if (value.equals(NumberValue.of(1))) {
            return RegoVersion.V1;
        }
        throw fault(field, value);
    }

    static BundleFile write(Manifest manifest) {
        ObjectValue.Builder fields = new ObjectValue.Builder();
        fields.put(REVISION, StringValue.of(manifest.revision()));
        fields.put(ROOTS, ArrayValue.of(manifest.roots().stream().map(StringValue::of).toList()));
        if (manifest.metadata().size() > 0) {
            fields.put(METADATA, manifest.metadata());
        }
        manifest.regoVersion().ifPresent(version -> fields.put(VERSION, number(version)));
        if (!manifest.fileRegoVersions().isEmpty()) {
            ObjectValue.Builder versions = new ObjectValue.Builder();
            manifest.fileRegoVersions()
                    .forEach((pattern, version) -> versions.put(pattern, number(version)));
            fields.put(FILE_VERSIONS, versions.build());
        }
        return BundleFile.ofText(BundleFile.MANIFEST, JsonValues.text(fields.build()));
    }

    private static NumberValue number(RegoVersion version) {
        return switch (version) {
            case V0 -> NumberValue.of(0);
            case V1 -> NumberValue.of(1);
        };
    }
}
