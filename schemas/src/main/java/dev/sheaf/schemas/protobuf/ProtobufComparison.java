package dev.sheaf.schemas.protobuf;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.Descriptors.OneofDescriptor;

import dev.sheaf.schemas.Incompatibility;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Whether a reader of one file can read what a writer of another has written: by the rules of the
/// wire format ("Updating A Message Type" of Protobuf's language guide). Fields are known by their
/// numbers; those that one does not know are passed over. One use.
final class ProtobufComparison {
    private final FileDescriptor reader;
    private final FileDescriptor writer;
    private final List<Incompatibility> found = new ArrayList<>();
    private final Set<String> compared = new HashSet<>();

    ProtobufComparison(FileDescriptor reader, FileDescriptor writer) {
        this.reader = reader;
        this.writer = writer;
    }

    List<Incompatibility> run() {
        Map<String, Descriptor> known = new LinkedHashMap<>();
        reader.getMessageTypes().forEach(type -> collect(known, type, type.getName()));
        Map<String, Descriptor> written = new LinkedHashMap<>();
        writer.getMessageTypes().forEach(type -> collect(written, type, type.getName()));
        for (Map.Entry<String, Descriptor> each : written.entrySet()) {
            Descriptor own = known.get(each.getKey());
            if (own == null) {
                add(
                        each.getKey(),
                        "MESSAGE_REMOVED",
                        "such messages may be written, and the reader does not know them");
            } else {
                message(own, each.getValue(), each.getKey());
            }
        }
        return List.copyOf(found);
    }

    /// By the name within the file, as the package may change.
    private static void collect(Map<String, Descriptor> all, Descriptor type, String name) {
        if (type.getOptions().getMapEntry()) {
            return;
        }
        all.put(name, type);
        type.getNestedTypes()
                .forEach(nested -> collect(all, nested, name + "." + nested.getName()));
    }

    private void message(Descriptor own, Descriptor written, String path) {
        if (!compared.add(own.getFullName() + " " + written.getFullName())) {
            return;
        }
        for (FieldDescriptor field : written.getFields()) {
            String at = path + "." + field.getName();
            FieldDescriptor other = own.findFieldByNumber(field.getNumber());
            if (other == null) {
                removed(own, field, at);
            } else {
                field(other, field, at);
            }
        }
        for (FieldDescriptor field : own.getFields()) {
            if (field.isRequired()) {
                FieldDescriptor other = written.findFieldByNumber(field.getNumber());
                if (other == null || !other.isRequired()) {
                    add(
                            path + "." + field.getName(),
                            "REQUIRED_FIELD_ADDED",
                            "the reader requires it, the writer need not write it");
                }
            }
        }
        for (OneofDescriptor oneof : own.getRealOneofs()) {
            alternatives(oneof, written, path);
        }
    }

    private void removed(Descriptor own, FieldDescriptor field, String at) {
        OneofDescriptor oneof = field.getRealContainingOneof();
        boolean isKnown =
                oneof != null
                        && own.getRealOneofs().stream()
                                .anyMatch(other -> other.getName().equals(oneof.getName()));
        if (isKnown) {
            add(
                    at,
                    "ONEOF_FIELD_REMOVED",
                    "the reader does not know this alternative of '" + oneof.getName() + "'");
        }
    }

    /// Of several fields that become alternatives of each other only one is kept.
    private void alternatives(OneofDescriptor oneof, Descriptor written, String path) {
        int moved = 0;
        boolean isOld = false;
        for (FieldDescriptor field : oneof.getFields()) {
            FieldDescriptor other = written.findFieldByNumber(field.getNumber());
            if (other != null && other.getRealContainingOneof() == null) {
                moved++;
            } else if (other != null) {
                isOld = true;
            }
        }
        if (moved > 1 || (moved == 1 && isOld)) {
            add(
                    path + "." + oneof.getName(),
                    "FIELDS_MOVED_TO_ONEOF",
                    "fields that may be written together exclude each other for the reader");
        }
    }

    private void field(FieldDescriptor own, FieldDescriptor written, String at) {
        if (own.isMapField() != written.isMapField()) {
            add(at, "FIELD_KIND_CHANGED", "it is a map on one side only");
            return;
        }
        boolean isBoth = own.getJavaType() == written.getJavaType();
        if (isBoth && own.getJavaType() == FieldDescriptor.JavaType.MESSAGE) {
            named(own.getMessageType(), written.getMessageType(), own.isMapField(), at);
        } else if (!WireKind.of(own).reads(WireKind.of(written))) {
            add(
                    at,
                    "FIELD_TYPE_CHANGED",
                    word(written) + " may be written, the reader reads " + word(own));
        }
        boolean isShort = own.isRepeated() != written.isRepeated();
        if (isShort && !WireKind.of(own).isLengthDelimited()) {
            add(
                    at,
                    "FIELD_LABEL_CHANGED",
                    "it is repeated on one side only, and numbers are packed then");
        }
    }

    private void named(Descriptor own, Descriptor written, boolean isMap, String at) {
        if (isMap) {
            field(own.findFieldByNumber(1), written.findFieldByNumber(1), at + ".key");
            field(own.findFieldByNumber(2), written.findFieldByNumber(2), at + ".value");
            return;
        }
        if (!local(own).equals(local(written))) {
            add(
                    at,
                    "FIELD_TYPE_CHANGED",
                    "the message "
                            + written.getFullName()
                            + " may be written, the reader reads "
                            + own.getFullName());
            return;
        }
        message(own, written, at);
    }

    private static String local(Descriptor type) {
        String packageName = type.getFile().getPackage();
        return packageName.isEmpty()
                ? type.getFullName()
                : type.getFullName().substring(packageName.length() + 1);
    }

    private static String word(FieldDescriptor field) {
        return (field.isRepeated() ? "repeated " : "")
                + field.getType().name().toLowerCase(java.util.Locale.ROOT);
    }

    private void add(String path, String kind, String message) {
        found.add(new Incompatibility(path, kind, message));
    }
}
