package dev.sheaf.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.List;
import java.util.stream.Stream;

final class NamesTest {
    @Test
    void readsAProductName() {
        ProductName name = ProductName.parse("finance.purchase-orders");
        assertEquals("finance", name.domain().value());
        assertEquals("purchase-orders", name.name());
        assertEquals("finance.purchase-orders", name.toString());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ".",
                "sales",
                "sales.",
                ".orders",
                "a.b.c",
                "../etc.passwd",
                "sales.or/ders",
                "Sales.orders",
                "sales.orders\u0000",
                "sales.-x",
                "sales.x-",
                "sales.ör",
                "sales.a b"
            })
    void refusesWhatCouldLeaveItsPath(String text) {
        Problem problem = assertThrows(Problem.class, () -> ProductName.parse(text));
        assertEquals(ProblemCode.INVALID_VALUE, problem.code());
    }

    @Test
    void aMessageNeverCarriesControlCharactersOrEndlessText() {
        Problem problem =
                assertThrows(
                        Problem.class, () -> new DomainName("\u001b[31m" + "x".repeat(10_000)));
        assertTrue(problem.message().length() < 400, problem.message());
        assertTrue(problem.message().contains("\\u001b"), problem.message());
    }

    @Test
    void readsARegion() {
        assertEquals(new RegionName("aws", "us-east-1"), RegionName.parse("aws/us-east-1"));
        assertThrows(Problem.class, () -> RegionName.parse("us-east-1"));
        assertThrows(Problem.class, () -> RegionName.parse("aws/us/east"));
    }

    @Test
    void readsAndWritesSizes() {
        assertEquals(new ByteSize(2L << 30), ByteSize.parse("2GiB"));
        assertEquals(new ByteSize(17), ByteSize.parse("17"));
        assertEquals("1.5 KiB", new ByteSize(1536).toString());
        assertThrows(Problem.class, () -> ByteSize.parse("2GB"));
        assertThrows(Problem.class, () -> ByteSize.parse("999999999999999TiB"));
        assertThrows(Problem.class, () -> new ByteSize(-1));
    }

    @Test
    void digestsAsPublished() {
        // FIPS 180-4 example: "abc"
        assertEquals(
                "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
                Sha256.of(new byte[] {'a', 'b', 'c'}).hex());
    }

    @Test
    void regionsAreInTheOrderOfTheirNamesAsWritten() {
        List<RegionName> regions =
                Stream.of("a/z", "a-b/c", "a0/a", "ab/a", "a/a", "aws/us-east-1", "aws/eu", "b/a")
                        .map(RegionName::parse)
                        .toList();
        for (RegionName one : regions) {
            for (RegionName other : regions) {
                assertEquals(
                        Integer.signum(one.toString().compareTo(other.toString())),
                        Integer.signum(one.compareTo(other)),
                        one + " and " + other);
            }
        }
    }
}
