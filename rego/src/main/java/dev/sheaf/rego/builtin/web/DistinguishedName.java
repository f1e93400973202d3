package dev.sheaf.rego.builtin.web;

import dev.sheaf.rego.value.ArrayValue;
import dev.sheaf.rego.value.BooleanValue;
import dev.sheaf.rego.value.NullValue;
import dev.sheaf.rego.value.NumberValue;
import dev.sheaf.rego.value.ObjectValue;
import dev.sheaf.rego.value.StringValue;
import dev.sheaf.rego.value.Value;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/// The name of a subject or an issuer (RFC 5280, 4.1.2.4).
///
/// @param bytes as it is written; names are the same when these are
record DistinguishedName(byte[] bytes, List<Attribute> attributes) {
    private static final Map<Long, String> LISTS =
            Map.of(
                    6L, "Country",
                    7L, "Locality",
                    8L, "Province",
                    9L, "StreetAddress",
                    10L, "Organization",
                    11L, "OrganizationalUnit",
                    17L, "PostalCode");
    private static final Map<Long, String> TEXTS = Map.of(3L, "CommonName", 5L, "SerialNumber");

    record Attribute(List<Long> type, Value value) {
        /// @param pair a sequence of type and value; what follows them does not matter
        static Attribute parse(Der pair) {
            Der.Reader fields = pair.values();
            return new Attribute(fields.next(Der.OID).oid(), anyValue(fields.next()));
        }

        Value json() {
            return new ObjectValue.Builder().put("Type", numbers(type)).put("Value", value).build();
        }
    }

    static DistinguishedName parse(Der name) {
        List<Attribute> attributes = new ArrayList<>();
        for (Der.Reader sets = name.values(); sets.hasNext(); ) {
            for (Der.Reader pairs = sets.next(Der.SET).values(); pairs.hasNext(); ) {
                attributes.add(Attribute.parse(pairs.next(Der.SEQUENCE)));
            }
        }
        return new DistinguishedName(name.bytes(), List.copyOf(attributes));
    }

    static ArrayValue numbers(List<Long> oid) {
        return ArrayValue.of(oid.stream().map(NumberValue::of).toList());
    }

    private static Value anyValue(Der value) {
        if (value.isText()) {
            return StringValue.of(value.text());
        }
        return switch (value.tag()) {
            case Der.BOOLEAN -> BooleanValue.of(value.bool());
            case Der.INTEGER -> NumberValue.of(value.integer());
            case Der.OID -> numbers(value.oid());
            case Der.OCTET_STRING -> StringValue.of(GoBase64.encode(value.content()));
            default -> NullValue.NULL;
        };
    }

    boolean isSame(DistinguishedName other) {
        return Arrays.equals(bytes, other.bytes);
    }

    /// As Go's JSON shows it.
    Value json() {
        ObjectValue.Builder json = new ObjectValue.Builder();
        LISTS.values().forEach(name -> json.put(name, NullValue.NULL));
        TEXTS.values().forEach(name -> json.put(name, StringValue.EMPTY));
        List<Value> names = new ArrayList<>();
        for (Attribute attribute : attributes) {
            names.add(attribute.json());
            List<Long> type = attribute.type;
            if (!(attribute.value instanceof StringValue text)
                    || type.size() != 4
                    || !type.subList(0, 3).equals(List.of(2L, 5L, 4L))) {
                continue;
            }
            String list = LISTS.get(type.get(3));
            if (list != null) {
                List<Value> longer = new ArrayList<>();
                if (json.get(StringValue.of(list)) instanceof ArrayValue before) {
                    longer.addAll(before.items());
                }
                longer.add(text);
                json.put(list, ArrayValue.of(longer));
            }
            String single = TEXTS.get(type.get(3));
            if (single != null) {
                json.put(single, text);
            }
        }
        return json.put("Names", names.isEmpty() ? NullValue.NULL : ArrayValue.of(names))
                .put("ExtraNames", NullValue.NULL)
                .build();
    }
}
