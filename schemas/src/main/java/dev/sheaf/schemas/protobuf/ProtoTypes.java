package dev.sheaf.schemas.protobuf;

import com.google.protobuf.DescriptorProtos.FieldDescriptorProto.Type;

import java.util.Locale;
import java.util.Optional;

/// Words of the language.
final class ProtoTypes {
    private ProtoTypes() {}

    static Optional<Type> scalar(String word) {
        return switch (word) {
            case "double",
                    "float",
                    "int64",
                    "uint64",
                    "int32",
                    "fixed64",
                    "fixed32",
                    "bool",
                    "string",
                    "bytes",
                    "uint32",
                    "sfixed32",
                    "sfixed64",
                    "sint32",
                    "sint64" ->
                    Optional.of(Type.valueOf("TYPE_" + word.toUpperCase(Locale.ROOT)));
            default -> Optional.empty();
        };
    }

    /// The name that compilers give to the messages of a map.
    static String entryName(String field) {
        StringBuilder name = new StringBuilder();
        boolean isUpper = true;
        for (char c : field.toCharArray()) {
            if (c == '_') {
                isUpper = true;
            } else {
                name.append(isUpper ? Character.toUpperCase(c) : c);
                isUpper = false;
            }
        }
        return name.append("Entry").toString();
    }
}
