package dev.sheaf.rego.builtin.web;

import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

import java.util.List;
import java.util.stream.Stream;

/// The functions against OPA's cases.
class WebConformanceTest {
    @TestFactory
    Stream<DynamicTest> networks() {
        return all(
                "netcidrcontains",
                "netcidrcontainsmatches",
                "netcidrexpand",
                "netcidrintersects",
                "netcidrisvalid",
                "netcidrmerge",
                "netlookupipaddr");
    }

    @TestFactory
    Stream<DynamicTest> digests() {
        return all(
                "cryptomd5",
                "cryptosha1",
                "cryptosha256",
                "cryptohmacequal",
                "cryptohmacmd5",
                "cryptohmacsha1",
                "cryptohmacsha256",
                "cryptohmacsha512");
    }

    @TestFactory
    Stream<DynamicTest> keysAndCertificates() {
        return all(
                "cryptoparsersaprivatekeys",
                "cryptox509parseandverifycertificates",
                "cryptox509parsecertificaterequest",
                "cryptox509parsecertificates",
                "cryptox509parsekeypair",
                "cryptox509parsersaprivatekey");
    }

    @TestFactory
    Stream<DynamicTest> tokens() {
        return all(
                "jwtbuiltins",
                "jwtdecodeverify",
                "jwtencodesign",
                "jwtencodesignheadererrors",
                "jwtencodesignpayloaderrors",
                "jwtencodesignraw",
                "jwtverifyeddsa",
                "jwtverifyhs256",
                "jwtverifyhs384",
                "jwtverifyhs512",
                "jwtverifyrsa");
    }

    @TestFactory
    Stream<DynamicTest> schemasAndGraphql() {
        return all("jsonschema", "graphql");
    }

    @TestFactory
    Stream<DynamicTest> signedRequestsAndTemplates() {
        return all("providers-aws", "rendertemplate");
    }

    private static Stream<DynamicTest> all(String... folders) {
        return List.of(folders).stream().flatMap(ConformanceCases::of);
    }
}
