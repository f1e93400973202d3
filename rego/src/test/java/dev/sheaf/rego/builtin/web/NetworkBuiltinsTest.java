package dev.sheaf.rego.builtin.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.sheaf.rego.builtin.BuiltinFault;
import dev.sheaf.rego.value.SetValue;
import dev.sheaf.rego.value.StringValue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

class NetworkBuiltinsTest {
    private final Calls calls = new Calls();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "1.2.3",
                "1.2.3.4.5",
                "1.2.3.256",
                "01.2.3.4",
                "1..3.4",
                "1.2.3.4.",
                ":",
                ":::",
                "1::2::3",
                "1:2:3:4:5:6:7",
                "1:2:3:4:5:6:7:8:9",
                "1:2:3:4:5:6:7:8::",
                "12345::",
                "g::",
                "::1.2.3",
                "1.2.3.4::",
                "fe80::1%eth0",
                " 1.2.3.4",
                "localhost"
            })
    void whatIsNoAddressIsNotReadAsOne(String text) {
        assertNull(IpAddress.parse(text));
    }

    @ParameterizedTest
    @CsvSource({
        "::, ::",
        "0:0:0:0:0:0:0:1, ::1",
        "2001:DB8:0:0:1:0:0:1, 2001:db8::1:0:0:1",
        "2001:db8:0:1:1:1:1:1, 2001:db8:0:1:1:1:1:1",
        "1:0:0:2:0:0:0:3, 1:0:0:2::3",
        "::ffff:10.0.0.1, 10.0.0.1",
        "64:ff9b::192.0.2.33, 64:ff9b::c000:221",
        "1::, 1::",
        "255.255.255.255, 255.255.255.255"
    })
    void addressesAreWrittenInTheirShortForm(String text, String expected) {
        assertEquals(expected, String.valueOf(IpAddress.parse(text)));
    }

    @Test
    void randomAddressesAreReadAsTheJdkReadsThem() throws UnknownHostException {
        Random random = new Random(4711);
        for (int i = 0; i < 2_000; i++) {
            byte[] bytes = new byte[16];
            random.nextBytes(bytes);
            int zeros = random.nextInt(8);
            for (int group = 0; group < zeros; group++) {
                int at = random.nextInt(8) * 2;
                bytes[at] = 0;
                bytes[at + 1] = 0;
            }
            InetAddress address = InetAddress.getByAddress(bytes);
            IpAddress read = IpAddress.parse(address.getHostAddress());
            assertEquals(IpAddress.of(bytes), read);
            assertEquals(read, IpAddress.parse(String.valueOf(read)));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "10.0.0.0/8, 10.255.255.255/32, true",
        "10.0.0.0/8, 9.0.0.0/7, false",
        "0.0.0.0/0, 1.2.3.4, true",
        "::/0, 1.2.3.4, false",
        "::ffff:10.0.0.0/104, 10.1.2.3, true",
        "2001:db8::/32, 2001:db8:ffff::/48, true"
    })
    void aNetworkContainsWhatSharesItsPrefix(String outer, String inner, boolean expected) {
        assertEquals(
                String.valueOf(expected),
                calls.json("net.cidr_contains", Calls.text(outer), Calls.text(inner)));
    }

    @Test
    void faultsSayWhichTextIsNoNetwork() {
        assertEquals(
                "invalid CIDR address: 10.0.0.0/33",
                calls.fault("net.cidr_expand", "\"10.0.0.0/33\""));
        assertEquals(
                "not a valid textual representation of an IP address or CIDR: x",
                calls.fault("net.cidr_contains", "\"10.0.0.0/8\"", "\"x\""));
    }

    @Test
    void anythingCanBeAskedWhetherItIsANetwork() {
        assertEquals("false", calls.json("net.cidr_is_valid", "12"));
        assertEquals("false", calls.json("net.cidr_is_valid", "\"1.2.3.4\""));
        assertEquals("true", calls.json("net.cidr_is_valid", "\"1.2.3.4/08\""));
    }

    @Test
    void anAddressAloneMergesAsTheNetworkOfItsClass() {
        assertEquals("[\"10.1.2.3/8\"]", calls.json("net.cidr_merge", "[\"10.1.2.3\"]"));
        assertEquals("[\"172.16.0.1/16\"]", calls.json("net.cidr_merge", "[\"172.16.0.1\"]"));
    }

    @Test
    void networksMergeToTheFewest() {
        assertEquals(
                "[\"10.0.0.0/30\",\"10.0.0.4/31\",\"2001:db8::/31\"]",
                calls.json(
                        "net.cidr_merge",
                        """
                        ["10.0.0.0/31", "10.0.0.2/32", "10.0.0.3/32", "10.0.0.4/31",
                         "2001:db8::/32", "2001:db9::/32"]
                        """));
        assertEquals(
                "[\"0.0.0.0/0\"]",
                calls.json("net.cidr_merge", "[\"0.0.0.0/1\", \"128.0.0.0/1\", \"1.0.0.0/8\"]"));
        assertEquals("[]", calls.json("net.cidr_merge", "[]"));
        assertEquals("element must be string", calls.fault("net.cidr_merge", "[1]"));
    }

    @Test
    void mergedNetworksHaveTheSameAddresses() {
        Random random = new Random(12);
        for (int round = 0; round < 200; round++) {
            boolean[] members = new boolean[256];
            StringBuilder json = new StringBuilder("[");
            for (int i = 0; i < 6; i++) {
                int bits = 26 + random.nextInt(7);
                int size = 1 << 32 - bits;
                int start = random.nextInt(256 / size) * size;
                json.append(i == 0 ? "" : ",").append("\"192.0.2." + start + "/" + bits + "\"");
                Arrays.fill(members, start, start + size, true);
            }
            List<IpNetwork> merged =
                    ((SetValue) calls.value("net.cidr_merge", json.append("]").toString()))
                            .items().stream()
                                    .map(text -> IpNetwork.parse(((StringValue) text).value()))
                                    .toList();
            for (int i = 0; i < 256; i++) {
                IpAddress address = IpAddress.four(0xc0000200L + i);
                long holders = merged.stream().filter(one -> one.contains(address)).count();
                assertEquals(members[i] ? 1 : 0, holders, json + " at " + i);
            }
        }
    }

    @Test
    void expansionStopsAtTheLastAddressThereIs() {
        assertEquals(
                "[\"255.255.255.254\",\"255.255.255.255\"]",
                calls.json("net.cidr_expand", "\"255.255.255.255/31\""));
    }

    @Test
    void expansionCountsItsWork() {
        calls.surroundings.stepsLeft = 10_000;
        IllegalStateException stopped =
                assertThrows(
                        IllegalStateException.class,
                        () -> calls.value("net.cidr_expand", "\"::/0\""));
        assertEquals("out of steps", stopped.getMessage());
    }

    @Test
    void namesAreLookedUpOnceAndAddressesNever() {
        int[] asked = new int[1];
        calls.surroundings.names =
                host -> {
                    asked[0]++;
                    if (host.equals("none.example")) {
                        throw BuiltinFault.of("lookup none.example: no such host");
                    }
                    return List.of("192.0.2.1", "2001:db8::1");
                };
        assertEquals("[\"10.0.0.1\"]", calls.json("net.lookup_ip_addr", "\"10.0.0.1\""));
        assertEquals(0, asked[0]);
        String found = "[\"192.0.2.1\",\"2001:db8::1\"]";
        assertEquals(found, calls.json("net.lookup_ip_addr", "\"two.example\""));
        assertEquals(found, calls.json("net.lookup_ip_addr", "\"two.example\""));
        assertEquals(1, asked[0]);
        assertEquals(
                "lookup none.example: no such host",
                calls.fault("net.lookup_ip_addr", "\"none.example\""));
    }

    @Test
    void withoutAResolverNamesAreNotLookedUp() {
        assertEquals(
                "lookup a.example: no resolver",
                calls.fault("net.lookup_ip_addr", "\"a.example\""));
    }
}
