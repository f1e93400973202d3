package dev.sheaf.client;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;

import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.cfg.EnumFeature;
import tools.jackson.databind.json.JsonMapper;

import java.util.List;
import java.util.Map;

/// How the API's records are written as JSON: absent values are left out, a list or map that is
/// missing is empty, enumerations are in lower case, instants are ISO 8601.
public final class Wire {
    private static final JsonSetter.Value EMPTY = JsonSetter.Value.forValueNulls(Nulls.AS_EMPTY);
    private static final JsonMapper LENIENT = mapper(false);
    private static final JsonMapper STRICT = mapper(true);

    private Wire() {}

    /// For reading answers: members that this version does not know are passed over.
    public static JsonMapper json() {
        return LENIENT;
    }

    /// For reading requests: an unknown member is a mistake that its sender wants to hear of.
    public static JsonMapper strictJson() {
        return STRICT;
    }

    private static JsonMapper mapper(boolean strict) {
        return JsonMapper.builder()
                .changeDefaultPropertyInclusion(
                        inclusion -> inclusion.withValueInclusion(JsonInclude.Include.NON_ABSENT))
                // Not for records: Jackson would make an empty one ahead of time, and fail.
                .withConfigOverride(List.class, lists -> lists.setNullHandling(EMPTY))
                .withConfigOverride(Map.class, maps -> maps.setNullHandling(EMPTY))
                .withConfigOverride(String.class, texts -> texts.setNullHandling(EMPTY))
                .withConfigOverride(long.class, numbers -> numbers.setNullHandling(EMPTY))
                .configure(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES, strict)
                .configure(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES, strict)
                .configure(DeserializationFeature.FAIL_ON_TRAILING_TOKENS, strict)
                .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
                .enable(EnumFeature.WRITE_ENUMS_TO_LOWERCASE)
                .build();
    }
}
