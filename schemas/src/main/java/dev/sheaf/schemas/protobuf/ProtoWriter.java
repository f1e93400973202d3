package dev.sheaf.schemas.protobuf;

import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.EnumDescriptor;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.Descriptors.OneofDescriptor;

import java.util.List;

/// Descriptors as `.proto` text, always in the same form. Names of types are written in full.
final class ProtoWriter {
    private final StringBuilder text = new StringBuilder();
    private final boolean isProto3;

    private ProtoWriter(boolean isProto3) {
        this.isProto3 = isProto3;
    }

    static String write(FileDescriptor file) {
        boolean isProto3 = file.toProto().getSyntax().equals("proto3");
        ProtoWriter writer = new ProtoWriter(isProto3);
        writer.text.append("syntax = \"").append(isProto3 ? "proto3" : "proto2").append("\";\n");
        if (!file.getPackage().isEmpty()) {
            writer.text.append("package ").append(file.getPackage()).append(";\n");
        }
        for (FileDescriptor each : file.getDependencies()) {
            String kind = file.getPublicDependencies().contains(each) ? "import public" : "import";
            writer.text.append(kind).append(" \"").append(each.getName()).append("\";\n");
        }
        file.getEnumTypes().forEach(type -> writer.enumeration(type, ""));
        file.getMessageTypes().forEach(type -> writer.message(type, ""));
        return writer.text.toString();
    }

    private void message(Descriptor message, String indent) {
        String inner = indent + "  ";
        text.append('\n').append(indent).append("message ").append(message.getName());
        text.append(" {\n");
        reserved(message.toProto(), inner);
        for (FieldDescriptor field : message.getFields()) {
            if (field.getRealContainingOneof() == null) {
                field(field, inner);
            }
        }
        for (OneofDescriptor oneof : message.getRealOneofs()) {
            text.append(inner).append("oneof ").append(oneof.getName()).append(" {\n");
            oneof.getFields().forEach(field -> field(field, inner + "  "));
            text.append(inner).append("}\n");
        }
        message.getEnumTypes().forEach(type -> enumeration(type, inner));
        message.getNestedTypes().stream()
                .filter(type -> !type.getOptions().getMapEntry())
                .forEach(type -> message(type, inner));
        text.append(indent).append("}\n");
    }

    private void reserved(DescriptorProto message, String indent) {
        message.getReservedRangeList()
                .forEach(range -> {
                    text.append(indent).append("reserved ").append(range.getStart());
                    if (range.getEnd() - 1 > range.getStart()) {
                        text.append(" to ").append(range.getEnd() - 1);
                    }
                    text.append(";\n");
                });
        message.getReservedNameList()
                .forEach(name ->
                        text.append(indent).append("reserved \"").append(name).append("\";\n"));
    }

    private void field(FieldDescriptor field, String indent) {
        text.append(indent);
        if (field.isMapField()) {
            List<FieldDescriptor> entry = field.getMessageType().getFields();
            text.append("map<").append(type(entry.get(0))).append(", ");
            text.append(type(entry.get(1))).append('>');
        } else {
            if (field.isRepeated()) {
                text.append("repeated ");
            } else if (field.isRequired()) {
                text.append("required ");
            } else if (field.getRealContainingOneof() == null
                    && (!isProto3 || field.toProto().getProto3Optional())) {
                text.append("optional ");
            }
            text.append(type(field));
        }
        text.append(' ').append(field.getName()).append(" = ").append(field.getNumber());
        options(field);
        text.append(";\n");
    }

    private void options(FieldDescriptor field) {
        StringBuilder options = new StringBuilder();
        if (field.toProto().hasDefaultValue()) {
            String value = field.toProto().getDefaultValue();
            boolean isText =
                    field.getType() == FieldDescriptor.Type.STRING
                            || field.getType() == FieldDescriptor.Type.BYTES;
            options.append(", default = ")
                    .append(
                            isText
                                    ? '"' + value.replace("\\", "\\\\").replace("\"", "\\\"") + '"'
                                    : value);
        }
        if (field.toProto().getOptions().hasPacked()) {
            options.append(", packed = ").append(field.toProto().getOptions().getPacked());
        }
        if (field.toProto().getOptions().getDeprecated()) {
            options.append(", deprecated = true");
        }
        if (field.toProto().hasJsonName()
                && !field.getJsonName().equals(jsonName(field.getName()))) {
            options.append(", json_name = \"").append(field.getJsonName()).append('"');
        }
        if (!options.isEmpty()) {
            text.append(" [").append(options.substring(2)).append(']');
        }
    }

    private static String jsonName(String name) {
        String entry = ProtoTypes.entryName("x_" + name);
        String upper = entry.substring(1, entry.length() - "Entry".length());
        return upper.isEmpty() || name.startsWith("_")
                ? upper
                : name.charAt(0) + upper.substring(1);
    }

    private static String type(FieldDescriptor field) {
        return switch (field.getJavaType()) {
            case MESSAGE -> "." + field.getMessageType().getFullName();
            case ENUM -> "." + field.getEnumType().getFullName();
            case INT, LONG, FLOAT, DOUBLE, BOOLEAN, STRING, BYTE_STRING ->
                    field.getType().name().toLowerCase(java.util.Locale.ROOT);
        };
    }

    private void enumeration(EnumDescriptor type, String indent) {
        text.append('\n').append(indent).append("enum ").append(type.getName()).append(" {\n");
        if (type.toProto().getOptions().getAllowAlias()) {
            text.append(indent).append("  option allow_alias = true;\n");
        }
        for (EnumValueDescriptor value : type.getValues()) {
            text.append(indent).append("  ").append(value.getName());
            text.append(" = ").append(value.getNumber()).append(";\n");
        }
        text.append(indent).append("}\n");
    }
}
