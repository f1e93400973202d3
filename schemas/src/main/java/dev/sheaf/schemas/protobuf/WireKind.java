package dev.sheaf.schemas.protobuf;

import com.google.protobuf.Descriptors.FieldDescriptor;

/// Types whose values one can read as the other's.
enum WireKind {
    VARINT,
    ZIGZAG,
    FIXED_32,
    FIXED_64,
    FLOAT,
    DOUBLE,
    TEXT,
    MESSAGE;

    static WireKind of(FieldDescriptor field) {
        return switch (field.getType()) {
            case INT32, INT64, UINT32, UINT64, BOOL, ENUM -> VARINT;
            case SINT32, SINT64 -> ZIGZAG;
            case FIXED32, SFIXED32 -> FIXED_32;
            case FIXED64, SFIXED64 -> FIXED_64;
            case FLOAT -> FLOAT;
            case DOUBLE -> DOUBLE;
            case STRING, BYTES -> TEXT;
            case MESSAGE, GROUP -> MESSAGE;
        };
    }

    boolean reads(WireKind written) {
        return this == written;
    }

    boolean isLengthDelimited() {
        return this == TEXT || this == MESSAGE;
    }
}
