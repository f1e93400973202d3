package dev.sheaf.schemas.protobuf;

import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.EnumDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FileDescriptor;

import java.util.HashSet;
import java.util.Set;

/// What a compiler refuses and descriptors do not: reserved names and numbers in use, names that
/// are one in JSON, enumerations of proto3 that do not begin with zero.
final class Rules {
    private Rules() {}

    static void check(FileDescriptor file) {
        file.getMessageTypes().forEach(Rules::message);
        file.getEnumTypes().forEach(Rules::enumeration);
    }

    private static void message(Descriptor message) {
        Set<String> names = new HashSet<>();
        DescriptorProto declared = message.toProto();
        for (FieldDescriptor field : message.getFields()) {
            if (!names.add(field.getJsonName())) {
                throw ProtobufSchema.invalid(
                        "has two fields in "
                                + message.getFullName()
                                + " that are '"
                                + field.getJsonName()
                                + "' in JSON");
            }
            if (declared.getReservedNameList().contains(field.getName())
                    || declared.getReservedRangeList().stream()
                            .anyMatch(range ->
                                    range.getStart() <= field.getNumber()
                                            && field.getNumber() < range.getEnd())) {
                throw ProtobufSchema.invalid(
                        "uses '"
                                + field.getName()
                                + " = "
                                + field.getNumber()
                                + "' in "
                                + message.getFullName()
                                + ", which it reserves");
            }
            if (19000 <= field.getNumber() && field.getNumber() <= 19999) {
                throw ProtobufSchema.invalid(
                        "uses the number "
                                + field.getNumber()
                                + " in "
                                + message.getFullName()
                                + ": 19000 to 19999 belong to Protobuf itself");
            }
        }
        message.getNestedTypes().forEach(Rules::message);
        message.getEnumTypes().forEach(Rules::enumeration);
    }

    private static void enumeration(EnumDescriptor type) {
        boolean isProto3 = type.getFile().toProto().getSyntax().equals("proto3");
        if (isProto3 && type.getValues().getFirst().getNumber() != 0) {
            throw ProtobufSchema.invalid(
                    "has an enumeration " + type.getFullName() + " that does not begin with zero");
        }
        Set<Integer> numbers = new HashSet<>();
        boolean isAliased = type.toProto().getOptions().getAllowAlias();
        type.getValues()
                .forEach(value -> {
                    if (!numbers.add(value.getNumber()) && !isAliased) {
                        throw ProtobufSchema.invalid(
                                "has the number "
                                        + value.getNumber()
                                        + " twice in "
                                        + type.getFullName()
                                        + ": say allow_alias if it is meant");
                    }
                });
    }
}
