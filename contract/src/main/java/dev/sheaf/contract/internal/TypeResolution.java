package dev.sheaf.contract.internal;

import dev.sheaf.contract.ColumnType;
import dev.sheaf.contract.ColumnType.Primitive;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/// The type of an ODCS property: `logicalType` says the family, `logicalTypeOptions` and
/// `physicalType` how wide it is. Without a `logicalType` the `physicalType` alone decides.
///
/// @param doubt empty when the type follows from what is written; else what was assumed and why
record TypeResolution(ColumnType type, Optional<String> doubt) {
    private static final Pattern HOURS = Pattern.compile("[HhKkmsSAnN]");
    private static final Pattern QUOTED = Pattern.compile("'[^']*'");
    private static final Pattern ZONE = Pattern.compile("[VzOXxZ]");
    private static final int U64_DIGITS = 20;
    private static final int DECIMAL_DIGITS_MAX = 38;

    private static TypeResolution sure(ColumnType type) {
        return new TypeResolution(type, Optional.empty());
    }

    private static TypeResolution assumed(ColumnType type, String doubt) {
        return new TypeResolution(type, Optional.of(doubt));
    }

    static TypeResolution of(Fields property) {
        String logical = property.text("logicalType").orElse("");
        String written = property.text("physicalType").orElse("");
        Optional<ColumnType> physical =
                written.isEmpty() ? Optional.empty() : PhysicalTypes.parse(written);
        Fields options = property.object("logicalTypeOptions");
        return switch (logical) {
            case "" -> untyped(property, written, physical);
            case "string" -> string(options, physical);
            case "integer" -> integer(options, physical);
            case "number" -> number(options, physical);
            case "boolean" -> sure(Primitive.BOOLEAN);
            case "date" -> date(options, physical);
            case "timestamp" -> sure(timestamp(options, physical));
            case "time" -> sure(Primitive.TIME);
            case "object" -> object(property, written, physical);
            case "array" -> array(property, physical);
            case "map" -> map(property, physical);
            case "vector" -> vector(options);
            default ->
                    physical.map(TypeResolution::sure)
                            .orElseGet(() ->
                                    assumed(
                                            Primitive.STRING,
                                            "logicalType '"
                                                    + logical
                                                    + "' is not one of the standard's;"
                                                    + " read as string"));
        };
    }

    private static TypeResolution untyped(
            Fields property, String written, Optional<ColumnType> physical) {
        if (!property.items("properties").isEmpty()) {
            return object(property, written, physical);
        }
        if (property.has("items")) {
            return array(property, physical);
        }
        if (physical.isPresent()) {
            return sure(physical.get());
        }
        return assumed(
                Primitive.STRING,
                written.isEmpty()
                        ? "has neither logicalType nor physicalType; read as string: state its"
                                + " logicalType"
                        : "physicalType '"
                                + written
                                + "' is not one that Sheaf knows and there is no logicalType; read"
                                + " as string: state its logicalType");
    }

    private static TypeResolution string(Fields options, Optional<ColumnType> physical) {
        if (physical.orElse(Primitive.STRING) == Primitive.UUID
                || options.text("format").equals(Optional.of("uuid"))) {
            return sure(Primitive.UUID);
        }
        boolean binary =
                physical.orElse(Primitive.STRING) == Primitive.BINARY
                        || options.text("format").equals(Optional.of("binary"));
        return sure(binary ? Primitive.BINARY : Primitive.STRING);
    }

    private static TypeResolution integer(Fields options, Optional<ColumnType> physical) {
        return switch (options.text("format").orElse("")) {
            case "i8", "i16", "i32", "u8", "u16" -> sure(Primitive.INT);
            case "u32", "i64" -> sure(Primitive.LONG);
            case "u64" -> sure(new ColumnType.Decimal(U64_DIGITS, 0));
            case "i128", "u128" ->
                    assumed(
                            new ColumnType.Decimal(DECIMAL_DIGITS_MAX, 0),
                            "128 bits hold up to 39 digits; read as decimal(38,0), larger values"
                                    + " are refused");
            default ->
                    sure(
                            switch (physical.orElse(Primitive.LONG)) {
                                case Primitive primitive when primitive == Primitive.INT ->
                                        Primitive.INT;
                                case ColumnType.Decimal decimal when decimal.scale() == 0 ->
                                        decimal;
                                default -> Primitive.LONG;
                            });
        };
    }

    private static TypeResolution number(Fields options, Optional<ColumnType> physical) {
        return switch (options.text("format").orElse("")) {
            case "f32" -> sure(Primitive.FLOAT);
            case "f64" -> sure(Primitive.DOUBLE);
            default ->
                    sure(
                            switch (physical.orElse(Primitive.DOUBLE)) {
                                case ColumnType.Decimal decimal -> decimal;
                                case Primitive primitive
                                        when primitive == Primitive.FLOAT
                                                || primitive == Primitive.INT
                                                || primitive == Primitive.LONG ->
                                        primitive;
                                default -> Primitive.DOUBLE;
                            });
        };
    }

    /// ODCS 3.0 had no other way to write a timestamp or a time than a `date` with a format.
    private static TypeResolution date(Fields options, Optional<ColumnType> physical) {
        ColumnType stored = physical.orElse(Primitive.DATE);
        if (stored == Primitive.TIMESTAMP
                || stored == Primitive.TIMESTAMP_TZ
                || stored == Primitive.TIME) {
            return sure(stored);
        }
        Optional<String> format = options.text("format").map(TypeResolution::unquoted);
        if (format.isEmpty() || !HOURS.matcher(format.get()).find() || stored == Primitive.STRING) {
            return sure(Primitive.DATE);
        }
        boolean day = format.get().toLowerCase(Locale.ROOT).contains("d");
        return sure(day ? timestamp(options, physical) : Primitive.TIME);
    }

    private static Primitive timestamp(Fields options, Optional<ColumnType> physical) {
        boolean zoned =
                options.flag("timezone")
                        || physical.orElse(Primitive.TIMESTAMP) == Primitive.TIMESTAMP_TZ
                        || options.text("format")
                                .map(TypeResolution::unquoted)
                                .filter(format -> ZONE.matcher(format).find())
                                .isPresent();
        return zoned ? Primitive.TIMESTAMP_TZ : Primitive.TIMESTAMP;
    }

    private static String unquoted(String format) {
        return QUOTED.matcher(format).replaceAll("");
    }

    private static TypeResolution object(
            Fields property, String written, Optional<ColumnType> physical) {
        List<ColumnType.Field> fields = new ArrayList<>();
        Optional<String> doubt = Optional.empty();
        for (Fields member : property.objects("properties")) {
            TypeResolution resolved = of(member);
            doubt = doubt.or(resolved::doubt);
            fields.add(
                    new ColumnType.Field(
                            member.text("name").orElse(""),
                            resolved.type(),
                            member.flag("required")));
        }
        if (!fields.isEmpty()) {
            return new TypeResolution(new ColumnType.Struct(fields), doubt);
        }
        if (physical.isPresent() && physical.get() instanceof ColumnType.Struct struct) {
            return sure(struct);
        }
        if (physical.isPresent() && physical.get() instanceof ColumnType.MapOf map) {
            return sure(map);
        }
        return assumed(
                Primitive.STRING,
                "is an object without properties"
                        + (written.isEmpty() ? "" : " (" + written + ")")
                        + "; read as string holding JSON: list its properties");
    }

    private static TypeResolution array(Fields property, Optional<ColumnType> physical) {
        if (property.has("items")) {
            Fields items = property.object("items");
            TypeResolution element = of(items);
            return new TypeResolution(
                    new ColumnType.ListOf(element.type(), items.flag("required")), element.doubt());
        }
        return physical.isPresent() && physical.get() instanceof ColumnType.ListOf list
                ? sure(list)
                : assumed(
                        new ColumnType.ListOf(Primitive.STRING, false),
                        "is an array without items; read as an array of strings: state its items");
    }

    /// ODCS 3.2: a list of numbers of fixed length; 32 bits are its default.
    private static TypeResolution vector(Fields options) {
        Primitive element =
                switch (options.text("elementType").orElse("float32")) {
                    case "float64" -> Primitive.DOUBLE;
                    case "int8", "uint8", "int16", "int32" -> Primitive.INT;
                    default -> Primitive.FLOAT;
                };
        return sure(new ColumnType.ListOf(element, true));
    }

    /// ODCS 3.2.
    private static TypeResolution map(Fields property, Optional<ColumnType> physical) {
        Fields map = property.object("map");
        if (map.has("key") && map.has("value")) {
            TypeResolution key = of(map.object("key"));
            TypeResolution value = of(map.object("value"));
            return new TypeResolution(
                    new ColumnType.MapOf(
                            key.type(), value.type(), map.object("value").flag("required")),
                    key.doubt().or(value::doubt));
        }
        return physical.isPresent() && physical.get() instanceof ColumnType.MapOf known
                ? sure(known)
                : assumed(
                        new ColumnType.MapOf(Primitive.STRING, Primitive.STRING, false),
                        "is a map without key and value; read as a map of strings");
    }
}
