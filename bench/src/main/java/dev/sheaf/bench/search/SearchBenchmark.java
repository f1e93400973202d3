package dev.sheaf.bench.search;

import dev.sheaf.governance.decision.Decider;
import dev.sheaf.governance.decision.StandardPack;
import dev.sheaf.registry.search.SearchAnswer;
import dev.sheaf.registry.search.SearchDocument;
import dev.sheaf.registry.search.SearchIndex;
import dev.sheaf.registry.search.SearchRequest;
import dev.sheaf.registry.search.Viewer;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;

/// Search over a catalog of many products, of which policy hides a third from the analyst who
/// searches: time to index, memory, time of the first search and of a mix of searches by one and by
/// four threads, against a plain scan over the documents.
///
/// `bin/bench search [PRODUCTS] [SECONDS]`.
public final class SearchBenchmark {
    private static final int CHECKS = 200;
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private SearchBenchmark() {}

    public static void main(String[] arguments) throws IOException {
        int products = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 100_000;
        int seconds = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 10;
        CatalogGenerator generator = new CatalogGenerator(1, CatalogGenerator.realColumns());
        Decider decider = new Decider(System::nanoTime, new Random(1));
        decider.use(StandardPack.load());
        List<SearchDocument> documents = new ArrayList<>();
        for (int i = 0; i < products; i++) {
            documents.add(generator.product(i));
        }
        PolicyViewer viewer = new PolicyViewer(decider, "sales-orders");
        documents.forEach(viewer::add);
        Path folder = Files.createTempDirectory("sheaf-bench-search");
        try (SearchIndex index = SearchIndex.in(folder, Runnable::run)) {
            long before = heapBytes();
            long began = System.nanoTime();
            documents.forEach(index::put);
            index.refresh();
            double indexed = seconds(began);
            index.compact();
            System.out.printf(
                    "indexed %,d products in %.1f s, in one segment after %.1f s; %,d MB on disk,"
                            + " %,d MB more heap%n",
                    index.size(),
                    indexed,
                    seconds(began),
                    sizeBytes(folder) >> 20,
                    (heapBytes() - before) >> 20);
            began = System.nanoTime();
            SearchAnswer all = index.search(SearchRequest.of("").withFacets(), viewer);
            System.out.printf(
                    "first search of an analyst, who may know of %,d: %.0f ms (all are decided)%n",
                    all.total(), seconds(began) * 1000);
            check(index, documents, viewer);
            measure(index, documents, viewer, 1, seconds);
            double ours = measure(index, documents, viewer, 1, seconds);
            measure(index, documents, viewer, 4, seconds);
            double plain = scan(documents);
            System.out.printf(
                    "a plain scan over the documents takes %.0fx as long%n", plain / ours);
        } finally {
            delete(folder);
        }
    }

    /// What a scan finds is found, of it what may be seen; and what was misspelt.
    private static void check(SearchIndex index, List<SearchDocument> documents, Viewer viewer) {
        QueryMix mix = new QueryMix(documents, 2);
        for (int i = 0; i < CHECKS / 4; i++) {
            SearchRequest request = mix.one(QueryMix.Kind.EXACT);
            Set<String> expected = new TreeSet<>(scan(documents, request.text()));
            expected.removeIf(name -> !viewer.mayKnow(dev.sheaf.kernel.ProductName.parse(name)));
            Set<String> found = all(index, request, viewer);
            if (!found.containsAll(expected)) {
                expected.removeAll(found);
                throw new IllegalStateException("'" + request.text() + "' misses " + expected);
            }
            if (!found.stream()
                    .allMatch(name -> viewer.mayKnow(dev.sheaf.kernel.ProductName.parse(name)))) {
                throw new IllegalStateException("'" + request.text() + "' shows what is hidden");
            }
        }
        int recalled = 0;
        int asked = 0;
        while (asked < CHECKS) {
            SearchDocument wanted = mix.any();
            if (viewer.mayKnow(wanted.name())) {
                asked++;
                String text = mix.misspelt(wanted.name().name().replace('-', ' '));
                SearchAnswer answer = index.search(SearchRequest.of(text), viewer);
                if (answer.hits().stream()
                        .anyMatch(hit -> hit.document().name().equals(wanted.name()))) {
                    recalled++;
                }
            }
        }
        System.out.printf(
                "checked: all that %d scans find; of %d misspelt names %d are on the first page%n",
                CHECKS / 4, asked, recalled);
    }

    private static Set<String> all(SearchIndex index, SearchRequest request, Viewer viewer) {
        Set<String> names = new TreeSet<>();
        SearchRequest page = request.withHits(SearchRequest.HITS_MAX);
        Optional<String> next = Optional.empty();
        do {
            SearchAnswer answer = index.search(next.map(page::after).orElse(page), viewer);
            answer.hits().forEach(hit -> names.add(hit.document().name().toString()));
            next = answer.next();
        } while (next.isPresent());
        return names;
    }

    private static List<String> scan(List<SearchDocument> documents, String text) {
        String[] words = text.strip().toLowerCase(Locale.ROOT).split(" ");
        List<String> found = new ArrayList<>();
        for (SearchDocument document : documents) {
            String all =
                    (document.name() + " " + document.title() + " " + document.description())
                            .toLowerCase(Locale.ROOT);
            boolean hasAll = true;
            for (String word : words) {
                hasAll &= Arrays.asList(all.split("[^a-z0-9]+")).contains(word);
            }
            if (hasAll) {
                found.add(document.name().toString());
            }
        }
        return found;
    }

    /// @return median, milliseconds
    private static double scan(List<SearchDocument> documents) {
        QueryMix mix = new QueryMix(documents, 3);
        double[] times = new double[10];
        for (int i = 0; i < times.length; i++) {
            long began = System.nanoTime();
            scan(documents, mix.one(QueryMix.Kind.EXACT).text());
            times[i] = seconds(began) * 1000;
        }
        Arrays.sort(times);
        System.out.printf("plain scan, exact words only: median %.1f ms%n", times[5]);
        return times[5];
    }

    /// @return median of all, milliseconds
    private static double measure(
            SearchIndex index,
            List<SearchDocument> documents,
            Viewer viewer,
            int threads,
            int seconds) {
        Map<QueryMix.Kind, List<Double>> times = new EnumMap<>(QueryMix.Kind.class);
        List<Double> all = new ArrayList<>();
        List<Double> cpu = new ArrayList<>();
        long end = System.nanoTime() + seconds * 1_000_000_000L;
        try (ExecutorService pool = Executors.newFixedThreadPool(threads)) {
            List<CompletableFuture<Void>> work = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                QueryMix mix = new QueryMix(documents, 100 + i);
                work.add(
                        CompletableFuture.runAsync(
                                () -> run(index, viewer, mix, end, times, all, cpu), pool));
            }
            work.forEach(CompletableFuture::join);
        }
        System.out.printf(
                "%d thread(s): %,d searches, p50 %.2f ms, p99 %.2f ms; of a processor p50 %.2f ms,"
                        + " p99 %.2f ms%n",
                threads, all.size(), at(all, 0.5), at(all, 0.99), at(cpu, 0.5), at(cpu, 0.99));
        times.forEach((kind, some) ->
                System.out.printf(
                        "  %-8s p50 %6.2f ms  p99 %6.2f ms%n",
                        kind.name().toLowerCase(Locale.ROOT), at(some, 0.5), at(some, 0.99)));
        return at(all, 0.5);
    }

    private static void run(
            SearchIndex index,
            Viewer viewer,
            QueryMix mix,
            long end,
            Map<QueryMix.Kind, List<Double>> times,
            List<Double> all,
            List<Double> cpu) {
        QueryMix.Kind[] kinds = QueryMix.Kind.values();
        for (int i = 0; System.nanoTime() < end; i++) {
            QueryMix.Kind kind = kinds[i % kinds.length];
            SearchRequest request = mix.one(kind);
            long worked = THREADS.getCurrentThreadCpuTime();
            long began = System.nanoTime();
            index.search(request, viewer);
            double took = seconds(began) * 1000;
            double work = (THREADS.getCurrentThreadCpuTime() - worked) / 1e6;
            synchronized (times) {
                times.computeIfAbsent(kind, key -> new ArrayList<>()).add(took);
                all.add(took);
                cpu.add(work);
            }
        }
    }

    private static double at(List<Double> times, double share) {
        double[] sorted = times.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        return sorted[(int) Math.min(sorted.length - 1, sorted.length * share)];
    }

    private static double seconds(long began) {
        return (System.nanoTime() - began) / 1e9;
    }

    private static long heapBytes() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    private static long sizeBytes(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            long bytes = 0;
            for (Path file : files.toList()) {
                bytes += Files.size(file);
            }
            return bytes;
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(folder);
    }
}
