package dev.sheaf.schemas.protobuf;

import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.DescriptorProtos.EnumDescriptorProto;
import com.google.protobuf.DescriptorProtos.EnumOptions;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto.Label;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto.Type;
import com.google.protobuf.DescriptorProtos.FieldOptions;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.MessageOptions;
import com.google.protobuf.DescriptorProtos.OneofDescriptorProto;
import com.squareup.wire.Syntax;
import com.squareup.wire.schema.Field;
import com.squareup.wire.schema.Location;
import com.squareup.wire.schema.internal.parser.EnumConstantElement;
import com.squareup.wire.schema.internal.parser.EnumElement;
import com.squareup.wire.schema.internal.parser.FieldElement;
import com.squareup.wire.schema.internal.parser.MessageElement;
import com.squareup.wire.schema.internal.parser.OneOfElement;
import com.squareup.wire.schema.internal.parser.OptionElement;
import com.squareup.wire.schema.internal.parser.ProtoFileElement;
import com.squareup.wire.schema.internal.parser.ProtoParser;
import com.squareup.wire.schema.internal.parser.ReservedElement;
import com.squareup.wire.schema.internal.parser.TypeElement;

import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;

import kotlin.ranges.IntRange;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// `.proto` text as a descriptor whose names are not resolved yet.
final class ProtoText {
    private static final int DEPTH_MAX = 64;

    private final boolean isProto3;

    private ProtoText(boolean isProto3) {
        this.isProto3 = isProto3;
    }

    /// @throws Problem INVALID_VALUE when it does not parse
    static FileDescriptorProto read(String name, String text) {
        ProtoFileElement file;
        try {
            file = ProtoParser.Companion.parse(Location.get(name), text);
        } catch (IllegalStateException | IllegalArgumentException | IndexOutOfBoundsException e) {
            String said = e.getMessage() == null ? "it does not parse" : e.getMessage();
            throw new Problem(
                    ProblemCode.INVALID_VALUE, "the schema is no Protobuf file: " + said, e);
        }
        boolean isProto3 = file.getSyntax() == Syntax.PROTO_3;
        if (file.getSyntax() != null && !isProto3 && file.getSyntax() != Syntax.PROTO_2) {
            throw ProtobufSchema.invalid(
                    "is of " + file.getSyntax() + ": proto2 and proto3 are known here");
        }
        return new ProtoText(isProto3).file(name, file);
    }

    private FileDescriptorProto file(String name, ProtoFileElement file) {
        FileDescriptorProto.Builder described =
                FileDescriptorProto.newBuilder()
                        .setName(name)
                        .setSyntax(isProto3 ? "proto3" : "proto2");
        if (file.getPackageName() != null) {
            described.setPackage(file.getPackageName());
        }
        described.addAllDependency(file.getImports());
        for (String each : file.getPublicImports()) {
            described.addPublicDependency(described.getDependencyCount());
            described.addDependency(each);
        }
        for (TypeElement type : file.getTypes()) {
            switch (type) {
                case MessageElement message -> described.addMessageType(message(message, 0));
                case EnumElement enumeration -> described.addEnumType(enumeration(enumeration));
                default -> throw ProtobufSchema.invalid("has a type that is not known here");
            }
        }
        if (described.getMessageTypeCount() == 0 && described.getEnumTypeCount() == 0) {
            throw ProtobufSchema.invalid("is a Protobuf file without any type");
        }
        return described.build();
    }

    private DescriptorProto message(MessageElement message, int depth) {
        if (depth > DEPTH_MAX) {
            throw ProtobufSchema.invalid("has messages within more than " + DEPTH_MAX + " others");
        }
        if (!message.getGroups().isEmpty()) {
            throw ProtobufSchema.invalid(
                    "has a group in " + message.getName() + ": make it a message of its own");
        }
        DescriptorProto.Builder described = DescriptorProto.newBuilder().setName(message.getName());
        message.getFields().forEach(field -> field(described, field));
        for (OneOfElement oneof : message.getOneOfs()) {
            int index = described.getOneofDeclCount();
            described.addOneofDecl(OneofDescriptorProto.newBuilder().setName(oneof.getName()));
            for (FieldElement field : oneof.getFields()) {
                field(described, field);
                described
                        .getFieldBuilder(described.getFieldCount() - 1)
                        .setOneofIndex(index)
                        .clearProto3Optional();
            }
        }
        optionals(described);
        for (TypeElement type : message.getNestedTypes()) {
            switch (type) {
                case MessageElement nested -> described.addNestedType(message(nested, depth + 1));
                case EnumElement nested -> described.addEnumType(enumeration(nested));
                default -> throw ProtobufSchema.invalid("has a type that is not known here");
            }
        }
        for (ReservedElement reserved : message.getReserveds()) {
            reserved.getValues().forEach(value -> reserve(described, value));
        }
        return described.build();
    }

    private static void reserve(DescriptorProto.Builder described, Object value) {
        switch (value) {
            case String name -> described.addReservedName(name);
            case Integer number ->
                    described.addReservedRange(
                            DescriptorProto.ReservedRange.newBuilder()
                                    .setStart(number)
                                    .setEnd(number + 1));
            case IntRange range ->
                    described.addReservedRange(
                            DescriptorProto.ReservedRange.newBuilder()
                                    .setStart(range.getFirst())
                                    .setEnd(range.getLast() + 1));
            default -> throw ProtobufSchema.invalid("reserves " + value);
        }
    }

    /// What is optional in proto3 is a group of alternatives with one in it.
    private static void optionals(DescriptorProto.Builder described) {
        for (FieldDescriptorProto.Builder field : described.getFieldBuilderList()) {
            if (field.getProto3Optional()) {
                field.setOneofIndex(described.getOneofDeclCount());
                described.addOneofDecl(
                        OneofDescriptorProto.newBuilder().setName("_" + field.getName()));
            }
        }
    }

    private void field(DescriptorProto.Builder message, FieldElement field) {
        FieldDescriptorProto.Builder described =
                FieldDescriptorProto.newBuilder()
                        .setName(field.getName())
                        .setNumber(field.getTag())
                        .setLabel(label(field.getLabel()));
        if (isProto3 && field.getLabel() == Field.Label.OPTIONAL) {
            described.setProto3Optional(true);
        }
        if (isProto3 && field.getLabel() == Field.Label.REQUIRED) {
            throw ProtobufSchema.invalid(
                    "has the required field '" + field.getName() + "', which proto3 does not know");
        }
        String type = field.getType();
        if (type.startsWith("map<")) {
            described.setLabel(Label.LABEL_REPEATED).setTypeName(entry(message, field));
        } else {
            type(described, type);
        }
        if (field.getDefaultValue() != null) {
            described.setDefaultValue(field.getDefaultValue());
        }
        if (field.getJsonName() != null) {
            described.setJsonName(field.getJsonName());
        }
        FieldOptions.Builder options = FieldOptions.newBuilder();
        flag(field.getOptions(), "packed").ifPresent(options::setPacked);
        flag(field.getOptions(), "deprecated").ifPresent(options::setDeprecated);
        if (!options.build().equals(FieldOptions.getDefaultInstance())) {
            described.setOptions(options);
        }
        message.addField(described);
    }

    private static Label label(Field.Label label) {
        if (label == Field.Label.REQUIRED) {
            return Label.LABEL_REQUIRED;
        }
        return label == Field.Label.REPEATED ? Label.LABEL_REPEATED : Label.LABEL_OPTIONAL;
    }

    private static void type(FieldDescriptorProto.Builder field, String type) {
        Optional<Type> scalar = ProtoTypes.scalar(type);
        if (scalar.isPresent()) {
            field.setType(scalar.get());
        } else {
            field.setTypeName(type);
        }
    }

    /// A map is a list of messages with key and value.
    private static String entry(DescriptorProto.Builder message, FieldElement field) {
        String[] types = field.getType().substring(4, field.getType().length() - 1).split(",", 2);
        String name = ProtoTypes.entryName(field.getName());
        FieldDescriptorProto.Builder key =
                FieldDescriptorProto.newBuilder()
                        .setName("key")
                        .setNumber(1)
                        .setLabel(Label.LABEL_OPTIONAL);
        FieldDescriptorProto.Builder value =
                FieldDescriptorProto.newBuilder()
                        .setName("value")
                        .setNumber(2)
                        .setLabel(Label.LABEL_OPTIONAL);
        type(key, types[0].strip());
        type(value, types[1].strip());
        message.addNestedType(
                DescriptorProto.newBuilder()
                        .setName(name)
                        .addField(key)
                        .addField(value)
                        .setOptions(MessageOptions.newBuilder().setMapEntry(true)));
        return name;
    }

    private static EnumDescriptorProto enumeration(EnumElement enumeration) {
        EnumDescriptorProto.Builder described =
                EnumDescriptorProto.newBuilder().setName(enumeration.getName());
        for (EnumConstantElement constant : enumeration.getConstants()) {
            described.addValueBuilder().setName(constant.getName()).setNumber(constant.getTag());
        }
        if (described.getValueCount() == 0) {
            throw ProtobufSchema.invalid(
                    "has the enumeration " + enumeration.getName() + " without any value");
        }
        flag(enumeration.getOptions(), "allow_alias")
                .ifPresent(is -> described.setOptions(EnumOptions.newBuilder().setAllowAlias(is)));
        return described.build();
    }

    private static Optional<Boolean> flag(List<OptionElement> options, String name) {
        return options.stream()
                .filter(option -> option.getName().equals(name))
                .map(option -> option.getValue().toString().toLowerCase(Locale.ROOT).equals("true"))
                .findFirst();
    }
}
