package dev.sheaf.bench.peers.pekko;

import dev.sheaf.bench.peers.child.ChildProcess;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Looks for the highest rate of updates that three Pekko members keep up with: rates double until
/// one is missed. A rate is kept when all members have seen every key's newest value through their
/// subscriptions within a second after the last write. Prints one line of JSON.
public final class PekkoPeer {
    private static final int HEAP_MB = 512;
    private static final int STEP_SECONDS = 3;
    private static final int FIRST_RATE = 300;
    private static final int KEPT_MILLIS = 1_000;
    private static final int DRAIN_MILLIS = 20_000;

    private final List<ChildProcess> members = new ArrayList<>();

    private PekkoPeer() {}

    /// @param arguments the layout, as [Model]'s labels name it, for instance
    ///   `registers-write-all`; optionally the first rate tried, in updates per second of all
    ///   members together
    public static void main(String[] arguments) throws IOException, InterruptedException {
        Model model = Model.of(arguments[0]);
        int rate = arguments.length > 1 ? Integer.parseInt(arguments[1]) : FIRST_RATE;
        PekkoPeer peer = new PekkoPeer();
        try {
            System.out.println(peer.measure(model, rate));
        } finally {
            for (ChildProcess member : peer.members) {
                member.close();
            }
        }
    }

    private String measure(Model model, int firstRate) throws IOException, InterruptedException {
        List<Integer> ports = freePorts();
        for (int i = 0; i < PekkoMember.MEMBERS; i++) {
            members.add(
                    ChildProcess.start(
                            "member " + i,
                            HEAP_MB,
                            PekkoMember.class,
                            Path.of("."),
                            Integer.toString(i),
                            ports.get(i).toString(),
                            ports.get(0).toString(),
                            model.label()));
        }
        for (ChildProcess member : members) {
            member.answer(90);
        }
        long filling = System.nanoTime();
        long filled = visible(order("fill"), 60_000);
        if (filled < 0) {
            throw new IllegalStateException("10,000 first values are not everywhere after 60 s");
        }
        long fillMillis = (System.nanoTime() - filling) / 1_000_000;
        Step first = Step.NONE;
        Step best = Step.NONE;
        Step missed = Step.NONE;
        for (int rate = firstRate; missed.equals(Step.NONE); rate *= 2) {
            Step step = step(rate);
            if (rate == firstRate) {
                first = step;
            }
            if (step.kept()) {
                best = step;
            } else {
                missed = step;
            }
        }
        Step between = step((best.rate() + missed.rate()) / 2);
        if (between.kept()) {
            best = between;
        }
        long residentMb = 0;
        for (ChildProcess member : members) {
            residentMb += member.residentMb();
        }
        return String.format(
                Locale.ROOT,
                "{\"peer\":\"pekko-ddata\",\"version\":\"1.7.0\",\"model\":\"%s\",\"keys\":%d,"
                    + "\"updatesPerSecond\":%d,\"lagMsP50\":%s,\"lagMsP99\":%s,\"lagSamples\":%d,"
                    + "\"firstRate\":%d,\"lagMsP50AtFirstRate\":%s,\"lagMsP99AtFirstRate\":%s,"
                    + "\"missedRate\":%d,\"drainMsAtMissedRate\":%d,\"fillMs\":%d,\"converged\":%b,"
                    + "\"residentMb\":%d}",
                model.label(),
                PekkoMember.KEYS,
                best.rate(),
                best.lagMsP50(),
                best.lagMsP99(),
                best.samples(),
                first.rate(),
                first.lagMsP50(),
                first.lagMsP99(),
                missed.rate(),
                missed.drainMillis(),
                fillMillis,
                best.drainMillis() >= 0,
                residentMb);
    }

    /// @param rate updates per second of all members together
    /// @param drainMillis from the last write until all was seen everywhere, or -1 when it never
    ///   was
    private record Step(
            int rate,
            long drainMillis,
            boolean onTime,
            long samples,
            String lagMsP50,
            String lagMsP99) {
        static final Step NONE = new Step(0, -1, false, 0, "null", "null");

        boolean kept() {
            return onTime && drainMillis >= 0 && drainMillis <= KEPT_MILLIS;
        }
    }

    private Step step(int rate) throws IOException, InterruptedException {
        long begin = System.nanoTime();
        long sum = order("write " + rate / PekkoMember.MEMBERS + " " + STEP_SECONDS);
        // Writers that fall behind have not offered the rate.
        boolean onTime = System.nanoTime() - begin < (STEP_SECONDS + 0.5) * 1e9;
        long drainMillis = visible(sum, DRAIN_MILLIS);
        long samples = 0;
        double p50 = 0;
        double p99 = 0;
        for (ChildProcess member : members) {
            member.say("lags");
            String[] lags = member.answer(10).split(" ");
            samples += Long.parseLong(lags[0]);
            // Members see the same; the worst of the three is what counts.
            p50 = Math.max(p50, lags[1].equals("null") ? 0 : Double.parseDouble(lags[1]));
            p99 = Math.max(p99, lags[2].equals("null") ? 0 : Double.parseDouble(lags[2]));
        }
        System.err.printf(
                Locale.ROOT,
                "%d/s: on time %b, seen everywhere after %d ms, lag p50 %.1f p99 %.1f ms (%d)%n",
                rate,
                onTime,
                drainMillis,
                p50,
                p99,
                samples);
        return new Step(
                rate, drainMillis, onTime, samples, Double.toString(p50), Double.toString(p99));
    }

    /// Gives all members an order to write at once.
    ///
    /// @return the sum of all keys' newest values
    private long order(String order) throws IOException, InterruptedException {
        for (ChildProcess member : members) {
            member.say(order);
        }
        long sum = 0;
        for (ChildProcess member : members) {
            sum += Long.parseLong(member.answer(60).split(" ")[1]);
        }
        return sum;
    }

    /// Waits until all members have seen values of this sum.
    ///
    /// @return milliseconds, or -1 when they have not in time
    private long visible(long sum, long millisMax) throws IOException, InterruptedException {
        long begin = System.nanoTime();
        while (true) {
            boolean everywhere = true;
            for (ChildProcess member : members) {
                member.say("sum");
                everywhere &= Long.parseLong(member.answer(10)) == sum;
            }
            long millis = (System.nanoTime() - begin) / 1_000_000;
            if (everywhere) {
                return millis;
            }
            if (millis > millisMax) {
                return -1;
            }
            Thread.sleep(10);
        }
    }

    private static List<Integer> freePorts() throws IOException {
        List<ServerSocket> sockets = new ArrayList<>();
        List<Integer> ports = new ArrayList<>();
        for (int i = 0; i < PekkoMember.MEMBERS; i++) {
            ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
            sockets.add(socket);
            ports.add(socket.getLocalPort());
        }
        for (ServerSocket socket : sockets) {
            socket.close();
        }
        return ports;
    }
}
