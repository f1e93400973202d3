package dev.sheaf.bench.registry;

import dev.sheaf.client.ManifestFile;
import dev.sheaf.client.Manifests;
import dev.sheaf.client.ProductSummary;
import dev.sheaf.client.RunInfo;
import dev.sheaf.client.RunState;
import dev.sheaf.client.SheafClient;
import dev.sheaf.client.Upload;
import dev.sheaf.kernel.ProductName;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;

/// How long it takes from the answer to an apply or a publish in one region until the catalogs of
/// all three show it, over their HTTP interfaces. Three whole nodes with mutual TLS in this
/// process; no latency is added to the links. `bin/bench catalog [changes]`, of which each eighth
/// is a publish.
public final class CatalogBenchmark {
    private static final ProductName NOTES = ProductName.parse("shop.notes");
    private static final int PUBLISH_EVERY = 8;

    private CatalogBenchmark() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        int changes = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 200;
        try (ThreeNodes nodes = ThreeNodes.start()) {
            measure(nodes.clients(), nodes.folder(), changes);
        }
    }

    private static void measure(List<SheafClient> clients, Path folder, int changes)
            throws IOException, InterruptedException {
        SheafClient home = clients.getFirst();
        home.apply(manifests(0));
        all(clients, product -> product.contractVersion().equals("1.0.0"));
        long[] applied = new long[changes];
        List<Long> published = new ArrayList<>();
        long release = 0;
        for (int change = 1; change <= changes; change++) {
            String version = "1.0." + change;
            home.apply(manifests(change));
            applied[change - 1] =
                    all(clients, product -> product.contractVersion().equals(version));
            if (change % PUBLISH_EVERY == 0) {
                release++;
                long expected = release;
                publish(home, folder, change);
                published.add(
                        all(clients, product -> product.currentRelease().orElse(0) == expected));
            }
        }
        print("apply, seen in all regions", applied);
        print(
                "publish, seen in all regions",
                published.stream().mapToLong(Long::longValue).toArray());
    }

    private static void publish(SheafClient home, Path folder, int change) throws IOException {
        Path file = folder.resolve("notes-" + change + ".csv");
        Files.writeString(file, "id,text\n" + change + ",note\n");
        RunInfo run = home.publish(NOTES, List.of(Upload.of(file)), false, bytes -> {});
        RunState state = home.await(run.id(), any -> {}).state();
        if (state != RunState.COMMITTED) {
            throw new IllegalStateException("a publish ended as " + state);
        }
    }

    /// @return nanoseconds until the last catalog shows it
    private static long all(List<SheafClient> clients, Predicate<ProductSummary> isShown)
            throws InterruptedException {
        long from = System.nanoTime();
        for (SheafClient client : clients) {
            while (client.products().stream().noneMatch(isShown)) {
                if (System.nanoTime() - from > 60_000_000_000L) {
                    throw new IllegalStateException("not shown after a minute");
                }
                Thread.sleep(2);
            }
        }
        return System.nanoTime() - from;
    }

    private static void print(String what, long[] nanos) {
        Arrays.sort(nanos);
        System.out.printf(
                Locale.ROOT,
                "%s: %d times, p50 %.1f ms, p99 %.1f ms, most %.1f ms%n",
                what,
                nanos.length,
                at(nanos, 0.5),
                at(nanos, 0.99),
                at(nanos, 1));
    }

    private static double at(long[] sorted, double share) {
        int index = (int) Math.ceil(sorted.length * share) - 1;
        return sorted.length == 0 ? 0 : sorted[Math.max(0, index)] / 1e6;
    }

    private static Manifests manifests(int patch) {
        return new Manifests(
                List.of(
                        file(
                                "domain.yaml",
                                """
                                apiVersion: sheaf.dev/v1
                                kind: Domain
                                name: shop
                                homeRegion: aws/us-east-1
                                owner: shop@example.com
                                """),
                        file(
                                "product.yaml",
                                """
                                apiVersion: v1.0.0
                                kind: DataProduct
                                id: shop.notes
                                name: notes
                                domain: shop
                                version: 1.0.0
                                status: active
                                outputPorts:
                                  - {name: notes, version: 1.0.0, contractId: shop.notes}
                                """),
                        file(
                                "contract.yaml",
                                """
                                apiVersion: v3.1.0
                                kind: DataContract
                                id: shop.notes
                                version: 1.0.%1$d
                                status: active
                                domain: shop
                                dataProduct: notes
                                schema:
                                  - name: notes
                                    physicalType: table
                                    description: Notes, as described the %1$d. time.
                                    properties:
                                      - {name: id, logicalType: integer, required: true}
                                      - {name: text, logicalType: string}
                                """
                                        .formatted(patch))),
                Optional.empty());
    }

    private static ManifestFile file(String name, String text) {
        return new ManifestFile(name, text.getBytes(StandardCharsets.UTF_8));
    }
}
