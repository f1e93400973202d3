package dev.sheaf.cost;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;
import dev.sheaf.kernel.RegionName;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;

final class PriceBookTest {
    private static final long GIB = 1L << 30;
    private final PriceBook prices = PriceBookReader.standard();

    private Quote quote(String from, String to, long before, long bytes) {
        return prices.quote(RegionName.parse(from), RegionName.parse(to), before, bytes);
    }

    @ParameterizedTest
    @CsvSource({
        "aws/us-east-1, azure/westeurope, 0.09, internet, GiB",
        "aws/us-east-1, aws/us-east-2, 0.01, within the cloud, GiB",
        "aws/us-east-1, aws/eu-west-1, 0.02, within the cloud, GiB",
        "aws/sa-east-1, gcp/europe-west1, 0.15, internet, GiB",
        "gcp/europe-west1, gcp/us-central1, 0.05, within the cloud, GiB",
        "gcp/europe-west1, gcp/europe-west4, 0.02, within the cloud, GiB",
        "gcp/europe-west1, gcp/australia-southeast1, 0.15, within the cloud, GiB",
        "gcp/europe-west1, azure/westeurope, 0.12, internet, GiB",
        "azure/westeurope, azure/northeurope, 0.02, within the cloud, GB",
        "azure/westeurope, azure/eastus, 0.05, within the cloud, GB",
        "azure/westeurope, aws/us-east-1, 0.087, internet, GB",
        "azure/brazilsouth, aws/us-east-1, 0.181, internet, GB"
    })
    void listPricesAreThoseOfTheWay(
            String from, String to, BigDecimal price, String way, String unit) {
        Quote quote = quote(from, to, 0, unit.equals("GB") ? 1_000_000_000 : GIB);
        assertEquals(price, quote.price().amount());
        assertEquals(price, quote.unitPrice().amount());
        assertEquals(way, quote.way());
        assertEquals(unit, quote.unit());
        assertFalse(quote.isAssumed());
    }

    @Test
    void withinARegionNothingIsPaid() {
        assertEquals(
                BigDecimal.ZERO,
                quote("aws/us-east-1", "aws/us-east-1", 0, Long.MAX_VALUE).price().amount());
    }

    @Test
    void aByteIsPricedExactly() {
        assertEquals(
                new BigDecimal("0.09").divide(BigDecimal.valueOf(GIB)),
                quote("aws/us-east-1", "gcp/europe-west1", 0, 1).price().amount());
        assertEquals(
                new BigDecimal("0.000000000087"),
                quote("azure/westeurope", "gcp/europe-west1", 0, 1).price().amount());
    }

    @Test
    void aTransferOverTheEndOfATierPaysBothPrices() {
        long tier = 10L * 1024 * GIB;
        Quote over = quote("aws/us-east-1", "gcp/europe-west1", tier - GIB, 3 * GIB);
        assertEquals(new BigDecimal("0.26"), over.price().amount());
        assertEquals(new BigDecimal("0.09"), over.unitPrice().amount());
        assertEquals(
                new BigDecimal("0.085"),
                quote("aws/us-east-1", "gcp/europe-west1", tier, GIB).price().amount());
    }

    @Test
    void partsOfATransferCostWhatTheWholeDoes() {
        long half = 7L * 1024 * GIB + 12_345;
        BigDecimal whole = quote("gcp/europe-west1", "aws/us-east-1", 0, 2 * half).price().amount();
        BigDecimal parts =
                quote("gcp/europe-west1", "aws/us-east-1", 0, half)
                        .price()
                        .amount()
                        .add(
                                quote("gcp/europe-west1", "aws/us-east-1", half, half)
                                        .price()
                                        .amount());
        assertEquals(0, whole.compareTo(parts));
    }

    @Test
    void theLargestNumbersThereAreArePricedToo() {
        Quote quote = quote("aws/us-east-1", "gcp/europe-west1", Long.MAX_VALUE, Long.MAX_VALUE);
        assertTrue(quote.price().isPositive());
        assertEquals(new BigDecimal("0.05"), quote.unitPrice().amount());
        assertThrows(
                IllegalArgumentException.class,
                () -> quote("aws/us-east-1", "gcp/europe-west1", 0, -1));
    }

    @ParameterizedTest
    @CsvSource({
        "aws/mars-north-1, aws/us-east-1, 0.154",
        "azure/nowhere, gcp/europe-west1, 0.181",
        "oracle/frankfurt, aws/us-east-1, 0.19"
    })
    void anUnknownWayCostsTheDearestPriceAndSaysSo(String from, String to, BigDecimal price) {
        Quote quote = quote(from, to, 0, GIB);
        assertTrue(quote.isAssumed());
        assertEquals(price, quote.unitPrice().amount());
        assertTrue(quote.price().isPositive());
    }

    @Test
    void aBookOfOnesOwnIsLaidOverTheStandardOne() {
        PriceBook own =
                PriceBookReader.read(
                        "own.yaml",
                        """
                        currency: USD
                        checked: 2026-01-01
                        clouds:
                          aws:
                            unit: GB
                            internet: [{from: '*', price: 0.03}]
                        """
                                .getBytes(StandardCharsets.UTF_8));
        PriceBook both = PriceBookReader.over(prices, own);
        Quote quote =
                both.quote(
                        RegionName.parse("aws/us-east-1"),
                        RegionName.parse("gcp/europe-west1"),
                        0,
                        1_000_000_000);
        assertEquals(new BigDecimal("0.03"), quote.price().amount());
        assertEquals("2026-01-01", both.checked().toString());
        assertTrue(both.clouds().containsKey("azure"));
        PriceBook euros =
                PriceBookReader.read(
                        "own.yaml",
                        "{currency: EUR, checked: 2026-01-01, clouds: {aws: {unit: GB, internet: [{from: '*', price: 1}]}}}"
                                .getBytes(StandardCharsets.UTF_8));
        assertThrows(Problem.class, () -> PriceBookReader.over(prices, euros));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "a",
                "{",
                "currency: USD",
                "{currency: usd, checked: 2026-01-01, clouds: {a: {unit: GB, internet: [{from: '*',"
                        + " price: 1}]}}}",
                "{currency: USD, checked: yesterday, clouds: {a: {unit: GB, internet: [{from: '*',"
                        + " price: 1}]}}}",
                "{currency: USD, checked: 2026-01-01, clouds: {}}",
                "{currency: USD, checked: 2026-01-01, clouds: {a: {unit: MB, internet: [{from: '*',"
                        + " price: 1}]}}}",
                "{currency: USD, checked: 2026-01-01, clouds: {a: {unit: GB, internet: []}}}",
                "{currency: USD, checked: 2026-01-01, clouds: {a: {unit: GB, internet: [{from:"
                        + " '@b', price: 1}]}}}",
                "{currency: USD, checked: 2026-01-01, clouds: {a: {unit: GB, internet: [{from: '*',"
                        + " price: -1}]}}}",
                "{currency: USD, checked: 2026-01-01, clouds: {a: {unit: GB, internet: [{from: '*',"
                        + " price: 1e999999999}]}}}",
                "{currency: USD, checked: 2026-01-01, clouds: {a: {unit: GB, internet: [{from: '*',"
                        + " price: free}]}}}",
                "{currency: USD, checked: 2026-01-01, clouds: {a: {unit: GB, internet: [{from: '*',"
                        + " tiers: []}]}}}",
                "{currency: USD, checked: 2026-01-01, clouds: {a: {unit: GB, internet: [{from: '*',"
                        + " tiers: [{upTo: 1GiB, price: 1}]}]}}}",
                "{currency: USD, checked: 2026-01-01, clouds: {a: {unit: GB, internet: [{from: '*',"
                    + " tiers: [{upTo: 2GiB, price: 1}, {upTo: 1GiB, price: 1}, {price: 1}]}]}}}",
                "{currency: USD, checked: 2026-01-01, clouds: {a: {unit: GB, sauces: [], internet:"
                        + " [{from: '*', price: 1}]}}}"
            })
    void aBrokenBookIsRefusedWithItsPlace(String yaml) {
        Problem told =
                assertThrows(
                        Problem.class,
                        () ->
                                PriceBookReader.read(
                                        "own.yaml", yaml.getBytes(StandardCharsets.UTF_8)));
        assertEquals(ProblemCode.INVALID_CONFIGURATION, told.code());
        assertTrue(told.message().contains("own.yaml"), told.message());
    }

    @Test
    void eachCloudNamesItsSources() {
        prices.clouds()
                .values()
                .forEach(cloud ->
                        assertTrue(
                                cloud.sources().stream()
                                                .allMatch(source -> source.startsWith("https://"))
                                        && !cloud.sources().isEmpty()));
        assertEquals(
                List.of("aws", "azure", "gcp"),
                prices.clouds().keySet().stream().sorted().toList());
    }
}
