package dev.sheaf.schemas.protobuf;

import com.google.protobuf.AnyProto;
import com.google.protobuf.ApiProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.Descriptors.DescriptorValidationException;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.DurationProto;
import com.google.protobuf.EmptyProto;
import com.google.protobuf.FieldMaskProto;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.SourceContextProto;
import com.google.protobuf.StructProto;
import com.google.protobuf.TimestampProto;
import com.google.protobuf.TypeProto;
import com.google.protobuf.WrappersProto;

import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;
import dev.sheaf.schemas.Incompatibility;

import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// A Protobuf file with those that it imports, all names resolved. Immutable; for any thread.
public final class ProtobufSchema {
    /// What every compiler brings along.
    private static final Map<String, FileDescriptor> WELL_KNOWN =
            Stream.of(
                            AnyProto.getDescriptor(),
                            ApiProto.getDescriptor(),
                            DurationProto.getDescriptor(),
                            EmptyProto.getDescriptor(),
                            FieldMaskProto.getDescriptor(),
                            SourceContextProto.getDescriptor(),
                            StructProto.getDescriptor(),
                            TimestampProto.getDescriptor(),
                            TypeProto.getDescriptor(),
                            WrappersProto.getDescriptor())
                    .collect(Collectors.toMap(FileDescriptor::getName, each -> each));

    private final FileDescriptor file;

    private ProtobufSchema(FileDescriptor file) {
        this.file = file;
    }

    /// Reads `.proto` text, or a descriptor as base64, which is what some serialisers send.
    ///
    /// @param name what others call it when they import it
    /// @param references files that it may import, by the name it uses
    /// @throws Problem INVALID_VALUE when it is none
    public static ProtobufSchema read(
            String name, String text, Map<String, ProtobufSchema> references) {
        FileDescriptorProto raw = descriptor(text).orElseGet(() -> ProtoText.read(name, text));
        FileDescriptorProto described = raw.toBuilder().setName(name).clearOptions().build();
        Map<String, FileDescriptor> known = new LinkedHashMap<>(WELL_KNOWN);
        references.forEach((used, schema) -> known.put(used, schema.file));
        List<FileDescriptor> imported = new ArrayList<>();
        for (String each : described.getDependencyList()) {
            FileDescriptor dependency = known.get(each);
            if (dependency == null) {
                throw invalid(
                        "imports '"
                                + each
                                + "', which is not among its references"
                                + (references.isEmpty()
                                        ? ": name it in 'references'"
                                        : " (" + String.join(", ", references.keySet()) + ")"));
            }
            imported.add(dependency);
        }
        // The descriptor names what it imports by their own names.
        FileDescriptorProto.Builder linked = described.toBuilder().clearDependency();
        imported.forEach(each -> linked.addDependency(each.getName()));
        try {
            FileDescriptor file =
                    FileDescriptor.buildFrom(
                            linked.build(), imported.toArray(FileDescriptor[]::new));
            Rules.check(file);
            return new ProtobufSchema(file);
        } catch (DescriptorValidationException e) {
            throw new Problem(
                    ProblemCode.INVALID_VALUE,
                    "the schema is no valid Protobuf file: " + e.getMessage(),
                    e);
        }
    }

    /// As `.proto` text in one form.
    public String text() {
        return ProtoWriter.write(file);
    }

    /// The descriptor as base64.
    public String serialized() {
        return Base64.getEncoder().encodeToString(file.toProto().toByteArray());
    }

    /// Where a reader of this schema cannot read what a writer of another has written.
    public List<Incompatibility> readingOf(ProtobufSchema writer) {
        return new ProtobufComparison(file, writer.file).run();
    }

    private static Optional<FileDescriptorProto> descriptor(String text) {
        String plain = text.strip();
        if (plain.isEmpty() || !plain.matches("[A-Za-z0-9+/\\r\\n]+={0,2}")) {
            return Optional.empty();
        }
        try {
            FileDescriptorProto described =
                    FileDescriptorProto.parseFrom(Base64.getMimeDecoder().decode(plain));
            return described.hasName() ? Optional.of(described) : Optional.empty();
        } catch (InvalidProtocolBufferException | IllegalArgumentException e) {
            return Optional.empty(); // then it is text, and is judged as such
        }
    }

    static Problem invalid(String what) {
        return new Problem(ProblemCode.INVALID_VALUE, "the schema " + what);
    }
}
