package dev.sheaf.bench.query;

import dev.sheaf.bench.registry.ThreeNodes;
import dev.sheaf.client.LinkFault;
import dev.sheaf.client.ManifestFile;
import dev.sheaf.client.Manifests;
import dev.sheaf.client.QueryRequest;
import dev.sheaf.client.ResultTable;
import dev.sheaf.client.RunState;
import dev.sheaf.client.SheafClient;
import dev.sheaf.client.Upload;
import dev.sheaf.kernel.ProductName;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/// What a query over two clouds costs when its result is kept, against one that pays 250 ms of
/// injected latency; and whether a local query notices that both peers are dead. Over the HTTP
/// interfaces of three whole nodes in this process. `bin/bench cached-query [rounds]`.
public final class CachedQueryBenchmark {
    private static final ProductName REMOTE = ProductName.parse("shop.sales");
    private static final ProductName LOCAL = ProductName.parse("plant.parts");
    private static final int ROWS = 20_000;
    private static final int GROUPS = 10;
    private static final int ONE_WAY_MILLIS = 125;

    private CachedQueryBenchmark() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        int rounds = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 200;
        try (ThreeNodes mesh = ThreeNodes.start()) {
            SheafClient aws = mesh.clients().get(0);
            SheafClient azure = mesh.clients().get(1);
            publish(aws, mesh.folder(), REMOTE, ThreeNodes.REGIONS.get(0));
            publish(azure, mesh.folder(), LOCAL, ThreeNodes.REGIONS.get(1));
            while (azure.products().stream()
                            .filter(product -> product.currentRelease().isPresent())
                            .count()
                    < 2) {
                Thread.sleep(20);
            }
            delay(aws, ThreeNodes.REGIONS.get(1));
            delay(azure, ThreeNodes.REGIONS.get(0));
            cached(azure, rounds);
            aws.contexts().injectFault(ThreeNodes.REGIONS.get(1), LinkFault.heal());
            azure.contexts().injectFault(ThreeNodes.REGIONS.get(0), LinkFault.heal());
            deadPeers(mesh, azure, rounds);
        }
    }

    private static void delay(SheafClient at, String peer) {
        at.contexts().injectFault(peer, LinkFault.delay(ONE_WAY_MILLIS, 0));
    }

    private static void cached(SheafClient azure, int rounds) {
        long[] fresh = new long[rounds / 5];
        for (int round = 0; round < fresh.length; round++) {
            String statement = statement(REMOTE, ROWS + round);
            fresh[round] = nanos(() -> check(ask(azure, statement), false));
        }
        String repeated = statement(REMOTE, -1);
        long kept = 0;
        long[] again = new long[rounds];
        for (int round = 0; round < rounds; round++) {
            long[] count = {0};
            again[round] = nanos(() -> count[0] = check(ask(azure, repeated), true));
            kept += count[0];
        }
        print("cross-cloud, not kept", fresh);
        print("cross-cloud, asked again (" + kept + " of " + rounds + " kept)", again);
    }

    private static void deadPeers(ThreeNodes mesh, SheafClient azure, int rounds) {
        String local = statement(LOCAL, -1);
        for (int round = 0; round < rounds; round++) {
            ask(azure, local);
        }
        long[] healthy = local(azure, local, rounds);
        mesh.nodes().get(0).close();
        mesh.nodes().get(2).close();
        long[] dead = local(azure, local, rounds);
        print("local, peers healthy", healthy);
        print("local, both peers dead", dead);
        System.out.printf(
                Locale.ROOT,
                "with dead peers: %.3f of the time with healthy ones (medians)%n",
                (double) dead[dead.length / 2] / healthy[healthy.length / 2]);
    }

    private static long[] local(SheafClient azure, String statement, int rounds) {
        long[] nanos = new long[rounds];
        for (int round = 0; round < rounds; round++) {
            nanos[round] = nanos(() -> check(ask(azure, statement), false));
        }
        Arrays.sort(nanos);
        return nanos;
    }

    private static long nanos(Runnable work) {
        long began = System.nanoTime();
        work.run();
        return System.nanoTime() - began;
    }

    private static String statement(ProductName product, int leftOut) {
        return "SELECT kind, count(*) AS n, sum(amount) AS total FROM \""
                + product.domain()
                + "\".\""
                + product.name()
                + "\" WHERE id <> "
                + leftOut
                + " GROUP BY kind ORDER BY kind";
    }

    private static ResultTable ask(SheafClient client, String sql) {
        return client.queryTable(new QueryRequest(sql, OptionalInt.empty(), OptionalLong.empty()));
    }

    /// @return 1 for a result that was kept
    private static long check(ResultTable result, boolean mayBeKept) {
        boolean isKept = result.cached().orElse(false);
        if (result.rows().size() != GROUPS
                || !result.rows().getFirst().toString().equals("[0, 2000, 19990000]")
                || (isKept && !mayBeKept)) {
            throw new IllegalStateException("not the answer: " + result);
        }
        return isKept ? 1 : 0;
    }

    private static void print(String what, long[] nanos) {
        Arrays.sort(nanos);
        System.out.printf(
                Locale.ROOT,
                "%s: %d times, p50 %.1f ms, p99 %.1f ms%n",
                what,
                nanos.length,
                nanos[nanos.length / 2] / 1e6,
                nanos[Math.max(0, (int) Math.ceil(nanos.length * 0.99) - 1)] / 1e6);
    }

    private static void publish(SheafClient home, Path folder, ProductName product, String region)
            throws IOException {
        home.apply(manifests(product, region));
        StringBuilder csv = new StringBuilder("id,kind,amount\n");
        for (int row = 0; row < ROWS; row++) {
            csv.append(row).append(',').append(row % GROUPS).append(',').append(row).append('\n');
        }
        Path file = folder.resolve(product + ".csv");
        Files.writeString(file, csv);
        String run = home.publish(product, List.of(Upload.of(file)), false, bytes -> {}).id();
        RunState state = home.await(run, any -> {}).state();
        if (state != RunState.COMMITTED) {
            throw new IllegalStateException("a publish ended as " + state);
        }
    }

    private static Manifests manifests(ProductName product, String region) {
        return new Manifests(
                List.of(
                        file(
                                "domain.yaml",
                                """
                                apiVersion: sheaf.dev/v1
                                kind: Domain
                                name: %s
                                homeRegion: %s
                                owner: owner@example.com
                                """
                                        .formatted(product.domain(), region)),
                        file(
                                "product.yaml",
                                """
                                apiVersion: v1.0.0
                                kind: DataProduct
                                id: %1$s
                                name: %2$s
                                domain: %3$s
                                version: 1.0.0
                                status: active
                                outputPorts:
                                  - {name: %2$s, version: 1.0.0, contractId: %1$s}
                                """
                                        .formatted(product, product.name(), product.domain())),
                        file(
                                "contract.yaml",
                                """
                                apiVersion: v3.1.0
                                kind: DataContract
                                id: %1$s
                                version: 1.0.0
                                status: active
                                domain: %3$s
                                dataProduct: %2$s
                                schema:
                                  - name: %2$s
                                    physicalType: table
                                    properties:
                                      - {name: id, logicalType: integer, tags: [not-personal]}
                                      - {name: kind, logicalType: integer, tags: [not-personal]}
                                      - {name: amount, logicalType: integer, tags: [not-personal]}
                                """
                                        .formatted(product, product.name(), product.domain()))),
                Optional.empty());
    }

    private static ManifestFile file(String name, String text) {
        return new ManifestFile(name, text.getBytes(StandardCharsets.UTF_8));
    }
}
