package dev.sheaf.testkit;

import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;
import java.util.SplittableRandom;

/// Time, chance and the list of what happens next. Everything in a simulation happens here, one
/// step after another, in virtual time.
final class World {
    static final long MICROSECOND = 1_000;
    static final long MILLISECOND = 1_000_000;
    static final long SECOND = 1_000_000_000;

    final SimulationConfig config;
    final SplittableRandom random;
    final Tally tally = new Tally();
    final List<SimNode> nodes = new ArrayList<>();
    private final PriorityQueue<Task> tasks = new PriorityQueue<>();
    private final List<SimGroup> touched = new ArrayList<>();
    private long now = SECOND;
    private long tasksMade;
    private long step;

    World(SimulationConfig config) {
        this.config = config;
        this.random = new SplittableRandom(config.seed());
    }

    private record Task(long at, long order, Runnable what) implements Comparable<Task> {
        @Override
        public int compareTo(Task other) {
            int byTime = Long.compare(at, other.at);
            return byTime != 0 ? byTime : Long.compare(order, other.order);
        }
    }

    /// True time, which no node knows. Nanoseconds.
    long now() {
        return now;
    }

    long step() {
        return step;
    }

    void after(long nanos, Runnable what) {
        tasks.add(new Task(now + Math.max(0, nanos), tasksMade++, what));
    }

    /// Does the next thing, and checks what it touched.
    void advance() {
        Task task = tasks.remove();
        now = task.at();
        step++;
        task.what().run();
        for (int i = 0; i < touched.size(); i++) {
            touched.get(i).check();
        }
        touched.clear();
    }

    void touched(SimGroup group) {
        touched.add(group);
    }

    boolean chance(double probability) {
        return random.nextDouble() < probability;
    }

    /// Between the two, both included.
    long between(long least, long most) {
        return random.nextLong(least, most + 1);
    }

    <T> T any(List<T> of) {
        return of.get(random.nextInt(of.size()));
    }

    InvariantViolation violation(Invariant invariant, String what) {
        return new InvariantViolation(config, step, invariant, what);
    }
}
