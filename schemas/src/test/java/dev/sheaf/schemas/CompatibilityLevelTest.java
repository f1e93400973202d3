package dev.sheaf.schemas;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sheaf.kernel.Problem;
import dev.sheaf.schemas.CompatibilityLevel.Earlier;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.List;

/// Levels over several versions, and the rules of Protobuf's wire format.
final class CompatibilityLevelTest {
    private static ParsedSchema read(SchemaLanguage language, String text) {
        return ParsedSchema.read(
                new SchemaSource(language, text, List.of()),
                reference -> {
                    throw new AssertionError("asked for " + reference);
                });
    }

    private static ParsedSchema avro(String fields) {
        return read(
                SchemaLanguage.AVRO,
                "{\"type\":\"record\",\"name\":\"R\",\"fields\":["
                        + fields.replace('\'', '"')
                        + "]}");
    }

    private static ParsedSchema proto(String body) {
        return read(SchemaLanguage.PROTOBUF, "syntax = \"proto3\";\npackage p;\n" + body);
    }

    @ParameterizedTest
    @CsvSource({
        "NONE,true,true",
        "BACKWARD,true,false",
        "BACKWARD_TRANSITIVE,false,false",
        "FORWARD,false,true",
        "FORWARD_TRANSITIVE,false,true",
        "FULL,false,false",
        "FULL_TRANSITIVE,false,false"
    })
    void levelsLookAtTheLastVersionOrAtAll(
            CompatibilityLevel level, boolean isRemovalFine, boolean isAdditionFine) {
        ParsedSchema first =
                avro("{'name':'a','type':'int'},{'name':'b','type':'int','default':1}");
        ParsedSchema second = avro("{'name':'b','type':'int'}");
        // Without b: read what the second writes; c has no default for what the first wrote.
        ParsedSchema removal = avro("{'name':'a','type':'int','default':0}");
        ParsedSchema third =
                level == CompatibilityLevel.BACKWARD_TRANSITIVE
                        ? avro(
                                "{'name':'b','type':'int'},{'name':'a','type':'string','default':''}")
                        : removal;
        List<Earlier> earlier = List.of(new Earlier(1, first), new Earlier(2, second));
        assertEquals(isRemovalFine, level.breaks(third, earlier).isEmpty());
        ParsedSchema addition =
                avro(
                        "{'name':'b','type':'int'},{'name':'c','type':'int'},{'name':'a','type':'int'}");
        assertEquals(isAdditionFine, level.breaks(addition, earlier).isEmpty());
    }

    @Test
    void aRefusalSaysWhoCannotReadWhatAndWhere() {
        List<String> told =
                CompatibilityLevel.FULL.breaks(
                        avro("{'name':'b','type':'int'}"),
                        List.of(new Earlier(7, avro("{'name':'a','type':'int'}"))));
        assertEquals(2, told.size());
        assertTrue(told.getFirst().contains("written with version 7"), told::toString);
        assertTrue(told.getFirst().contains("/fields/0"), told::toString);
        assertTrue(told.getLast().startsWith("readers of version 7 cannot"), told::toString);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "message M { string a = 1; } | message M { string b = 1; } | ",
                "message M { string a = 1; } | message M { string a = 1; int32 n = 2; } | ",
                "message M { string a = 1; int32 n = 2; } | message M { string a = 1; } | ",
                "message M { int32 a = 1; } | message M { uint64 a = 1; } | ",
                "message M { int32 a = 1; } | message M { sint32 a = 1; } | FIELD_TYPE_CHANGED",
                "message M { int32 a = 1; } | message M { string a = 1; } | FIELD_TYPE_CHANGED",
                "message M { string a = 1; } | message M { repeated string a = 1; } | ",
                "message M { int32 a = 1; } | message M { repeated int32 a = 1; } |"
                        + " FIELD_LABEL_CHANGED",
                "message M { int32 a = 1; } message N {} | message M { int32 a = 1; } |"
                        + " MESSAGE_REMOVED",
                "message M { int32 a = 1; string b = 2; } | message M { oneof o { int32 a = 1;"
                        + " string b = 2; } } | FIELDS_MOVED_TO_ONEOF",
                "message M { int32 a = 1; } | message M { oneof o { int32 a = 1; } } | ",
                "message M { oneof o { int32 a = 1; int32 b = 2; } } | message M { oneof o { int32"
                        + " a = 1; } } | ONEOF_FIELD_REMOVED",
                "message M { map<string, int32> m = 1; } | message M { map<string, string> m = 1; }"
                        + " | FIELD_TYPE_CHANGED",
                "message M { N n = 1; message N { int32 a = 1; } } | message M { N n = 1; message N"
                        + " { string a = 1; } } | FIELD_TYPE_CHANGED"
            })
    void protobufIsComparedAsItLiesOnTheWire(String writer, String reader, String kind) {
        List<String> kinds =
                proto(reader).readingOf(proto(writer)).stream()
                        .map(Incompatibility::kind)
                        .distinct()
                        .toList();
        assertEquals(kind == null ? List.of() : List.of(kind), kinds);
    }

    @Test
    void protobufThatACompilerRefusesIsRefused() {
        for (String body :
                List.of(
                        "message M { reserved 1; int32 a = 1; }",
                        "message M { reserved \"a\"; int32 a = 1; }",
                        "message M { int32 a = 19001; }",
                        "message M { int32 a = 0; }",
                        "enum E { A = 1; }",
                        "enum E { A = 0; B = 0; }",
                        "message M { int32 a_b = 1; int32 aB = 2; }",
                        "message M { required int32 a = 1; }",
                        "message M { int32 a = 1; } message M { int32 a = 1; }",
                        "",
                        "message M { " + "message N { ".repeat(80) + "}".repeat(81))) {
            assertThrows(Problem.class, () -> proto(body), body);
        }
    }

    @Test
    void protobufTextComesBackFromItsDescriptor() {
        ParsedSchema.Protobuf schema =
                (ParsedSchema.Protobuf)
                        proto(
                                """
                                import "google/protobuf/timestamp.proto";
                                message M {
                                  optional string a = 1;
                                  google.protobuf.Timestamp at = 2;
                                  map<string, N> m = 3;
                                  oneof o { int32 x = 4; bytes y = 5; }
                                  repeated E e = 6 [packed = false, deprecated = true];
                                  reserved 7, 9 to 11;
                                  reserved "z";
                                  enum E { ZERO = 0; ONE = 1; }
                                  message N { double d = 1 [json_name = "dd"]; }
                                }
                                """);
        ParsedSchema again = read(SchemaLanguage.PROTOBUF, schema.text());
        assertEquals(schema.text(), again.text());
        assertEquals(
                schema.text(), read(SchemaLanguage.PROTOBUF, schema.schema().serialized()).text());
        assertTrue(schema.text().contains("optional string a = 1;"), schema.text());
        assertTrue(schema.text().contains("reserved 9 to 11;"), schema.text());
    }
}
