package dev.sheaf.bench.schemas;

import dev.sheaf.bench.context.regions.LocalRegions;
import dev.sheaf.bench.context.regions.LocalRegions.Reached;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Schemas by id over HTTP on loopback, from a node that is a process of its own: kept-open
/// connections that ask at a steady rate, as consumers do that meet new ids. Times are counted from
/// when a request was due, so that what waits behind a slow one counts too. Each answer is compared
/// with what was registered.
///
/// Arguments: requests a second (default 5000), seconds (default 20), connections (default 8),
/// schemas (default 1000).
public final class SchemaLookupBenchmark {
    private static final Pattern ID = Pattern.compile("\"id\":(\\d+)");
    private static final Pattern LENGTH = Pattern.compile("(?i)content-length: (\\d+)");
    private static final String REGION = "aws/us-east-1";
    private static final double NANOS_PER_MILLI = 1e6;
    private static final long NANOS_PER_SECOND = 1_000_000_000;
    private static final int WARM_UP_SECONDS = 5;

    private SchemaLookupBenchmark() {}

    public static void main(String[] arguments)
            throws IOException, InterruptedException, ExecutionException {
        int rate = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 5000;
        int seconds = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 20;
        int connections = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 8;
        int schemas = arguments.length > 3 ? Integer.parseInt(arguments[3]) : 1000;
        Path folder = Files.createTempDirectory("schema-lookup");
        try (LocalRegions regions = new LocalRegions(folder, List.of(REGION))) {
            regions.up(true);
            Reached node = regions.reached(REGION);
            List<Integer> ids = register(node.url(), node.token(), schemas);
            run(node.url(), node.token(), ids, rate, WARM_UP_SECONDS, connections);
            long[] nanos = run(node.url(), node.token(), ids, rate, seconds, connections);
            Arrays.sort(nanos);
            System.out.printf(
                    Locale.ROOT,
                    "%d lookups by id at %d/s over %d connections, %d schemas:"
                            + " p50 %.3f, p99 %.3f, p99.9 %.3f, max %.3f ms%n",
                    nanos.length,
                    rate,
                    connections,
                    schemas,
                    at(nanos, 0.5),
                    at(nanos, 0.99),
                    at(nanos, 0.999),
                    nanos[nanos.length - 1] / NANOS_PER_MILLI);
        }
    }

    private static double at(long[] sorted, double share) {
        return sorted[(int) Math.min(sorted.length - 1, Math.floor(sorted.length * share))]
                / NANOS_PER_MILLI;
    }

    private static String name(int number) {
        return "Click" + number;
    }

    private static List<Integer> register(URI node, String token, int schemas)
            throws IOException, InterruptedException {
        List<Integer> ids = new ArrayList<>();
        try (HttpClient http = HttpClient.newHttpClient()) {
            for (int i = 0; i < schemas; i++) {
                String body =
                        "{\"schema\":\"{\\\"type\\\":\\\"record\\\",\\\"name\\\":\\\""
                                + name(i)
                                + "\\\",\\\"fields\\\":[{\\\"name\\\":\\\"page\\\",\\\"type\\\":\\\"string\\\"}]}\"}";
                HttpResponse<String> answer =
                        http.send(
                                HttpRequest.newBuilder(
                                                URI.create(
                                                        node
                                                                + "/schemas/subjects/clicks-"
                                                                + i
                                                                + "/versions"))
                                        .header("Authorization", "Bearer " + token)
                                        .POST(HttpRequest.BodyPublishers.ofString(body))
                                        .build(),
                                HttpResponse.BodyHandlers.ofString());
                Matcher id = ID.matcher(answer.body());
                if (!id.find()) {
                    throw new IllegalStateException(answer.body());
                }
                ids.add(Integer.parseInt(id.group(1)));
            }
        }
        return ids;
    }

    private static long[] run(
            URI node, String token, List<Integer> ids, int rate, int seconds, int connections)
            throws InterruptedException, ExecutionException {
        int each = rate * seconds / connections;
        long begin = System.nanoTime() + NANOS_PER_SECOND / 10;
        long[] all = new long[each * connections];
        try (ExecutorService threads = Executors.newFixedThreadPool(connections)) {
            List<Future<long[]>> running = new ArrayList<>();
            for (int c = 0; c < connections; c++) {
                int first = c;
                running.add(
                        threads.submit(() ->
                                ask(node, token, ids, each, first, connections, begin, rate)));
            }
            for (int c = 0; c < connections; c++) {
                System.arraycopy(running.get(c).get(), 0, all, c * each, each);
            }
        }
        return all;
    }

    private static long[] ask(
            URI node,
            String token,
            List<Integer> ids,
            int count,
            int first,
            int connections,
            long begin,
            int rate)
            throws IOException {
        long[] nanos = new long[count];
        try (Socket socket = new Socket(node.getHost(), node.getPort())) {
            socket.setTcpNoDelay(true);
            OutputStream out = socket.getOutputStream();
            InputStream in = new BufferedInputStream(socket.getInputStream());
            for (int i = 0; i < count; i++) {
                long number = (long) i * connections + first;
                long due = begin + number * NANOS_PER_SECOND / rate;
                for (long left = due - System.nanoTime();
                        left > 0;
                        left = due - System.nanoTime()) {
                    LockSupport.parkNanos(left);
                }
                int schema = (int) (number * 31 % ids.size());
                out.write(
                        ("GET /schemas/schemas/ids/"
                                        + ids.get(schema)
                                        + " HTTP/1.1\r\nHost: "
                                        + node.getHost()
                                        + ":"
                                        + node.getPort()
                                        + "\r\nAuthorization: Bearer "
                                        + token
                                        + "\r\n\r\n")
                                .getBytes(StandardCharsets.US_ASCII));
                String body = answer(in);
                nanos[i] = System.nanoTime() - due;
                if (!body.contains('"' + name(schema) + "\\\"")
                        && !body.contains("\\\"" + name(schema) + "\\\"")) {
                    throw new IllegalStateException("another schema than was asked for: " + body);
                }
            }
        }
        return nanos;
    }

    private static String answer(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.length() < 4 || !head.substring(head.length() - 4).equals("\r\n\r\n")) {
            int next = in.read();
            if (next < 0) {
                throw new IOException("the node hung up: " + head);
            }
            head.append((char) next);
        }
        Matcher length = LENGTH.matcher(head);
        if (!length.find()) {
            throw new IOException("no length: " + head);
        }
        return new String(in.readNBytes(Integer.parseInt(length.group(1))), StandardCharsets.UTF_8);
    }
}
