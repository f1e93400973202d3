package dev.sheaf.cost;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/// Writes what was used in the columns of FOCUS 1.1 (https://focus.finops.org), one row for each
/// day, product, way and kind of caller. What FOCUS has no column for stands in columns that begin
/// with `x_`. Costs are list prices: nobody has been billed by them.
public final class FocusCsv {
    private static final String PROVIDER = "Sheaf";
    private static final int MONEY_DIGITS_MAX = 12;

    /// Mandatory columns, then conditional ones, then ours.
    public static final List<String> COLUMNS =
            List.of(
                    "BilledCost",
                    "BillingAccountId",
                    "BillingAccountName",
                    "BillingCurrency",
                    "BillingPeriodEnd",
                    "BillingPeriodStart",
                    "ChargeCategory",
                    "ChargeClass",
                    "ChargeDescription",
                    "ChargePeriodEnd",
                    "ChargePeriodStart",
                    "ContractedCost",
                    "EffectiveCost",
                    "InvoiceIssuerName",
                    "ListCost",
                    "PricingQuantity",
                    "PricingUnit",
                    "ProviderName",
                    "PublisherName",
                    "ServiceCategory",
                    "ServiceName",
                    "ChargeFrequency",
                    "ConsumedQuantity",
                    "ConsumedUnit",
                    "ContractedUnitPrice",
                    "ListUnitPrice",
                    "PricingCategory",
                    "RegionId",
                    "RegionName",
                    "ResourceId",
                    "ResourceName",
                    "ResourceType",
                    "SkuId",
                    "SkuPriceId",
                    "SubAccountId",
                    "SubAccountName",
                    "Tags",
                    "x_Destination",
                    "x_ConsumerDomains",
                    "x_ConsumerClass",
                    "x_PriceAssumed");

    private FocusCsv() {}

    /// Sorted by day, product and way; with a line of names first.
    ///
    /// @param mesh who is charged
    public static String write(String mesh, Map<UseKey, UseSum> used) {
        StringBuilder text = new StringBuilder();
        line(text, COLUMNS);
        used.entrySet().stream()
                .sorted(
                        Map.Entry.comparingByKey(
                                Comparator.comparing(UseKey::day)
                                        .thenComparing(UseKey::product)
                                        .thenComparing(UseKey::toString)))
                .forEach(use -> line(text, row(mesh, use.getKey(), use.getValue())));
        return text.toString();
    }

    private static List<String> row(String mesh, UseKey key, UseSum sum) {
        YearMonth month = YearMonth.from(key.day());
        String cost = money(sum.cost().amount());
        BigDecimal unit = BigDecimal.valueOf(key.unit().equals("GB") ? 1_000_000_000L : 1L << 30);
        String quantity = money(BigDecimal.valueOf(sum.bytes()).divide(unit));
        String domain = key.domain().isEmpty() ? "mesh" : key.domain();
        String sku =
                "transfer-" + key.kind().text() + "-" + (isWithin(key) ? "region" : "internet");
        List<String> row = new ArrayList<>();
        row.addAll(
                List.of(
                        cost,
                        mesh,
                        mesh,
                        key.currency(),
                        start(month.plusMonths(1).atDay(1)),
                        start(month.atDay(1)),
                        "Usage",
                        "",
                        description(key),
                        start(key.day().plusDays(1)),
                        start(key.day()),
                        cost,
                        cost,
                        PROVIDER,
                        cost,
                        quantity,
                        key.unit(),
                        PROVIDER,
                        PROVIDER,
                        "Networking",
                        "Data transfer"));
        row.addAll(
                List.of(
                        "Usage-Based",
                        Long.toString(sum.bytes()),
                        "B",
                        key.unitPrice(),
                        key.unitPrice(),
                        "Standard",
                        key.from(),
                        key.from(),
                        key.product(),
                        key.product(),
                        key.product().isEmpty() ? "" : "Data product",
                        sku,
                        sku + "-" + key.unitPrice(),
                        domain,
                        domain,
                        "{\"kind\":\"" + key.kind().text() + "\"}",
                        key.to(),
                        key.callerDomains(),
                        key.callerClass(),
                        Boolean.toString(key.isAssumed())));
        return row;
    }

    private static boolean isWithin(UseKey key) {
        return key.to().startsWith(key.from().substring(0, key.from().indexOf('/') + 1));
    }

    private static String description(UseKey key) {
        String what =
                switch (key.kind()) {
                    case QUERY -> "Query results";
                    case FILES -> "Files";
                    case CONTEXT -> "Context";
                };
        return what + " from " + key.from() + " to " + key.to();
    }

    private static String start(LocalDate day) {
        return day + "T00:00:00Z";
    }

    private static String money(BigDecimal amount) {
        BigDecimal shown =
                amount.scale() <= MONEY_DIGITS_MAX
                        ? amount
                        : amount.setScale(MONEY_DIGITS_MAX, RoundingMode.HALF_UP);
        return shown.stripTrailingZeros().toPlainString();
    }

    private static void line(StringBuilder text, List<String> cells) {
        for (int i = 0; i < cells.size(); i++) {
            text.append(i == 0 ? "" : ",").append(cell(cells.get(i)));
        }
        text.append("\r\n");
    }

    private static String cell(String value) {
        boolean isPlain =
                value.chars()
                        .noneMatch(character ->
                                character == ',' || character == '"' || character < ' ');
        return isPlain ? value : '"' + value.replace("\"", "\"\"") + '"';
    }
}
