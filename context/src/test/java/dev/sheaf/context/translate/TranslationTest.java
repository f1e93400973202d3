package dev.sheaf.context.translate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sheaf.context.json.JsonValues;
import dev.sheaf.context.json.PlacePattern;
import dev.sheaf.context.patch.PatchOperation;
import dev.sheaf.kernel.Problem;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.util.List;
import java.util.Map;
import java.util.Optional;

final class TranslationTest {
    private static final JsonMapper JSON =
            JsonMapper.builder().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();

    private static JsonNode json(String text) {
        return JSON.readTree(text.replace('\'', '"'));
    }

    static PlacePattern at(String pattern) {
        return PlacePattern.parse(pattern);
    }

    /// From 1.0 to 1.1 of an imagined type.
    static final Translation UP =
            new Translation(
                    List.of(
                            new TranslationStep.Rename(at("/customer/mail"), "email"),
                            new TranslationStep.Replace(
                                    at("/status"), Map.of("open", "OPEN"), Optional.empty(), false),
                            new TranslationStep.Default(at("/priority"), json("'NORMAL'")),
                            new TranslationStep.Remove(at("/legacy")),
                            new TranslationStep.Convert(
                                    at("/items/*/amount"),
                                    TranslationStep.ScalarType.STRING,
                                    TranslationStep.ScalarType.NUMBER,
                                    false),
                            new TranslationStep.Wrap(at("/address")),
                            new TranslationStep.Unwrap(at("/single"), false)));

    @Test
    void everyStepDoesWhatItSays() {
        JsonNode old =
                json(
                        "{'customer':{'mail':'a@b','id':1},'status':'open','legacy':[1],'items':[{'amount':'1.5'},{'x':1}],"
                            + "'address':{'city':'Ulm'},'single':['s'],'other':null}");
        String before = old.toString();
        JsonNode translated = UP.document(old);
        assertEquals(
                json("{'customer':{'email':'a@b','id':1},'status':'OPEN','items':[{'amount':1.5},{'x':1}],"
                         + "'address':[{'city':'Ulm'}],'single':'s','other':null,'priority':'NORMAL'}")
                        .toString(),
                translated.toString());
        assertEquals(before, old.toString(), "the given document is not changed");
    }

    @Test
    void whatDoesNotChangeIsShared() {
        JsonNode old = json("{'big':{'a':[1,2,3]},'items':[{'x':1}],'priority':'LOW'}");
        assertSame(old, UP.document(old));
        JsonNode changed = UP.document(json("{'big':{'a':[1]},'status':'open','priority':1}"));
        assertEquals("OPEN", changed.path("status").stringValue());
        for (String scalar : List.of("5", "'x'", "null", "[]", "[{'legacy':1}]")) {
            JsonNode document = json(scalar);
            assertSame(document, UP.document(document));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    {'customer':{'mail':1,'email':2}} | the document holds 'email'
                    {'customer':{'email':2}} | the document holds 'email'
                    {'status':'OPEN'} | could not be told apart
                    {'items':[{'amount':'1.50'}]} | would come back as '1.5'
                    {'items':[{'amount':'ten'}]} | is not a number as JSON writes it
                    {'items':[{'amount':'0x10'}]} | is not a number as JSON writes it
                    {'items':[{'amount':5}]} | is already of the type
                    {'single':['a','b']} | is not an array of one element
                    {'single':[]} | is not an array of one element
                    """)
    void whatCouldNotBeGivenBackIsRefused(String document, String message) {
        Problem problem = assertThrows(Problem.class, () -> UP.document(json(document)));
        assertTrue(problem.message().contains(message), problem.message());
    }

    @Test
    void lossyStepsTakeWhatExactOnesRefuse() {
        Translation lossy =
                new Translation(
                        List.of(
                                new TranslationStep.Convert(
                                        at("/a"),
                                        TranslationStep.ScalarType.STRING,
                                        TranslationStep.ScalarType.NUMBER,
                                        true),
                                new TranslationStep.Unwrap(at("/u"), true),
                                new TranslationStep.Unwrap(at("/list/*"), true),
                                new TranslationStep.Replace(
                                        at("/s"),
                                        Map.of("a", "x", "b", "x"),
                                        Optional.of("y"),
                                        true)));
        assertEquals(
                json("{'a':1.50,'list':[1,null,3],'s':'y'}").toString(),
                lossy.document(json("{'a':'1.50','u':[],'list':[[1,2],[],3],'s':'c'}")).toString());
    }

    private static PatchOperation operation(String text) {
        String[] parts = text.strip().split(" ", 3);
        PatchOperation.Kind kind =
                PatchOperation.Kind.valueOf(parts[0].toUpperCase(java.util.Locale.ROOT));
        boolean relocates = kind == PatchOperation.Kind.MOVE || kind == PatchOperation.Kind.COPY;
        String pointer = parts[1].equals("ROOT") ? "" : parts[1];
        Optional<String> third = parts.length > 2 ? Optional.of(parts[2]) : Optional.empty();
        return new PatchOperation(
                kind,
                pointer,
                relocates ? third : Optional.empty(),
                relocates ? Optional.empty() : third.map(TranslationTest::json));
    }

    /// An operation, and what becomes of it: another one, nothing (`-`), or a refusal.
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    replace /customer/mail 'x' | replace /customer/email 'x'
                    add /customer/mail/deep/er 1 | add /customer/email/deep/er 1
                    remove /customer/mail | remove /customer/email
                    replace /customer {'mail':'x'} | replace /customer {'email':'x'}
                    replace ROOT {'status':'open'} | replace ROOT {'status':'OPEN','priority':'NORMAL'}
                    replace /customer/email 'x' | ! its version says 'mail' for what the other calls 'email'
                    add /status 'open' | add /status 'OPEN'
                    test /status 'open' | test /status 'OPEN'
                    remove /status | remove /status
                    increment /status 1 | ! it changes in part
                    add /status/x 1 | ! it writes below a value that is translated as a whole
                    add /legacy 1 | -
                    remove /legacy/deep | -
                    test /legacy 1 | ! it tests what the newest version no longer has
                    test ROOT {} | ! of which its version does not know a part
                    add /items/3 {'amount':'7'} | add /items/3 {'amount':7}
                    add /items/- {'amount':'7'} | add /items/- {'amount':7}
                    append /items {'amount':'7'} | append /items {'amount':7}
                    replace /items [{'amount':'7'}] | replace /items [{'amount':7}]
                    replace /items/0/amount '7' | replace /items/0/amount 7
                    increment /items/0/amount 1 | ! it changes in part
                    increment /items/0/count 1 | increment /items/0/count 1
                    move /items/0 /items/3 | move /items/0 /items/3
                    copy /items/0/amount /items/3/amount | copy /items/0/amount /items/3/amount
                    copy /kept /items/3 | ! it carries along
                    move /items/0 /kept | ! it carries along
                    move /kept /customer/mail | move /kept /customer/email
                    copy /customer/email /kept | ! its version says 'mail'
                    move /a /b | move /a /b
                    add /address {'city':'x'} | add /address [{'city':'x'}]
                    replace /address/city 'x' | ! it writes below a value that is translated as a whole
                    append /address 1 | ! it changes in part
                    replace /single ['a'] | replace /single 'a'
                    add /single/0 'a' | ! it writes below
                    replace /other {'status':'open'} | replace /other {'status':'open'}
                    add /priority 'LOW' | add /priority 'LOW'
                    """)
    void operationsAreTranslatedExactlyOrRefused(String written, String expected) {
        if (expected.startsWith("!")) {
            Problem problem = assertThrows(Problem.class, () -> UP.operation(operation(written)));
            assertTrue(problem.message().contains(expected.substring(2)), problem.message());
            return;
        }
        Optional<PatchOperation> translated = UP.operation(operation(written));
        assertEquals(
                expected.equals("-")
                        ? Optional.empty()
                        : Optional.of(operation(expected)).map(Object::toString),
                translated.map(Object::toString));
    }

    @Test
    void bigNumbersKeepEveryDigit() {
        JsonNode translated =
                UP.document(json("{'items':[{'amount':'12345678901234567890.123'}],'priority':1}"));
        assertTrue(
                JsonValues.equal(
                        json("12345678901234567890.123"),
                        translated.path("items").get(0).path("amount")));
    }
}
