package dev.sheaf.bench.search;

import dev.sheaf.kernel.DomainName;
import dev.sheaf.kernel.ProductName;
import dev.sheaf.kernel.RegionName;
import dev.sheaf.registry.search.SearchDocument;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Products as a large company might have them: names of two to four words, a sentence or two, five
/// to twenty columns. The same for the same seed.
final class CatalogGenerator {
    private static final List<String> AREAS =
            List.of(
                    ("sales marketing finance logistics procurement inventory manufacturing quality"
                                    + " research legal risk treasury tax payroll people customer"
                                    + " support returns pricing catalog web mobile stores fraud"
                                    + " claims underwriting lending trading settlement compliance"
                                    + " energy fleet facilities security network telemetry billing"
                                    + " partners loyalty media")
                            .split(" "));
    private static final List<String> KINDS =
            List.of(
                    ("daily weekly monthly raw cleaned enriched aggregated historical open closed"
                                    + " pending cancelled regional global european american"
                                    + " forecast actual planned audited internal external digital"
                                    + " wholesale retail seasonal consolidated restated preliminary"
                                    + " archived")
                            .split(" "));
    private static final List<String> THINGS =
            List.of(
                    ("orders customers products shipments invoices payments returns suppliers"
                         + " vendors warehouses employees contracts campaigns visits sessions"
                         + " clicks impressions leads opportunities quotes subscriptions refunds"
                         + " discounts vouchers complaints tickets incidents devices sensors"
                         + " readings machines batches recipes materials components assemblies"
                         + " inspections defects audits budgets forecasts accounts ledgers journals"
                         + " balances positions trades counterparties collateral policies claims"
                         + " premiums reserves applications loans mortgages deposits cards"
                         + " merchants terminals transactions vehicles routes drivers deliveries"
                         + " carriers containers ports tariffs meters consumption outages"
                         + " substations stores shelves promotions baskets receipts loyalty surveys"
                         + " reviews ratings articles categories brands segments households"
                         + " addresses consents preferences newsletters events venues bookings"
                         + " rooms flights passengers luggage crews schedules maintenance parts")
                            .split(" "));
    private static final List<String> COLUMNS =
            List.of(
                    ("id number date amount currency status country city postcode email phone"
                         + " firstName lastName birthDate createdAt updatedAt quantity unitPrice"
                         + " taxRate discount weight height latitude longitude iban accountNumber"
                         + " vatNumber language channel source comment category brand supplierId"
                         + " customerId orderId productId storeId employeeId validFrom validTo"
                         + " version isActive reasonCode score probability duration startTime"
                         + " endTime temperature pressure voltage serialNumber licensePlate"
                         + " deliveryDate invoiceDate dueDate paymentMethod cardType merchantCode"
                         + " riskClass rating segment consent")
                            .split(" "));
    private static final List<String> CLASSES = List.of("", "", "", "", "internal", "confidential");
    private static final Set<String> PERSONAL =
            Set.of("email", "phone", "firstName", "lastName", "birthDate", "iban", "licensePlate");
    private static final List<String> REGIONS =
            List.of("aws/us-east-1", "azure/westeurope", "gcp/europe-west1");
    private static final Pattern NAME = Pattern.compile("\"([A-Z][A-Za-z]{3,40})\"");

    private final Random random;
    private final List<String> columns;

    CatalogGenerator(long seed, List<String> moreColumns) {
        this.random = new Random(seed);
        this.columns = new ArrayList<>(COLUMNS);
        columns.addAll(moreColumns);
    }

    /// The names in a real schema, where test data is there.
    static List<String> realColumns() throws IOException {
        String folder = System.getProperty("sheaf.testdata", "");
        Path file = Path.of(folder, "datasets", "adventureworks", "COLUMNS.json");
        if (folder.isEmpty() || !Files.exists(file)) {
            return List.of();
        }
        Set<String> names = new LinkedHashSet<>();
        Matcher matcher = NAME.matcher(Files.readString(file));
        while (matcher.find()) {
            names.add(matcher.group(1));
        }
        return List.copyOf(names);
    }

    SearchDocument product(int number) {
        String area = one(AREAS);
        String thing = one(THINGS);
        String name =
                (random.nextBoolean() ? one(KINDS) + "-" : "")
                        + thing
                        + (random.nextInt(3) == 0 ? "-" + one(THINGS) : "")
                        + "-"
                        + Integer.toString(number, Character.MAX_RADIX);
        String domain = area + "-" + one(THINGS);
        List<SearchDocument.Column> own = new ArrayList<>();
        for (int left = 5 + random.nextInt(16); left > 0; left--) {
            String column = one(columns);
            own.add(
                    new SearchDocument.Column(
                            column,
                            random.nextInt(4) == 0 ? "The " + column + " of " + thing + "." : "",
                            PERSONAL.contains(column) ? "pii" : one(CLASSES),
                            List.of()));
        }
        return new SearchDocument(
                new ProductName(new DomainName(domain), name),
                RegionName.parse(one(REGIONS)),
                name.replace('-', ' '),
                capital(one(KINDS))
                        + " "
                        + thing
                        + " of "
                        + area
                        + " with their "
                        + one(THINGS)
                        + ", for "
                        + one(AREAS)
                        + " and "
                        + one(AREAS)
                        + ".",
                domain + "@example.com",
                List.of(one(AREAS), one(KINDS)),
                List.of(one(THINGS) + " " + one(COLUMNS)),
                own,
                random.nextInt(10) == 0 ? "deprecated" : "active",
                "1." + random.nextInt(9) + ".0");
    }

    private static String capital(String word) {
        return word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1);
    }

    private String one(List<String> of) {
        return of.get(random.nextInt(of.size()));
    }
}
