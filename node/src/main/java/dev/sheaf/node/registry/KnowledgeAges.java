package dev.sheaf.node.registry;

import dev.sheaf.context.runtime.ContextRuntime;
import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.RegionName;
import dev.sheaf.node.files.WholeFile;
import dev.sheaf.registry.ManifestKind;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/// How old what is known of each region can be: all that a region wrote longer ago than this is
/// here. Measured by the context engine with echoes; of a region that was not heard of since this
/// node started, it is the instant that was true before, which is kept in a file. Never less than
/// the truth, as long as this machine's clock is not set back. For any thread.
public final class KnowledgeAges implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(KnowledgeAges.class);
    private static final Duration MEASURED_ANEW = Duration.ofMillis(200);
    private static final Duration KEPT_EVERY = Duration.ofSeconds(10);
    private static final JsonMapper JSON = new JsonMapper();

    private final ContextRuntime runtime;
    private final Path file;
    private final Clock clock;
    private final LongSupplier nanoTime;
    private final Map<RegionName, Instant> before = new ConcurrentHashMap<>();
    private final CountDownLatch closing = new CountDownLatch(1);
    private volatile Measured measured;

    private record Measured(long atNanos, Map<RegionName, Duration> ages) {}

    /// @param file where instants are kept from one start to the next
    KnowledgeAges(ContextRuntime runtime, Path file, Clock clock, LongSupplier nanoTime) {
        this.runtime = runtime;
        this.file = file;
        this.clock = clock;
        this.nanoTime = nanoTime;
        load();
        this.measured = measure();
        Thread.ofVirtual().name("knowledge-ages").start(this::run);
    }

    /// @return empty when nothing was ever heard of the region
    public Optional<Duration> of(RegionName region) {
        Measured known = measured;
        if (nanoTime.getAsLong() - known.atNanos() > MEASURED_ANEW.toNanos()) {
            known = measure();
            measured = known;
        }
        Duration age = known.ages().get(region);
        Duration since = Duration.ofNanos(nanoTime.getAsLong() - known.atNanos());
        return age != null ? Optional.of(age.plus(since)) : kept(region);
    }

    private Optional<Duration> kept(RegionName region) {
        return Optional.ofNullable(before.get(region))
                .map(instant -> Duration.between(instant, clock.instant()))
                .filter(age -> !age.isNegative());
    }

    private Measured measure() {
        long now = nanoTime.getAsLong();
        Map<RegionName, Duration> ages = new HashMap<>();
        runtime.freshness(ManifestKind.PRODUCT.type())
                .byRegion()
                .forEach((region, age) -> {
                    if (age.compareTo(Duration.ofSeconds(Long.MAX_VALUE)) < 0) {
                        ages.put(region, age);
                    }
                });
        return new Measured(now, Map.copyOf(ages));
    }

    private void run() {
        try {
            while (!closing.await(KEPT_EVERY.toMillis(), TimeUnit.MILLISECONDS)) {
                keep();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void load() {
        if (!Files.exists(file)) {
            return;
        }
        try {
            for (Map.Entry<String, JsonNode> entry :
                    JSON.readTree(Files.readAllBytes(file)).properties()) {
                before.put(
                        RegionName.parse(entry.getKey()),
                        Instant.parse(entry.getValue().asString("")));
            }
        } catch (IOException
                | tools.jackson.core.JacksonException
                | Problem
                | DateTimeException e) {
            LOG.warn("{} cannot be read: ages of what was known before are not told", file, e);
        }
    }

    private synchronized void keep() {
        try {
            Measured now = measure();
            now.ages().forEach((region, age) -> before.put(region, clock.instant().minus(age)));
            ObjectNode kept = JsonNodeFactory.instance.objectNode();
            new TreeMap<>(before)
                    .forEach((region, at) -> kept.put(region.toString(), at.toString()));
            WholeFile.write(file, JSON.writeValueAsBytes(kept));
        } catch (IOException | RuntimeException e) {
            LOG.warn("the ages of what is known of other regions could not be kept", e);
        }
    }

    @Override
    public void close() {
        closing.countDown();
        keep();
    }
}
