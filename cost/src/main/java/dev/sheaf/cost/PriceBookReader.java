package dev.sheaf.cost;

import dev.sheaf.cost.PriceBook.Cloud;
import dev.sheaf.cost.PriceBook.Places;
import dev.sheaf.cost.PriceBook.Rule;
import dev.sheaf.kernel.ByteSize;
import dev.sheaf.kernel.Money;
import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;

import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/// Reads price books, docs/costs.md.
public final class PriceBookReader {
    private static final long GB_BYTES = 1_000_000_000;
    private static final long GIB_BYTES = 1L << 30;
    private static final Set<String> BOOK = Set.of("currency", "checked", "clouds");
    private static final Set<String> CLOUD =
            Set.of("unit", "sources", "areas", "between", "internet");
    private static final Set<String> RULE = Set.of("from", "to", "price", "tiers");

    private final String file;

    private PriceBookReader(String file) {
        this.file = file;
    }

    /// The list prices that come with Sheaf.
    public static PriceBook standard() {
        try (InputStream prices =
                Objects.requireNonNull(PriceBookReader.class.getResourceAsStream("prices.yaml"))) {
            return read("prices.yaml", prices.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException("the prices are not in this build", e);
        }
    }

    /// Clouds of the other book take the place of those of the standard one.
    ///
    /// @throws Problem INVALID_CONFIGURATION also when the two have different currencies
    public static PriceBook over(PriceBook standard, PriceBook other) {
        if (!standard.currency().equals(other.currency())
                && !other.clouds().keySet().containsAll(standard.clouds().keySet())) {
            throw new Problem(
                    ProblemCode.INVALID_CONFIGURATION,
                    "the price book is in "
                            + other.currency()
                            + ", the standard prices in "
                            + standard.currency()
                            + ": name the prices of all of "
                            + standard.clouds().keySet().stream().sorted().toList()
                            + ", or write them in "
                            + standard.currency());
        }
        Map<String, Cloud> clouds = new HashMap<>(standard.clouds());
        clouds.putAll(other.clouds());
        return new PriceBook(other.currency(), other.checked(), clouds);
    }

    /// @throws Problem INVALID_CONFIGURATION naming the place
    public static PriceBook read(String file, byte[] yaml) {
        PriceBookReader reader = new PriceBookReader(file);
        LoaderOptions options = new LoaderOptions();
        options.setAllowDuplicateKeys(false);
        Object root;
        try {
            root =
                    new Yaml(new SafeConstructor(options))
                            .load(new String(yaml, StandardCharsets.UTF_8));
        } catch (YAMLException e) {
            throw reader.wrong("it is no YAML: " + e.getMessage(), e);
        }
        return reader.book(root);
    }

    private PriceBook book(@Nullable Object root) {
        Map<String, Object> fields = fields("the book", root, BOOK);
        Map<String, Cloud> clouds = new HashMap<>();
        for (Map.Entry<String, Object> cloud : anyFields("clouds", fields.get("clouds"))) {
            clouds.put(cloud.getKey(), cloud("clouds." + cloud.getKey(), cloud.getValue()));
        }
        if (clouds.isEmpty()) {
            throw wrong("clouds: there are none", null);
        }
        String currency = text("currency", fields.get("currency"));
        try {
            return new PriceBook(
                    Money.zero(currency).currency(), date(fields.get("checked")), clouds);
        } catch (Problem problem) {
            throw wrong("currency: " + problem.message(), problem);
        }
    }

    private LocalDate date(@Nullable Object value) {
        try {
            return value instanceof Date date
                    ? LocalDate.ofEpochDay(Math.floorDiv(date.getTime(), 86_400_000L))
                    : LocalDate.parse(text("checked", value));
        } catch (DateTimeException e) {
            throw wrong("checked: write a date as in 2026-11-27", e);
        }
    }

    private Cloud cloud(String at, @Nullable Object value) {
        Map<String, Object> fields = fields(at, value, CLOUD);
        String unit = text(at + ".unit", fields.get("unit"));
        long unitBytes =
                switch (unit) {
                    case "GB" -> GB_BYTES;
                    case "GiB" -> GIB_BYTES;
                    default ->
                            throw wrong(at + ".unit: '" + unit + "' is neither GB nor GiB", null);
                };
        Map<String, List<String>> areas = new HashMap<>();
        if (fields.containsKey("areas")) {
            for (Map.Entry<String, Object> area : anyFields(at + ".areas", fields.get("areas"))) {
                areas.put(area.getKey(), texts(at + ".areas." + area.getKey(), area.getValue()));
            }
        }
        List<Rule> between = rules(at + ".between", fields.get("between"), unitBytes, areas);
        List<Rule> internet = rules(at + ".internet", fields.get("internet"), unitBytes, areas);
        if (internet.isEmpty()) {
            throw wrong(at + ".internet: there are no prices", null);
        }
        return new Cloud(
                unit, unitBytes, texts(at + ".sources", fields.get("sources")), between, internet);
    }

    private List<Rule> rules(
            String at, @Nullable Object value, long unitBytes, Map<String, List<String>> areas) {
        List<Rule> rules = new ArrayList<>();
        for (Object item : items(at, value)) {
            String here = at + "[" + rules.size() + "]";
            Map<String, Object> fields = fields(here, item, RULE);
            Places from = places(here + ".from", fields.get("from"), areas);
            Places to =
                    fields.containsKey("to")
                            ? places(here + ".to", fields.get("to"), areas)
                            : new Places(List.of("*"));
            rules.add(new Rule(from, to, rate(here, fields, unitBytes)));
        }
        return rules;
    }

    private Places places(String at, @Nullable Object value, Map<String, List<String>> areas) {
        String text = text(at, value);
        if (!text.startsWith("@")) {
            return new Places(List.of(text));
        }
        List<String> area = areas.get(text.substring(1));
        if (area == null) {
            throw wrong(at + ": there is no area '" + text.substring(1) + "'", null);
        }
        return new Places(area);
    }

    private Rate rate(String at, Map<String, Object> fields, long unitBytes) {
        List<Rate.Tier> tiers = new ArrayList<>();
        if (fields.containsKey("price")) {
            tiers.add(new Rate.Tier(Long.MAX_VALUE, price(at + ".price", fields.get("price"))));
        } else {
            for (Object item : items(at + ".tiers", fields.get("tiers"))) {
                String here = at + ".tiers[" + tiers.size() + "]";
                Map<String, Object> tier = fields(here, item, Set.of("upTo", "price"));
                long upTo =
                        tier.containsKey("upTo")
                                ? size(here + ".upTo", tier.get("upTo"))
                                : Long.MAX_VALUE;
                tiers.add(new Rate.Tier(upTo, price(here + ".price", tier.get("price"))));
            }
        }
        try {
            return new Rate(unitBytes, tiers);
        } catch (IllegalArgumentException e) {
            throw wrong(at + ": " + e.getMessage(), e);
        }
    }

    private long size(String at, @Nullable Object value) {
        try {
            long bytes = ByteSize.parse(text(at, value)).bytes();
            if (bytes > 0) {
                return bytes;
            }
        } catch (Problem problem) {
            throw wrong(at + ": " + problem.message(), problem);
        }
        throw wrong(at + ": a tier that ends at 0 has nothing in it", null);
    }

    private BigDecimal price(String at, @Nullable Object value) {
        try {
            BigDecimal price = new BigDecimal(String.valueOf(value));
            if (price.signum() >= 0 && price.precision() <= 20 && Math.abs(price.scale()) <= 12) {
                return price;
            }
        } catch (NumberFormatException e) {
            throw wrong(at + ": '" + value + "' is not a price: write it as in 0.09", e);
        }
        throw wrong(at + ": '" + value + "' is not a price: write it as in 0.09", null);
    }

    private String text(String at, @Nullable Object value) {
        if (value instanceof String text && !text.isBlank()) {
            return text;
        }
        throw wrong(at + ": a text is missing", null);
    }

    private List<String> texts(String at, @Nullable Object value) {
        return items(at, value).stream().map(item -> text(at, item)).toList();
    }

    private List<?> items(String at, @Nullable Object value) {
        if (value == null) {
            return List.of();
        }
        if (value instanceof List<?> items) {
            return items;
        }
        throw wrong(at + ": write a list", null);
    }

    private Map<String, Object> fields(String at, @Nullable Object value, Set<String> known) {
        Map<String, Object> fields = new HashMap<>();
        for (Map.Entry<String, Object> field : anyFields(at, value)) {
            if (!known.contains(field.getKey())) {
                throw wrong(
                        at
                                + ": there is no '"
                                + field.getKey()
                                + "'; known are "
                                + known.stream().sorted().toList(),
                        null);
            }
            fields.put(field.getKey(), field.getValue());
        }
        return fields;
    }

    private List<Map.Entry<String, Object>> anyFields(String at, @Nullable Object value) {
        if (!(value instanceof Map<?, ?> fields)) {
            throw wrong(at + ": write keys and values", null);
        }
        List<Map.Entry<String, Object>> entries = new ArrayList<>();
        fields.forEach((key, field) -> {
            if (field == null) {
                throw wrong(at + "." + key + ": nothing is written", null);
            }
            entries.add(Map.entry(String.valueOf(key), field));
        });
        return entries;
    }

    private Problem wrong(String what, @Nullable Exception cause) {
        return new Problem(
                ProblemCode.INVALID_CONFIGURATION, "the price book " + file + ": " + what, cause);
    }
}
