package dev.sheaf.engine;

import dev.sheaf.kernel.ByteSize;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/// Sizes and times of a [WorkerEngine].
///
/// @param home a directory of the engine's own: DuckDB's native library, unpacked once, and a
///   folder for each running worker. Created when absent; several engines may share it
/// @param queryWorkersMax sessions of purpose QUERY at once
/// @param publishWorkersMax sessions of purpose PUBLISH at once
/// @param waitMax how long [Engine#open] waits for a free worker before it answers BUSY
/// @param startMax how long a new process may take until it is ready
/// @param cancelGrace how long a cancelled statement may take to end before its worker is killed
/// @param idleMax how long a worker without a session is kept
/// @param addressSpaceOverhead what a worker's address space may have beyond
///   [#ADDRESS_SPACE_FACTOR] times its session's memory: the JVM, libraries, stacks
/// @param spillMax what one session may spill to its scratch directory
/// @param smallResultMax the largest result of [EngineSession#query]
/// @param functions beside DuckDB's own
public record EngineConfig(
        Path home,
        int queryWorkersMax,
        int publishWorkersMax,
        Duration waitMax,
        Duration startMax,
        Duration cancelGrace,
        Duration idleMax,
        ByteSize addressSpaceOverhead,
        ByteSize spillMax,
        ByteSize smallResultMax,
        List<TextFunction> functions) {
    public static final int QUERY_WORKERS_MAX = 4;
    public static final int PUBLISH_WORKERS_MAX = 2;
    public static final Duration WAIT_MAX = Duration.ofSeconds(20);
    public static final Duration START_MAX = Duration.ofSeconds(30);
    public static final Duration CANCEL_GRACE = Duration.ofSeconds(2);
    public static final Duration IDLE_MAX = Duration.ofMinutes(5);
    public static final ByteSize ADDRESS_SPACE_OVERHEAD = ByteSize.ofMebibytes(1280);
    public static final ByteSize SPILL_MAX = ByteSize.ofMebibytes(20L * 1024);
    public static final ByteSize SMALL_RESULT_MAX = ByteSize.ofMebibytes(64);

    /// DuckDB's allocator keeps address space that it has given back to the system, so the limit on
    /// addresses is a multiple of the limit on memory.
    public static final int ADDRESS_SPACE_FACTOR = 2;

    public EngineConfig {
        functions = List.copyOf(functions);
        requireAtLeastOne("queryWorkersMax", queryWorkersMax);
        requireAtLeastOne("publishWorkersMax", publishWorkersMax);
        requirePositive("startMax", startMax);
        requirePositive("idleMax", idleMax);
        if (waitMax.isNegative() || cancelGrace.isNegative()) {
            throw new IllegalArgumentException("waitMax and cancelGrace are never negative");
        }
    }

    /// All defaults.
    public static EngineConfig in(Path home) {
        return new EngineConfig(
                home,
                QUERY_WORKERS_MAX,
                PUBLISH_WORKERS_MAX,
                WAIT_MAX,
                START_MAX,
                CANCEL_GRACE,
                IDLE_MAX,
                ADDRESS_SPACE_OVERHEAD,
                SPILL_MAX,
                SMALL_RESULT_MAX,
                List.of());
    }

    public EngineConfig withWorkers(int query, int publish) {
        return new EngineConfig(
                home,
                query,
                publish,
                waitMax,
                startMax,
                cancelGrace,
                idleMax,
                addressSpaceOverhead,
                spillMax,
                smallResultMax,
                functions);
    }

    public EngineConfig withTimes(Duration wait, Duration grace, Duration idle) {
        return new EngineConfig(
                home,
                queryWorkersMax,
                publishWorkersMax,
                wait,
                startMax,
                grace,
                idle,
                addressSpaceOverhead,
                spillMax,
                smallResultMax,
                functions);
    }

    public EngineConfig withFunctions(List<TextFunction> others) {
        return new EngineConfig(
                home,
                queryWorkersMax,
                publishWorkersMax,
                waitMax,
                startMax,
                cancelGrace,
                idleMax,
                addressSpaceOverhead,
                spillMax,
                smallResultMax,
                others);
    }

    /// The address-space limit of a worker whose session may use that much memory.
    ByteSize addressSpaceMax(ByteSize sessionMemory) {
        return new ByteSize(
                Math.addExact(
                        Math.multiplyExact(sessionMemory.bytes(), ADDRESS_SPACE_FACTOR),
                        addressSpaceOverhead.bytes()));
    }

    private static void requireAtLeastOne(String name, int value) {
        if (value < 1) {
            throw new IllegalArgumentException(name + " " + value + ": at least 1");
        }
    }

    private static void requirePositive(String name, Duration value) {
        if (!value.isPositive()) {
            throw new IllegalArgumentException(name + " " + value + ": must be positive");
        }
    }
}
