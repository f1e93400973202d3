package dev.sheaf.context.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.github.luben.zstd.Zstd;

import dev.sheaf.context.ActorTable;
import dev.sheaf.context.Event;
import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;

final class BatchTest {
    private static final int EVENTS = 200;

    private final ActorTable actors = RandomEvents.actors();
    private final BatchDecompression decompression = new BatchDecompression(id -> Optional.empty());

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void whatIsWrittenIsRead(long seed) {
        List<Event> events = events(seed);
        for (BatchCompression compression :
                List.of(BatchCompression.zstd(), BatchCompression.none())) {
            List<Event> read = read(batch(events, compression));
            for (int i = 0; i < events.size(); i++) {
                assertEquals(events.get(i), read.get(i), "seed " + seed + ", event " + i);
            }
            assertEquals(events.size(), read.size());
        }
    }

    @Test
    void scopeAndShardTravelWithEachSection() {
        List<Event> events = events(2);
        BatchWriter writer = new BatchWriter(actors);
        for (int i = 0; i < events.size(); i++) {
            writer.add(i % 2 == 0 ? "eu" : "world", i % 5, events.get(i));
        }
        byte[] batch = writer.finish(BatchCompression.zstd());
        List<String> places = new ArrayList<>();
        new BatchReader(decompression, actors::indexOf)
                .read(batch, 0, batch.length, (scope, shard, event) -> places.add(scope + shard));
        for (int i = 0; i < places.size(); i++) {
            assertEquals((i % 2 == 0 ? "eu" : "world") + i % 5, places.get(i));
        }
    }

    @Test
    void actorsTravelByName() {
        List<Event> events = events(1);
        ActorTable others = new ActorTable();
        others.indexOf(dev.sheaf.context.ActorId.parse("gcp/europe-west1#7"));
        byte[] batch = batch(events, BatchCompression.none());
        List<Event> there = new ArrayList<>();
        new BatchReader(decompression, others::indexOf)
                .read(batch, 0, batch.length, (scope, shard, event) -> there.add(event));
        for (int i = 0; i < events.size(); i++) {
            assertEquals(actors.actor(events.get(i).actor()), others.actor(there.get(i).actor()));
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {11, 12, 13, 14})
    void damagedBatchesAreRefusedOrRead(long seed) {
        byte[] good = batch(events(seed), BatchCompression.none());
        Random random = new Random(seed);
        int refused = 0;
        for (int i = 0; i < 3_000; i++) {
            byte[] bad = good.clone();
            int changes = 1 + random.nextInt(4);
            for (int change = 0; change < changes; change++) {
                bad[random.nextInt(bad.length)] = (byte) random.nextInt();
            }
            if (random.nextInt(4) == 0) {
                bad = Arrays.copyOf(bad, random.nextInt(bad.length));
            }
            try {
                read(bad);
            } catch (Problem problem) {
                refused++;
                assertTrue(
                        problem.code() == ProblemCode.UNREADABLE_INPUT
                                || problem.code() == ProblemCode.INVALID_VALUE,
                        problem::message);
            }
        }
        assertTrue(refused > 500, "only " + refused + " of 3,000 were refused, seed " + seed);
    }

    @Test
    void aCompressedBatchThatIsDamagedIsRefused() {
        byte[] good = batch(events(3), BatchCompression.zstd());
        for (int i = 4; i < 40; i++) {
            byte[] bad = good.clone();
            bad[i] ^= 0x55;
            try {
                read(bad);
            } catch (Problem problem) {
                assertEquals(ProblemCode.UNREADABLE_INPUT, problem.code());
            }
        }
    }

    @Test
    void aBodyThatSaysItIsHugeIsRefused() {
        ByteWriter bomb = new ByteWriter();
        bomb.u8(0x53);
        bomb.u8(0x42);
        bomb.u8(1);
        bomb.u8(1);
        bomb.varint(BatchDecompression.RAW_BYTES_MAX);
        bomb.u64(0);
        Problem problem = assertThrows(Problem.class, () -> read(bomb.toByteArray()));
        assertEquals(ProblemCode.UNREADABLE_INPUT, problem.code());
    }

    @Test
    void batchesOfTheFirstVersionAreStillRead() {
        List<Event> events = events(4);
        byte[] plain = batch(events, BatchCompression.none());
        ByteReader header = new ByteReader(plain, 4, plain.length - 4);
        long rawLength = header.varint();
        byte[] body = Arrays.copyOfRange(plain, header.position(), plain.length);
        assertEquals(rawLength, body.length);
        byte[] packed = Zstd.compress(body);
        ByteWriter old = new ByteWriter();
        old.u8(0x53);
        old.u8(0x42);
        old.u8(1);
        old.u8(1);
        old.varint(rawLength);
        old.raw(packed, 0, packed.length);
        assertEquals(events, read(old.toByteArray()));
        assertEquals(events, read(batch(events, BatchCompression.zstd())), "and others after it");
        assertEquals(events, read(old.toByteArray()));
    }

    @Test
    void aBatchOfTheSecondVersionIsCompressedAndSaysItsLength() {
        byte[] good = batch(events(5), BatchCompression.zstd());
        assertEquals(2, good[2]);
        byte[] plain = good.clone();
        plain[3] = 0;
        assertThrows(Problem.class, () -> read(plain));
        byte[] silent = good.clone();
        silent[4] &= 0x1f;
        assertThrows(Problem.class, () -> read(silent));
    }

    @Test
    void aDictionaryServesSmallBatches() {
        List<byte[]> samples = new ArrayList<>();
        for (int seed = 100; seed < 400; seed++) {
            samples.add(batch(events(seed).subList(0, 10), BatchCompression.none()));
        }
        CompressionDictionary dictionary = CompressionDictionary.train(samples).orElseThrow();
        List<Event> few = events(7).subList(0, 10);
        try (BatchCompression plain = BatchCompression.zstd();
                BatchCompression trained = BatchCompression.zstd()) {
            trained.use(dictionary);
            byte[] small = batch(few, trained);
            assertTrue(small.length < batch(few, plain).length);
            BatchDecompression knows =
                    new BatchDecompression(id ->
                            id == dictionary.id() ? Optional.of(dictionary) : Optional.empty());
            List<Event> read = new ArrayList<>();
            new BatchReader(knows, actors::indexOf)
                    .read(small, 0, small.length, (scope, shard, event) -> read.add(event));
            assertEquals(few, read);
            assertThrows(Problem.class, () -> read(small));
        }
    }

    private List<Event> events(long seed) {
        RandomEvents random = new RandomEvents(seed);
        List<Event> events = new ArrayList<>();
        for (int i = 0; i < EVENTS; i++) {
            events.add(random.next());
        }
        return events;
    }

    private byte[] batch(List<Event> events, BatchCompression compression) {
        BatchWriter writer = new BatchWriter(actors);
        events.forEach(event -> writer.add("eu", 3, event));
        return writer.finish(compression);
    }

    private List<Event> read(byte[] batch) {
        List<Event> events = new ArrayList<>();
        new BatchReader(decompression, actors::indexOf)
                .read(batch, 0, batch.length, (scope, shard, event) -> events.add(event));
        return events;
    }
}
