package dev.sheaf.bench.context.regions;

import dev.sheaf.client.ContextClient;
import dev.sheaf.client.ContextDocument;
import dev.sheaf.client.ContextKey;
import dev.sheaf.client.ContextRead;
import dev.sheaf.client.ContextReceipt;
import dev.sheaf.client.ContextWrite;
import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.atomic.AtomicBoolean;

/// Writes to one region, one write after the other, and tells the witness of each. Half of the
/// writes that fail are repeated with the same event id until they are acknowledged, which must
/// count once; the others are given up, and may count or not. Some are looked for in another region
/// at once, with the token of the write.
public final class RegionWriter implements Runnable {
    /// The type that is written.
    static final String TYPE = "bench.session";

    static final int SHARED_DOCUMENTS = 12;

    private final String name;
    private final String region;
    private final LocalRegions regions;
    private final Witness witness;
    private final AtomicBoolean stopped;
    private final long pauseMillis;
    private final Random random;
    private final ConcurrentLinkedDeque<OwnWrite> ownWrites = new ConcurrentLinkedDeque<>();
    private long number;

    /// An acknowledged write of the writer's own document.
    ///
    /// @param nanos when its acknowledgement had come
    record OwnWrite(long number, long nanos) {}

    private record Write(String document, String operations, boolean whole, Effect effect) {}

    /// @param name of its own, part of what it writes
    /// @param stopped tells it to end
    public RegionWriter(
            String name,
            String region,
            LocalRegions regions,
            Witness witness,
            AtomicBoolean stopped,
            long pauseMillis,
            long seed) {
        this.name = name;
        this.region = region;
        this.regions = regions;
        this.witness = witness;
        this.stopped = stopped;
        this.pauseMillis = pauseMillis;
        this.random = new Random(seed);
    }

    /// Makes the documents that all write to, and waits until every region has them.
    public static void makeSharedDocuments(LocalRegions regions) {
        String empty = "{\"visits\":0,\"tags\":[],\"turns\":[],\"lines\":[],\"notes\":{}}";
        for (int i = 0; i < SHARED_DOCUMENTS; i++) {
            ContextKey key = new ContextKey(TYPE, "shared-" + i);
            ContextReceipt receipt =
                    regions.client(regions.names().getFirst())
                            .contexts()
                            .put(key, empty.getBytes(StandardCharsets.UTF_8), about("make-" + i));
            for (String region : regions.names()) {
                regions.client(region)
                        .contexts()
                        .read(
                                key,
                                new ContextRead(
                                        Optional.of("1h"),
                                        Optional.of("20s"),
                                        Optional.of(receipt.token()),
                                        Optional.empty(),
                                        false));
            }
        }
    }

    String region() {
        return region;
    }

    String ownDocument() {
        return "own-" + name;
    }

    /// The number that a reader must see at least who may be behind by so much, or 0.
    ///
    /// @param nanos what was acknowledged later does not count
    long acknowledgedBefore(long nanos) {
        long latest = 0;
        for (OwnWrite write : ownWrites) {
            if (write.nanos() - nanos < 0) {
                latest = Math.max(latest, write.number());
            }
        }
        return latest;
    }

    @Override
    public void run() {
        try {
            while (!stopped.get()) {
                number++;
                carryOut(next());
                Thread.sleep(pauseMillis);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Write next() {
        String shared = "shared-" + random.nextInt(SHARED_DOCUMENTS);
        String text = name + "-" + number;
        return switch (random.nextInt(8)) {
            case 0, 1 -> {
                long amount = 1 + random.nextInt(9);
                yield patch(
                        shared,
                        "{\"op\":\"increment\",\"path\":\"/visits\",\"value\":%d}"
                                .formatted(amount),
                        new Effect.Add("visits", amount));
            }
            case 2 ->
                    patch(
                            shared,
                            "{\"op\":\"append\",\"path\":\"/tags\",\"value\":\"%s\"}"
                                    .formatted(text),
                            new Effect.Member("tags", text));
            case 3 ->
                    patch(
                            shared,
                            "{\"op\":\"append\",\"path\":\"/turns\",\"value\":{\"text\":\"%s\"}}"
                                    .formatted(text),
                            new Effect.Member("turns", text));
            case 4 ->
                    patch(
                            shared,
                            "{\"op\":\"add\",\"path\":\"/lines/%s\",\"value\":{\"text\":\"%s\"}}"
                                    .formatted(random.nextBoolean() ? "0" : "-", text),
                            new Effect.Member("lines", text));
            case 5 ->
                    patch(
                            shared,
                            "{\"op\":\"add\",\"path\":\"/notes/%s\",\"value\":%d}"
                                    .formatted(name, number),
                            new Effect.Version(name, number));
            default ->
                    new Write(
                            ownDocument(),
                            "{\"notes\":{\"%s\":%d}}".formatted(name, number),
                            true,
                            new Effect.Version(name, number));
        };
    }

    private static Write patch(String document, String operation, Effect effect) {
        return new Write(document, "[" + operation + "]", false, effect);
    }

    private void carryOut(Write write) throws InterruptedException {
        String eventId = "e-" + name + "-" + number;
        witness.attempted();
        witness.of(write.document()).attempt(write.effect());
        boolean insists = random.nextBoolean();
        for (int attempt = 1; ; attempt++) {
            try {
                ContextReceipt receipt = send(write, eventId);
                acknowledged(write, receipt);
                return;
            } catch (Problem problem) {
                if (!isPassing(problem)) {
                    witness.violation(name + ": " + eventId + " was refused: " + problem);
                    return;
                }
                if (!insists || stopped.get()) {
                    witness.abandoned();
                    Thread.sleep(200);
                    return;
                }
                witness.repeated();
                Thread.sleep(Math.min(1_000, 100L * attempt));
            }
        }
    }

    private static boolean isPassing(Problem problem) {
        return Set.of(
                        ProblemCode.UNAVAILABLE,
                        ProblemCode.TIMED_OUT,
                        ProblemCode.BUSY,
                        ProblemCode.CANCELLED)
                .contains(problem.code());
    }

    private ContextReceipt send(Write write, String eventId) {
        ContextClient contexts = regions.client(region).contexts();
        ContextKey key = new ContextKey(TYPE, write.document());
        byte[] body = write.operations().getBytes(StandardCharsets.UTF_8);
        ContextWrite about = about(eventId);
        return write.whole() ? contexts.put(key, body, about) : contexts.patch(key, body, about);
    }

    static ContextWrite about(String eventId) {
        return new ContextWrite(
                Optional.of(eventId),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                false);
    }

    private void acknowledged(Write write, ContextReceipt receipt) {
        witness.of(write.document()).acknowledge(write.effect());
        witness.acknowledged();
        if (write.whole() && write.effect() instanceof Effect.Version(String field, long version)) {
            ownWrites.addFirst(new OwnWrite(version, System.nanoTime()));
            if (ownWrites.size() > 5_000) {
                ownWrites.removeLast();
            }
        }
        if (random.nextInt(10) == 0 && !receipt.duplicate()) {
            lookElsewhere(write, receipt);
        }
    }

    /// Read your writes: whoever answers to the token has the write.
    private void lookElsewhere(Write write, ContextReceipt receipt) {
        List<String> names = regions.names();
        String other = names.get(random.nextInt(names.size()));
        try {
            ContextDocument document =
                    regions.client(other)
                            .contexts()
                            .read(
                                    new ContextKey(TYPE, write.document()),
                                    new ContextRead(
                                            Optional.of("1h"),
                                            Optional.of("300ms"),
                                            Optional.of(receipt.token()),
                                            Optional.empty(),
                                            false));
            Shown shown = new Shown(document.value());
            boolean there =
                    switch (write.effect()) {
                        case Effect.Add(String field, long amount) -> shown.sum(field) >= amount;
                        case Effect.Member(String field, String value) ->
                                new TreeSet<>(shown.members(field)).contains(value);
                        case Effect.Version(String field, long version) ->
                                shown.version(field) >= version;
                    };
            if (!there) {
                witness.violation(
                        "%s answered to the token of %s in %s without the write: %s"
                                .formatted(other, write.effect(), region, document.value()));
            }
        } catch (Problem problem) {
            if (problem.code() != ProblemCode.STALE && !isPassing(problem)) {
                witness.violation(
                        "%s answered to the token of %s: %s".formatted(other, write, problem));
            }
        }
    }
}
