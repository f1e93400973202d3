package dev.sheaf.context.document;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sheaf.kernel.Problem;

import org.junit.jupiter.api.Test;

/// Documents as bytes.
final class DocumentCodecTest {
    @Test
    void anUnknownVersionIsRefused() {
        History history = new History(1);
        byte[] bytes = DocumentCodec.encode(new Document(), actor -> actor);
        bytes[0] = 9;
        Problem problem =
                assertThrows(
                        Problem.class,
                        () -> DocumentCodec.decode(bytes, history.actors, number -> number));
        assertTrue(problem.message().contains("version 9"), problem::message);
    }

    @Test
    void numbersKeepTheirValue() {
        TwoRegions regions = new TwoRegions("");
        String numbers =
                "{'a':1.10,'b':123456789012345678901234567890,'c':0.1234567890123456789,'d':-0.0,'e':1e300,'f':9223372036854775807,'g':-5}";
        regions.east.write(
                tools.jackson.databind.json.JsonMapper.builder()
                        .enable(
                                tools.jackson.databind.DeserializationFeature
                                        .USE_BIG_DECIMAL_FOR_FLOATS)
                        .build()
                        .readTree(numbers.replace('\'', '"')));
        byte[] bytes = DocumentCodec.encode(regions.east.document, actor -> actor);
        Document read = DocumentCodec.decode(bytes, regions.actors, number -> number);
        assertTrue(
                dev.sheaf.context.json.JsonValues.equal(
                        regions.east.view(),
                        read.view(TwoRegions.RULE, regions.actors).orElseThrow()));
        assertEquals(regions.east.document.digest(), read.digest());
    }

    @Test
    void aQuietDocumentHasNoMetadata() {
        TwoRegions regions =
                new TwoRegions(
                        "{'a':{'b':1,'c':'x'},'counter':3,'set':['u'],'register':{'x':[1]},'once':1}");
        Region east = regions.east;
        long live = east.document.metadataBytes();
        assertTrue(live > 0);
        east.document.strip(east.vector, east.vector);
        assertEquals(0, east.document.metadataBytes());
    }

    @Test
    void aLiveRegisterHasSixteenBytesOfMetadata() {
        TwoRegions regions = new TwoRegions("{'a':0,'b':0,'c':0,'d':0}");
        Region east = regions.east;
        east.document.strip(east.vector, east.vector);
        for (String key : java.util.List.of("a", "b", "c", "d")) {
            east.patch("[{\"op\":\"replace\",\"path\":\"/" + key + "\",\"value\":1}]");
        }
        assertEquals(4 * 16, east.document.metadataBytes());
    }
}
